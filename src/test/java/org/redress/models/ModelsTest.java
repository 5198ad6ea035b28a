package org.redress.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Models and Java are in step. */
class ModelsTest {

    private static final Path ROOT = Path.of("");
    private static final Models MODELS = Models.in(ROOT);
    private static final House HOUSE = House.in(ROOT);

    @Test
    void everyDefinitionHasItsNameVersionTimeToLiveAndDiagram() {
        passes(new DefinitionGate());
    }

    @Test
    void everyElementIsNamedAndJavaNamesOnlyElementsThatAreThere() {
        passes(new NamesGate());
    }

    @Test
    void everyTaskSaysWhoDoesItOnWhichFormByWhen() {
        passes(new TaskGate());
    }

    @Test
    void everyGatewayAsksAQuestionThatIsAlwaysAnswered() {
        passes(new GatewayGate());
    }

    @Test
    void everythingNamedIsThereAndEverythingThereIsNamed() {
        passes(new ReferenceGate());
    }

    @Test
    void everyTimerGoesOff() {
        passes(new TimerGate());
    }

    @Test
    void noModelHoldsCode() {
        passes(new ForbiddenGate());
    }

    @Test
    void everyFormAsksOnlyWhatSomebodyReads() {
        passes(new FormGate());
    }

    @Test
    void nothingConfidentialSteersACase() {
        passes(new ConfidentialGate());
    }

    @Test
    void nothingUnrecordedIsNamedWhereTheEngineWouldLookForIt() {
        passes(new UnrecordedGate());
    }

    @Test
    void everyRowOfADecisionHasItsIdSentenceAndBasis() {
        passes(new DecisionGate());
    }

    @Test
    void everyClockOfTheMatrixRunsSomewhere() {
        passes(new ClocksGate());
    }

    @Test
    void aFormLeadsToFilesOnlyWhomTheyAreFor() {
        passes(new FileLinksGate(java.nio.file.Path.of("src/main/resources/application.yml")));
    }

    @Test
    void everyTaskLeadsToItsCaseAtAGlance() {
        passes(new CaseLinksGate(org.redress.engine.Roles.OF_REMEDY));
    }

    @Test
    void everyFormOfATaskBeginsWithWhatItIsAndWhomItIsAbout() {
        passes(new HeadGate());
    }

    @Test
    void whoeverWorksOnACaseReadsWordsAndNoNamesOfModels() {
        passes(new PlainWordsGate());
    }

    private static void passes(Gate gate) {
        assertThat(gate.findings(MODELS, HOUSE)).isEmpty();
    }
}
