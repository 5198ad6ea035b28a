package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.junit.jupiter.api.Test;

class PlanReviewFormTest {

    @Test
    void theReviewerMayNameEveryDefectThatTheGateKnowsByTheSameRule() throws IOException {
        List<String> gate = Dmn.readModelFromStream(Files.newInputStream(Path.of("dmn/remedy/plan-gate.dmn")))
                .getModelElementsByType(Rule.class)
                .stream()
                .map(row -> row.getOutputEntries().stream()
                        .map(output -> output.getText().getTextContent().replace("\"", ""))
                        .toList())
                .map(outputs -> outputs.get(1) + " " + outputs.get(0))
                .toList();
        JsonNode form = new ObjectMapper()
                .readTree(Path.of("forms/remedy/review-plan.form").toFile());
        List<String> reviewer = StreamSupport.stream(form.get("components").spliterator(), false)
                .filter(field -> field.path("key").asText().equals("reviewDefects"))
                .flatMap(field -> StreamSupport.stream(field.get("values").spliterator(), false))
                .map(choice -> choice.get("value").asText())
                .toList();
        assertThat(reviewer).isEqualTo(gate);
    }
}
