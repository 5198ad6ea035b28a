package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another account of the same machine looks for the database of the first look. */
@SuppressWarnings("NullAway.Init")
class OwnDatabaseFilesTest {

    @TempDir
    private Path folder;

    private static String permissions(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static void use(Path database) throws Exception {
        try (Connection open = DriverManager.getConnection("jdbc:h2:file:" + database.toAbsolutePath(), "sa", "")) {
            open.createStatement().execute("create table if not exists told (words varchar(10))");
            open.createStatement().execute("insert into told values ('x')");
        }
    }

    @Test
    void aNewDatabaseAndItsFolderAreForItsOwnerAlone() throws Exception {
        Path database = folder.resolve("data/redress");
        OwnDatabaseFiles.close(database);
        use(database);
        OwnDatabaseFiles.close(database);
        use(database);
        assertThat(permissions(folder.resolve("data"))).isEqualTo("rwx------");
        assertThat(permissions(folder.resolve("data/redress.mv.db"))).isEqualTo("rw-------");
    }

    @Test
    void oneOfAnEarlierVersionIsClosedAndAFolderThatOthersUseStays() throws Exception {
        Path database = folder.resolve("redress");
        use(database);
        Path store = folder.resolve("redress.mv.db");
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        OwnDatabaseFiles.close(database);
        assertThat(permissions(store)).isEqualTo("rw-------");
        assertThat(permissions(folder)).isEqualTo("rwxr-xr-x");
        use(database);
    }
}
