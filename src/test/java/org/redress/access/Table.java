package org.redress.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A table in {@code docs/access}: compared, or with {@code -Dredress.access.write=true} written anew. */
final class Table {

    private static final Path FOLDER = Path.of("docs/access");

    private Table() {}

    static void same(String name, List<String> lines) {
        Path file = FOLDER.resolve(name);
        try {
            if (Boolean.getBoolean("redress.access.write")) {
                Files.createDirectories(FOLDER);
                Files.write(file, lines);
            }
            assertThat(lines)
                    .as(
                            "%s; when a right was meant to change: mvn test -Dtest='Access*' -Dredress.access.write=true",
                            file)
                    .isEqualTo(Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A cell, quoted where it must be. */
    static String cell(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.contains(",") || line.contains("\"") ? '"' + line.replace("\"", "\"\"") + '"' : line;
    }
}
