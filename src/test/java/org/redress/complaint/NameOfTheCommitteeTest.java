package org.redress.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Steering Committee is the Board since July 2025 (membership-and-concern.md E.0): forms say what the case's rules say. */
class NameOfTheCommitteeTest {

    private static final String BY_THE_RULES =
            "if rulesVersion = '2025-07' then '[^']*the Board[^']*' else '[^']*the Steering Committee";

    @Test
    void noFormNamesItWithoutLookingAtTheRulesOfTheCase() throws IOException {
        for (Path form : forms()) {
            String text = Files.readString(form).replace("\\\"", "'").replace("The ", "the ");
            assertThat(text.replaceAll(BY_THE_RULES, ""))
                    .as(form.toString())
                    .doesNotContain("Steering Committee", "the Board", "the Committee");
        }
    }

    private static List<Path> forms() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("forms"))) {
            return files.filter(file -> file.toString().endsWith(".form")).toList();
        }
    }
}
