package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.VictimForms.but;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.redress.engine.Reference;

/** Somebody was harmed: the audit programme hears of it within 24 hours, in numbers (remedy.md B.6 M1, B.9 D17). */
class FlashReportTest extends OnePersonTest {

    private static final Map<String, Object> NUMBERS =
            Map.of("flashPeople", 1, "flashChildren", 0, "flashMeasures", List.of("SAFETY_PLAN", "MEDICAL"));

    @Test
    void whoeverIsToldOfHarmReportsItInNumbersWithinADay() {
        planned("SHELTER");
        as("vsc").complete("task_followUp", but(VictimForms.reached("2026-02-02"), "harmedSince", "YES"));

        assertThat(due("task_reportOfPerson")).as("D17, in hours").isEqualTo("2026-02-03T09:00:00Z");
        assertThat(lettersTo("audit-programme", caseNumber)).doesNotContain("flash-report");
        travelTo("2026-02-02T21:00:00Z");
        as("vsc").complete("task_reportOfPerson", NUMBERS);

        assertThat(lettersTo("audit-programme", caseNumber)).contains("flash-report");
        assertThat(textsOfLetters(caseNumber, "flash-report"))
                .singleElement()
                .asString()
                .contains("24 hours")
                .doesNotContain(PERSON);
        Task read = as("audit-programme").task("task_readFlashReport");
        assertThat(read.getDueDate().toInstant()).isEqualTo("2026-02-03T21:00:00Z");
        assertThat(as("audit-programme").formVariables(read).get("flashPeople")).hasToString("1");
        as("audit-programme").complete(read, Map.of("flashDanger", "NO"));
        assertThat(endOf(report().getId())).isEqualTo("end_flashReportRead");
        assertThat(as("vsc").tasksOf(caseNumber)).contains("task_followUp", "task_reviewCase");
    }

    @Test
    void whereProtectionIsNeededItIsCalled() {
        planned("SHELTER");
        as("vsc").complete("task_followUp", but(VictimForms.reached("2026-02-02"), "harmedSince", "YES"));
        as("vsc").complete("task_reportOfPerson", NUMBERS);
        as("audit-programme").complete("task_readFlashReport", Map.of("flashDanger", "YES"));
        assertThat(endOf(report().getId())).isEqualTo("end_protectionCalled");
        assertThat(as("protection").task("task_assessDanger").getDueDate().toInstant())
                .as("D02")
                .isEqualTo("2026-02-02T10:00:00Z");
    }

    /** C.1: which of the people it was stands nowhere in clear. */
    @Test
    void theReportKnowsTheCaseAndNotThePerson() {
        planned("SHELTER");
        as("vsc").complete("task_followUp", but(VictimForms.reached("2026-02-02"), "harmedSince", "YES"));
        as("vsc").complete("task_reportOfPerson", NUMBERS);
        List<HistoricVariableInstance> kept = historyService
                .createHistoricVariableInstanceQuery()
                .processInstanceId(report().getId())
                .list();
        assertThat(kept)
                .extracting(HistoricVariableInstance::getName)
                .contains("caseNumber", "harmFrom")
                .doesNotContain("victimRef", "harmedSince", "safetyNote", "preferredName");
        assertThat(kept).noneMatch(value -> String.valueOf(value.getValue()).contains(PERSON));
        assertThat(keptOf("flashPeople")).as("sealed").isNotEmpty().allMatch(Reference::is);
    }

    /** Companies read no small counts, and nobody else writes or reads them. */
    @Test
    void nobodyElseWritesOrReadsIt() {
        planned("SHELTER");
        as("vsc").complete("task_followUp", but(VictimForms.reached("2026-02-02"), "harmedSince", "YES"));
        Task write = as("vsc").task("task_reportOfPerson");
        for (String other : List.of("smelter", "downstream", "provider", "facilitator", "audit-programme")) {
            assertThat(as(other).sees("task_reportOfPerson")).as(other).isFalse();
            assertThatThrownBy(() -> as(other).complete(write, NUMBERS))
                    .as(other)
                    .isInstanceOf(RuntimeException.class);
        }
        as("vsc").complete(write, NUMBERS);
        Task read = as("audit-programme").task("task_readFlashReport");
        for (String other : List.of("smelter", "downstream", "provider", "facilitator", "vsc")) {
            assertThat(as(other).sees("task_readFlashReport")).as(other).isFalse();
            assertThatThrownBy(() -> as(other).complete(read, Map.of("flashDanger", "NO")))
                    .as(other)
                    .isInstanceOf(RuntimeException.class);
        }
        assertThat(lettersTo("smelter", caseNumber)).doesNotContain("flash-report");
        assertThat(lettersTo("downstream", caseNumber)).doesNotContain("flash-report");
    }

    @Test
    void whereNobodyWasHarmedNothingIsReported() {
        planned("SHELTER");
        as("vsc").complete("task_followUp", VictimForms.reached("2026-02-02"));
        as("vsc").complete("task_followUp", VictimForms.notReached("2026-02-02"));
        assertThat(reports()).isEmpty();
    }

    private HistoricProcessInstance report() {
        List<HistoricProcessInstance> reports = reports();
        assertThat(reports).hasSize(1);
        return reports.get(0);
    }

    private List<HistoricProcessInstance> reports() {
        return historyService
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey("flash-report")
                .processInstanceBusinessKey(caseNumber)
                .list();
    }
}
