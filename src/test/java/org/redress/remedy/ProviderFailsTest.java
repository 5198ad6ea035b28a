package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.VictimForms.but;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.engine.InvalidForm;
import org.redress.vault.Purpose;

/** A provider does not help as agreed (remedy.md E14). */
class ProviderFailsTest extends OnePersonTest {

    @Test
    @DisplayName(
            "E14 A provider fails: a failing therapy is reported at once, covered within a day, and the old provider forgets")
    void aFailingTherapyIsReportedAtOnceCoveredWithinADayAndTheOldProviderForgets() {
        helped("MENTAL_HEALTH_PSYCHOSOCIAL");
        as("vsc").complete("task_providerQuality", VictimForms.quality("FINE"));
        travelTo("2026-02-12T11:30:00Z");
        begin("report-failing-service", "vsc", failing("MENTAL_HEALTH_PSYCHOSOCIAL"));
        assertThat(due("task_providerQuality")).isEqualTo("2026-02-13T11:30:00Z");
        assertThatThrownBy(() -> begin("report-failing-service", "vsc", failing("MENTAL_HEALTH_PSYCHOSOCIAL")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("failingHelp");

        as("vsc").complete("task_providerQuality", VictimForms.quality("REPLACE"));
        assertThat(as("provider").tasksOf(caseNumber)).isEmpty();
        assertThat(consents.recipients(caseNumber, PERSON, Purpose.SHARE_WITH_PROVIDER))
                .isEmpty();
        assertThat(lettersTo("provider", caseNumber)).containsExactly("provider-replaced");
        assertThat(due("task_referToService")).as("covered within a day").isEqualTo("2026-02-13T11:30:00Z");

        Map<String, Object> anew = but(VictimForms.referredTo("org-haven"), "healthConsent", true);
        assertThatThrownBy(() -> as("vsc").complete("task_referToService", anew))
                .as("the person is told")
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("changeTold");
        as("vsc").complete("task_referToService", but(anew, "changeTold", true));
        assertThat(consents.recipients(caseNumber, PERSON, Purpose.SHARE_WITH_PROVIDER))
                .as("with consent to the new one alone")
                .containsExactly("org-haven");
    }

    @Test
    @DisplayName("E14 A provider fails: a service that must improve hears by when and is checked again")
    void aServiceThatMustImproveHearsByWhenAndIsCheckedAgain() {
        helped("LEGAL");
        as("vsc")
                .complete(
                        "task_providerQuality",
                        but(
                                VictimForms.quality("IMPROVE"),
                                "improvementNotice",
                                "Nobody answers the phone",
                                "improveUntil",
                                "2026-02-20"));
        assertThat(lettersTo("provider", caseNumber)).containsExactly("improvement-notice");
        assertThat(as("vsc").sees("task_providerQuality")).isFalse();
        travelTo("2026-02-21T09:00:00Z");
        begin("report-failing-service", "vsc", failing("LEGAL"));
        assertThat(due("task_providerQuality")).as("three days").startsWith("2026-02-24");
        as("vsc").complete("task_providerQuality", VictimForms.quality("FINE"));
        travelTo("2026-03-24T00:00:00Z");
        fireDueJobs();
        assertThat(due("task_providerQuality")).as("monthly again").startsWith("2026-04-2");
    }

    /** E14: cover within a day, and whether letters go out or not. */
    @Test
    @DisplayName("E14 A provider fails: the cover waits for no letter")
    void theCoverWaitsForNoLetter() {
        helped("SHELTER");
        Task check = as("vsc").task("task_providerQuality");
        actingAs("vsc", () -> {
            taskService.claim(check.getId(), "vsc");
            formService.submitTaskForm(check.getId(), formValues(VictimForms.quality("REPLACE")));
            return null;
        });
        assertThat(as("vsc").sees("task_referToService"))
                .as("in the same moment, with no letter written")
                .isTrue();
        assertThat(lettersTo("provider", caseNumber)).isEmpty();
        assertThat(consents.recipients(caseNumber, PERSON, Purpose.SHARE_WITH_PROVIDER))
                .isEmpty();
        String letters = runtimeService
                .createProcessInstanceQuery()
                .processDefinitionKey("tell-replacement")
                .processInstanceBusinessKey(caseNumber)
                .singleResult()
                .getId();
        assertThat(runtimeService.getVariables(letters))
                .as("and in none of them who the person is")
                .doesNotContainKey("victimRef");
        fireDueJobs();
        assertThat(lettersTo("provider", caseNumber)).containsExactly("provider-replaced");
        assertThat(lettersTo("facilitator", caseNumber)).contains("help-given");
        assertThat(endOf(letters)).isEqualTo("end_checkTold");
    }

    /** E14: the provider itself says that it did not help. */
    @Test
    @DisplayName(
            "E14 A provider fails: where the provider says itself that it failed the cover waits for no letter either")
    void whereTheProviderSaysItselfThatItFailedTheCoverWaitsForNoLetterEither() {
        helped("LEGAL");
        Task report = as("provider").task("task_reportService");
        actingAs("provider", () -> {
            taskService.claim(report.getId(), "provider");
            formService.submitTaskForm(
                    report.getId(),
                    formValues(Map.of(
                            "serviceOutcome", "FAILED", "failureReason", "NO_CAPACITY", "qualityNote", "Flooded")));
            return null;
        });
        assertThat(as("vsc").sees("task_referToService")).isTrue();
        fireDueJobs();
        assertThat(lettersTo("provider", caseNumber)).contains("provider-replaced");
        assertThat(lettersTo("vsc", caseNumber)).contains("service-reported");
    }

    /** E14: whoever also gives other help still knows what it needs for that. */
    @Test
    @DisplayName("E14 A provider fails: a provider that fails in one service keeps the other")
    void aProviderThatFailsInOneServiceKeepsTheOther() {
        planned("SHELTER", "LEGAL");
        as("vsc").complete(referral("LEGAL"), VictimForms.referredTo("org-provider"));
        as("provider").complete("task_confirmService", VictimForms.accepted());
        as("vsc").complete(referral("SHELTER"), VictimForms.referredTo("org-provider"));
        as("vsc").complete("task_providerQuality", VictimForms.quality("REPLACE"));
        assertThat(consents.recipients(caseNumber, PERSON, Purpose.SHARE_WITH_PROVIDER))
                .containsExactly("org-provider");
    }

    /** E14: only the person's own coordinator. */
    @Test
    @DisplayName("E14 A provider fails: nobody else reports a service")
    void nobodyElseReportsAService() {
        helped("LEGAL");
        as("vsc").complete("task_providerQuality", VictimForms.quality("FINE"));
        for (List<String> stranger : List.of(
                List.of("vsc", "org-kin"),
                List.of("provider", "org-provider"),
                List.of("provider", "org-haven"),
                List.of("smelter", "org-luma"))) {
            assertThatThrownBy(() -> beginWith("report-failing-service", stranger, failing("LEGAL")))
                    .as(stranger.toString())
                    .isInstanceOf(RuntimeException.class);
        }
        assertThat(as("vsc").sees("task_providerQuality")).isFalse();
    }

    private void helped(String service) {
        planned(service);
        Map<String, Object> referred = VictimForms.referredTo("org-provider");
        as("vsc")
                .complete(
                        "task_referToService",
                        service.startsWith("MENTAL") ? but(referred, "healthConsent", true) : referred);
        as("provider").complete("task_confirmService", VictimForms.accepted());
    }

    private Map<String, Object> failing(String service) {
        return Map.of(
                "caseNumber",
                caseNumber,
                "victimRef",
                PERSON,
                "failingHelp",
                service,
                "failingNote",
                "The door was locked twice");
    }
}
