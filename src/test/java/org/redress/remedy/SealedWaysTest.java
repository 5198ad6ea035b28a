package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.VictimForms.but;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.history.HistoricVariableUpdate;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.redress.engine.Reference;
import org.springframework.beans.factory.annotation.Autowired;

/** What a survivor said lies sealed, and the case takes its way all the same (remedy.md C.1, C.7; docs/vault.md). */
@SuppressWarnings("NullAway.Init")
class SealedWaysTest extends OnePersonTest {

    private static final List<String> SEALED =
            List.of("notThere", "backWithThem", "rescueWish", "owedKind", "harmedSince", "harmTold");

    private static final String MASK = "•••";

    @Autowired
    private Monitoring monitoring;

    @Test
    void theEngineKeepsNoMoreThanReferencesAndTheWay() {
        register();
        as("vsc").complete("task_immediateNeeds", Map.of("notThere", "BACK", "attemptNote", "The aunt told it"));
        assertThat(as("vsc").tasksOf(caseNumber)).containsExactly("task_renewSafetyPlan", "task_tryToReach");
        as("vsc").complete("task_renewSafetyPlan", renewed("YES"));
        assertThat(keptOf("rescueRoute")).containsOnly("CALLED");
        as("vsc")
                .complete(
                        "task_tryToReach",
                        Map.of(
                                "contactResult",
                                "REACHED",
                                "contactDate",
                                "2026-02-02",
                                "backWithThem",
                                "NO",
                                "helpAtOnce",
                                "YES"));
        assertThat(keptOf("safetyPlanRoute")).contains("RENEW", "NONE");
        as("vsc").complete("task_immediateNeeds", VictimForms.immediateNeeds());
        as("vsc").complete("task_needsAssessment", VictimForms.needsAssessment());
        as("vsc")
                .complete(
                        "task_followUp",
                        but(but(VictimForms.reached("2026-02-02"), "backWithThem", "YES"), "harmedSince", "YES"));
        as("vsc").complete("task_renewSafetyPlan", renewed("NO"));
        assertThat(keptOf("rescueRoute")).containsOnly("CALLED", "NONE");
        as("vsc").complete("task_legalOptions", VictimForms.moneyOwed("BOTH"));
        assertThat(as("vsc").sees("task_fixAmount")).isTrue();

        for (String name : SEALED) {
            assertThat(keptOf(name)).as(name).isNotEmpty().allMatch(Reference::is);
            for (String table : List.of("act_ru_variable", "act_hi_varinst", "act_hi_detail")) {
                assertThat(jdbc.sql("select text_ from " + table + " where name_ = ? and (long_ is not null or"
                                        + " double_ is not null or bytearray_id_ is not null or"
                                        + " (text_ is not null and text_ not like 'vault:%')) and proc_inst_id_ in"
                                        + " (select proc_inst_id_ from act_hi_varinst where name_ = 'caseNumber'"
                                        + " and text_ = ?)")
                                .params(name, caseNumber)
                                .query(String.class)
                                .list())
                        .as(name + " in " + table)
                        .isEmpty();
            }
        }
        for (String earlier : List.of("personAway", "backWithExploiter", "rescueWanted", "moneyOwed")) {
            assertThat(keptOf(earlier)).as(earlier).isEmpty();
        }
        assertThat(opened("which way the case goes")).isGreaterThanOrEqualTo(3);
        assertThat(opened("whether rescue is called for")).isEqualTo(2);
        assertThat(opened("whether something is repaid to the person")).isEqualTo(1);
    }

