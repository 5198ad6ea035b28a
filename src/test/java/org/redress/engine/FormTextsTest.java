package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a case says is put into the texts of its forms to the letter: all of them, on their way out. */
class FormTextsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern INSERTION = Pattern.compile("\\{\\{(?![#/])(.*?)}}", Pattern.DOTALL);

    private static JsonNode handedOut(String form) throws IOException {
        return JSON.readTree(FormTexts.asWritten(new ByteArrayInputStream(form.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void whatStandsInATextIsWrappedAndConditionsAndLoopsAreNot() {
        assertThat(FormTexts.asWritten("# Case\n\n{{#if a}}> {{a}}{{/if}}{{#loop b}}- {{this.c}}{{/loop}}"))
                .isEqualTo(
                        """
                        # Case

                        {{#if a}}> {{replace(replace(replace(string(a), "^\\\\s+|\\\\s+$", ""), "([!-/:-@[-`{-~])", "\\\\$1"), \
                        "\\\\r\\\\n|\\\\r|\\\\n", "<br>")}}{{/if}}{{#loop b}}- {{replace(replace(replace(string(this.c), \
                        "^\\\\s+|\\\\s+$", ""), "([!-/:-@[-`{-~])", "\\\\$1"), "\\\\r\\\\n|\\\\r|\\\\n", "<br>")}}{{/loop}}""");
    }

    @Test
    void nothingThatCouldEndAnAddressGetsIntoOne() {
        assertThat(FormTexts.asWritten("[The case](/cases/{{caseNumber}})"))
                .isEqualTo("[The case](/cases/{{replace(string(caseNumber), \"[^A-Za-z0-9._~-]\", \"\")}})");
    }

    @Test
    void everyInsertionOfEveryTextOfEveryFormIsWrapped() throws IOException {
        List<Path> forms;
        try (Stream<Path> files = Files.walk(Path.of("forms"))) {
            forms = files.filter(file -> file.toString().endsWith(".form")).toList();
        }
        int insertions = 0;
        for (Path form : forms) {
            for (JsonNode text : handedOut(Files.readString(form)).findParents("text").stream()
                    .map(component -> component.path("text"))
                    .toList()) {
                Matcher insertion = INSERTION.matcher(text.asText());
                while (insertion.find()) {
                    assertThat(insertion.group(1))
                            .as(form.toString())
                            .startsWith("replace(")
                            .contains("string(");
                    insertions++;
                }
            }
        }
        assertThat(insertions).isGreaterThan(1000);
    }

    @Test
    void fieldsInsideAGroupTooAndWhatIsNoTextStays() throws IOException {
        JsonNode form = handedOut(
                """
                {"components": [{"type": "group", "components": [{"type": "text", "text": "{{a}}"}]},
                  {"type": "textfield", "key": "a", "label": "{{a}}"}]}
                """);
        assertThat(form.at("/components/0/components/0/text").asText()).startsWith("{{replace(");
        assertThat(form.at("/components/1/label").asText()).isEqualTo("{{a}}");
    }
}
