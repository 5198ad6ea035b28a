package org.redress.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The files of the embedded database are for the account alone that runs the server, as its key is: they are made so before the
 * database writes into them. A folder that others use too is left as it is.
 */
@Component
final class OwnDatabaseFiles implements BeanPostProcessor {

    private static final String EMBEDDED = "jdbc:h2:file:";
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNERS_FOLDER = PosixFilePermissions.fromString("rwx------");

    private final Environment environment;

    OwnDatabaseFiles(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        String url = environment.getProperty("spring.datasource.url", "");
        if (bean instanceof DataSource
                && url.startsWith(EMBEDDED)
                && FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            String file = url.substring(EMBEDDED.length()).split(";", 2)[0];
            close(Path.of(file.startsWith("~/") ? System.getProperty("user.home") + file.substring(1) : file));
        }
        return bean;
    }

    /** @param database its path, without the endings of its files */
    static void close(Path database) {
        Path folder = database.toAbsolutePath().normalize().getParent();
        if (folder == null) {
            return;
        }
        try {
            if (!Files.exists(folder)) {
                Files.createDirectories(folder, only(OWNERS_FOLDER));
            }
            String name = String.valueOf(database.getFileName());
            Path store = folder.resolve(name + ".mv.db");
            try {
                Files.createFile(store, only(OWNER));
            } catch (FileAlreadyExistsException e) {
                // From an earlier start.
            }
            for (Path file : List.of(store, folder.resolve(name + ".trace.db"))) {
                if (Files.exists(file)) {
                    Files.setPosixFilePermissions(file, OWNER);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The files of the database cannot be kept to the account that runs this", e);
        }
    }

    private static FileAttribute<?> only(Set<PosixFilePermission> permissions) {
        return PosixFilePermissions.asFileAttribute(permissions);
    }
}
