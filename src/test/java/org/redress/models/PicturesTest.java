package org.redress.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pictures in docs show the models as they are. */
class PicturesTest {

    private static final Path SOUND = Path.of("src/test/resources/probes/sound");
    private static final String HELP = "bpmn/remedy/sound-help.bpmn";
    private static final String OLDER = ": has an older picture sound-help.svg";
    private static final String ADVICE = "dmn/remedy/sound-advice.dmn";

    @Test
    void everyPictureShowsItsModelAsItIs() {
        assertThat(findings(Path.of("docs/diagrams"), Models.texts(Path.of(""))))
                .isEmpty();
    }

    @Test
    void theSoundSetIsDrawnAsItIs() {
        assertThat(findings(SOUND.resolve("pictures"), Models.texts(SOUND))).isEmpty();
    }

    @Test
    void aPictureOfAnOlderModelIsCaught() {
        assertThat(sayings(HELP, "name=\"Give help\"", "name=\"Give aid\""))
                .containsExactly(OLDER, "task_help: is not as its picture sound-help.svg shows it");
        assertThat(sayings(HELP, "<dc:Bounds x=\"250\" y=\"120\"", "<dc:Bounds x=\"260\" y=\"120\""))
                .containsExactly(OLDER, "task_help: is not as its picture sound-help.svg shows it");
        assertThat(sayings(HELP, "\"end_refused\"", "\"end_denied\""))
                .containsExactly(
                        OLDER,
                        "end_denied: is not as its picture sound-help.svg shows it",
                        "end_refused: is only in the picture sound-help.svg");
        assertThat(sayings(HELP, "camunda:historyTimeToLive=\"P1825D\"", "camunda:historyTimeToLive=\"P1826D\""))
                .as("nobody sees it in the picture, which is of an older model all the same")
                .containsExactly(OLDER);
        assertThat(sayings(ADVICE, "goes on", "moves on"))
                .containsExactly(
                        "sound-advice: is not as its picture sound-advice.png shows it",
                        "sound-weight: is not as its picture sound-weight.png shows it");
    }

    @Test
    void aModelWithoutAPictureIsCaught(@TempDir Path empty) throws IOException {
        try (Stream<Path> files = Files.list(empty)) {
            assertThat(files).isEmpty();
        }
        assertThat(findings(empty, Models.texts(SOUND)))
                .extracting(Finding::toString)
                .contains(
                        "bpmn/remedy/sound-case.bpmn: has no picture sound-case.sub_remedy.svg; run node docs/render.mjs");
    }

    private static List<String> sayings(String file, String sound, String broken) {
        Map<String, String> texts = new TreeMap<>(Models.texts(SOUND));
        texts.computeIfPresent(file, (name, text) -> text.replace(sound, broken));
        return findings(SOUND.resolve("pictures"), texts).stream()
                .map(finding -> finding.element() + ": " + finding.message().replace("; run node docs/render.mjs", ""))
                .toList();
    }

    private static List<Finding> findings(Path pictures, Map<String, String> texts) {
        House nobody = new House(Map.of(), Set.of(), Map.of(), Map.of());
        return new PictureGate(pictures, texts).findings(Models.of(texts), nobody);
    }
}
