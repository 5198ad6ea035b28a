package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a modeller mistypes is told by file, decision, row and column before it goes live. */
class ModelCheckTest {

    private static final String MATRIX = "dmn/shared/deadline-matrix.dmn";

    private final ModelCheck check = new ModelCheck();

    @Test
    void everyModelOfTheProductMayGoLive() throws IOException {
        List<String> faults = new ArrayList<>();
        int looked = 0;
        for (String folder : List.of("bpmn", "dmn", "forms")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    faults.addAll(check.faults(file.toString(), Files.readAllBytes(file)));
                    looked++;
                }
            }
        }
        assertThat(faults).isEmpty();
        assertThat(looked).isGreaterThan(100);
    }

    @Test
    void aCellThatIsNoFeelIsTold() throws IOException {
        assertThat(matrixWith("(<outputEntry id=\"deadline-matrix_D03_normal_is_amount\">\\s*<text>)10", "$1((1"))
                .singleElement()
                .asString()
                .startsWith(MATRIX + ": decision deadline-matrix, row deadline-matrix_D03_normal (row ")
                .contains("column amount: no FEEL", "((1");
    }

    @Test
    void anInputCellThatIsNoTestIsTold() throws IOException {
        assertThat(matrixWith("(<inputEntry[^>]*>\\s*<text>)\"D03\"", "$1\"D03"))
                .anySatisfy(fault -> assertThat(fault).contains("column clock: no FEEL"));
    }

    @Test
    void anExpressionOrAListOfValuesThatIsNoFeelIsTold() throws IOException {
        assertThat(matrixWith("(<inputExpression[^>]*>\\s*<text>)clock", "$1clock +"))
                .anySatisfy(fault -> assertThat(fault).contains("column clock +: no FEEL"));
        assertThat(matrixWith("<text>\"HOURS\", ", "<text>\"HOURS\",, "))
                .anySatisfy(fault -> assertThat(fault).contains("column unit, allowed values: no FEEL"));
    }

    @Test
    void aValueThatIsNotInTheListOfItsColumnIsTold() throws IOException {
        assertThat(matrixWith("(<outputEntry[^>]*>\\s*<text>)\"DAYS\"", "$1\"DAYZ\""))
                .singleElement()
                .asString()
                .contains("column unit: \"DAYZ\" is none of the allowed values \"HOURS\", \"BUSINESS_DAYS\"");
        assertThat(matrixWith("(<inputEntry[^>]*>\\s*<text>)\"URGENT\"", "$1\"URGENTLY\""))
                .singleElement()
                .asString()
                .contains("column urgency: \"URGENTLY\" is none of the allowed values");
    }

    @Test
    void juelIsReadAsJuelAndOtherLanguagesAreNotRun() throws IOException {
        String cell = "(<outputEntry id=\"deadline-matrix_D03_normal_is_amount\")>\\s*<text>10";
        assertThat(matrixWith(cell, "$1 expressionLanguage=\"juel\"><text>\\${10}"))
                .isEmpty();
        assertThat(matrixWith(cell, "$1 expressionLanguage=\"juel\"><text>\\${10"))
                .singleElement()
                .asString()
                .contains("column amount: no JUEL");
        assertThat(matrixWith(cell, "$1 expressionLanguage=\"groovy\"><text>10"))
                .singleElement()
                .asString()
                .contains("column amount: it is written in groovy");
    }

    @Test
    void aFileThatIsCutOffIsToldWithItsLine() throws IOException {
        assertThat(matrixWith("</definitions>", ""))
                .singleElement()
                .asString()
                .startsWith(MATRIX + ": it cannot be read: ")
                .containsIgnoringCase("line");
        assertThat(faults("bpmn/remedy/x.bpmn", "<definitions"))
                .singleElement()
                .asString()
                .startsWith("bpmn/remedy/x.bpmn: it cannot be read: ");
    }

    @Test
    void aFormThatIsNoJsonIsToldWithItsLine() {
        assertThat(faults("forms/x.form", "{\"id\": \"x\",\n \"components\": [}"))
                .singleElement()
                .asString()
                .startsWith("forms/x.form: it is not JSON: line 2, column");
        assertThat(faults("forms/x.form", "[]"))
                .containsExactly("forms/x.form: it is no form: that is an object with an id and components");
    }

    private List<String> matrixWith(String pattern, String replacement) throws IOException {
        String matrix = Files.readString(Path.of(MATRIX));
        String changed = matrix.replaceFirst(pattern, replacement);
        assertThat(changed).isNotEqualTo(matrix);
        return faults(MATRIX, changed);
    }

    private List<String> faults(String path, String content) {
        return check.faults(path, content.getBytes(StandardCharsets.UTF_8));
    }
}
