package org.redress.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.redress.Confidential;
import org.springframework.test.annotation.DirtiesContext;

/**
 * The same whole case, and the job that fails, on the file of the first look: what lies in the file itself, in the pages that
 * it has given up and in what it writes beside itself, while it is open and after it is shut.
 */
@DirtiesContext
@SuppressWarnings("NullAway.Init")
class CanaryWholeOnH2Test extends CanaryTest implements OnAFileOfH2 {

    @TempDir
    private static Path folder;

    static String url() {
        return "jdbc:h2:file:" + folder.resolve("redress") + ";LOCK_TIMEOUT=10000";
    }

    @AfterAll
    static void theFilesHoldNoWordOfWhatWasTold() throws SQLException, IOException {
        try (Connection sa = DriverManager.getConnection(url(), "sa", "");
                Statement statement = sa.createStatement()) {
            statement.execute("checkpoint sync");
            assertThat(search("while it is open")).contains("redress.mv.db");
            statement.execute("shutdown");
        }
        assertThat(search("after it is shut")).contains("redress.mv.db");
    }

    /** The names of the files, each of which was searched. */
    private static List<String> search(String when) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        boolean found = false;
        for (Path file : files) {
            String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            assertThat(content.contains(Confidential.MARKER))
                    .as(file.getFileName() + " " + when)
                    .isFalse();
            found |= content.contains("R-2026-");
        }
        assertThat(found).as("the search finds what is there").isTrue();
        return files.stream().map(file -> file.getFileName().toString()).toList();
    }
}