    @Test
    void theCoordinatorReadsItOnRecordAndOthersSeeAMask() {
        String instance = assessed().getId();
        as("vsc").complete("task_followUp", but(VictimForms.reached("2026-02-02"), "harmedSince", "YES"));
        as("vsc").complete("task_legalOptions", VictimForms.moneyOwed("WAGES"));
        Task fix = as("vsc").task("task_fixAmount");
        assertThat(as("vsc").formVariables(fix)).containsEntry("owedKind", "WAGES");
        assertThat(as("vsc").formVariables(as("vsc").task("task_reviewCase"))).containsEntry("harmTold", 1);
        assertThat(jdbc.sql("select distinct variable from vault_read where reader = 'vsc' and case_number = ?")
                        .param(caseNumber)
                        .query(String.class)
                        .list())
                .contains("owedKind", "harmTold");

        for (String watcher : List.of("admin", "overseer")) {
            for (String name : SEALED) {
                assertThat(actingAs(watcher, () -> keptIn(instance, name)))
                        .as(watcher + " " + name)
                        .allMatch(MASK::equals);
            }
        }
        assertThat(actingAs("admin", () -> keptIn(instance, "owedKind"))).isNotEmpty();
        assertThat(actingAs("admin", () -> keptIn(instance, "harmedSince"))).isNotEmpty();
        for (String other : List.of("facilitator", "smelter", "downstream", "provider")) {
            assertThat(actingAs(other, () -> keptIn(instance, "owedKind")))
                    .as(other)
                    .doesNotContain("WAGES");
            assertThatThrownBy(() -> as(other).formVariables(fix)).as(other).isInstanceOf(RuntimeException.class);
        }
        identityService.setAuthentication("stranger", List.of("vsc", "org-kin"));
        try {
            assertThatThrownBy(() -> formService.getTaskFormVariables(fix.getId()))
                    .as("another coordinator of the same case")
                    .isInstanceOf(RuntimeException.class);
        } finally {
            identityService.clearAuthentication();
        }
    }

    /** C.7: reports add up what each person told; of whoever did not agree to be in reports, companies get no count. */
    @Test
    void aReportAddsUpWhatIsSealedAndThatIsOnRecord() {
        assessed();
        as("vsc").complete("task_followUp", but(VictimForms.reached("2026-02-02"), "harmedSince", "YES"));
        as("vsc").complete("task_followUp", VictimForms.reached("2026-02-02"));
        as("vsc").complete("task_followUp", but(VictimForms.reached("2026-02-02"), "harmedSince", "YES"));
        assertThat(monitoring.figures(caseNumber)).containsEntry("safetyIncidents", "2");
        assertThat(opened("sum for a report")).isEqualTo(1);
        assertThat(monitoring.figuresForCompanies(caseNumber)).containsEntry("safetyIncidents", "0");
        assertThat(new HashSet<>(keptOf("harmTold")))
                .as("a new reference each time, whatever was told")
                .hasSizeGreaterThanOrEqualTo(4);

        begin("withdraw-consent", "vsc", withdrawal("helpWanted", "NONE"));
        begin("reopen-victim-case", "vsc", comingBack("NEEDS_HELP_AGAIN"));
        assertThat(monitoring.figures(caseNumber))
                .as("nobody is counted twice, nothing is forgotten")
                .containsEntry("safetyIncidents", "2");
    }

    /** What this person sees of all that was answered, in every round. */
    private List<Object> keptIn(String instance, String name) {
        return historyService.createHistoricDetailQuery().processInstanceId(instance).variableUpdates().list().stream()
                .map(HistoricVariableUpdate.class::cast)
                .filter(update -> update.getVariableName().equals(name))
                .map(HistoricVariableUpdate::getValue)
                .filter(Objects::nonNull)
                .toList();
    }

    private int opened(String purpose) {
        return jdbc.sql("select count(*) from vault_read where case_number = ? and purpose = ?")
                .params(caseNumber, purpose)
                .query(Integer.class)
                .single();
    }

    private static Map<String, Object> renewed(String rescueWish) {
        return Map.of(
                "safetyPlan",
                "A word for the sister on the phone means: come",
                "openSafetyRisk",
                "NO",
                "rescueWish",
                rescueWish,
                "helpGoesOn",
                true);
    }
}
