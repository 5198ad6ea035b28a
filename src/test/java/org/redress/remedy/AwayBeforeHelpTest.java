package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.VictimForms.but;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.engine.InvalidForm;

/** E10, E11: in the first days, before it is known what help is needed, a person vanishes or goes back (remedy.md A.8). */
class AwayBeforeHelpTest extends OnePersonTest {

    private static final String TRIED = "Rang the aunt twice, and asked for the garage";

    @Test
    @DisplayName(
            "E10 A person cannot be reached: an adult who vanishes after the registration is looked for and asked again when found")
    void anAdultWhoVanishesAfterTheRegistrationIsLookedForAndAskedAgainWhenFound() {
        ProcessInstance person = register();
        assertThatThrownBy(() -> as("vsc").complete("task_immediateNeeds", Map.of("notThere", "NOT_REACHED")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("attemptNote");
        as("vsc").complete("task_immediateNeeds", away("NOT_REACHED"));

        assertThat(as("vsc").tasksOf(caseNumber)).containsExactly("task_tryToReach");
        assertThat(due("task_tryToReach")).as("an attempt a week").startsWith("2026-02-09");
        assertThat(shown("failedAttempts")).isEqualTo(1);
        assertThat(shown("attemptsSoFar")).as("when, and in which way").isEqualTo("1. 2026-02-02: " + TRIED);
        onlyTheCoordinatorSearches();
        assertThat(person().status()).isEqualTo("ACTIVE");

        travelTo("2026-02-09T09:00:00Z");
        as("vsc").complete("task_tryToReach", attempt("REACHED", "2026-02-09"));
        assertThat(as("vsc").tasksOf(caseNumber)).as("asked again").containsExactly("task_immediateNeeds");
        assertThat(as("vsc")
                        .formVariables(as("vsc").task("task_immediateNeeds"))
                        .get("notThere"))
                .isNull();
        as("vsc").complete("task_immediateNeeds", VictimForms.immediateNeeds());

        as("vsc").complete("task_needsAssessment", away("NOT_REACHED"));
        travelTo("2026-03-10T09:00:00Z");
        assertThat(shown("attemptsSoFar")).as("the search of before is over").isEqualTo("1. 2026-02-09: " + TRIED);
        as("vsc").complete("task_tryToReach", attempt("NOT_REACHED", "2026-03-10"));
        assertThat(shown("attemptsSoFar")).asString().startsWith("1. 2026-02-09: " + TRIED + "\n2. 2026-03-10: ");
        travelTo("2026-04-09T09:00:00Z");
        as("vsc").complete("task_tryToReach", attempt("NOT_REACHED", "2026-04-09"));
        assertThat(as("vsc").sees("task_decideOnSearch"))
                .as("three attempts, and 59 days")
                .isFalse();
        travelTo("2026-04-10T09:00:00Z");
        as("vsc").complete("task_tryToReach", attempt("NOT_REACHED", "2026-04-10"));
        as("vsc").complete("task_decideOnSearch", decided("TRY_AGAIN"));
        for (String day : List.of("2026-04-11", "2026-05-11", "2026-06-10")) {
            assertThat(as("vsc").sees("task_decideOnSearch"))
                    .as("three new attempts")
                    .isFalse();
            travelTo(day + "T09:00:00Z");
            as("vsc").complete("task_tryToReach", attempt("NOT_REACHED", day));
        }
        as("vsc").complete("task_decideOnSearch", decided("STOP"));
        assertThat(endOf(person.getId())).isEqualTo("end_untraceable");
        assertThat(person().status()).isEqualTo("UNTRACEABLE");

        begin("reopen-victim-case", "vsc", comingBack("FOUND"));
        assertThat(person().status()).isEqualTo("ACTIVE");
        assertThat(as("vsc").tasksOf(caseNumber)).containsExactly("task_immediateNeeds");
    }

    /** E11, E10. */
    @Test
    @DisplayName(
            "E11 A person goes back to the exploiter: a child who goes back is sought while the safety plan is renewed at once")
    void aChildWhoGoesBackIsSoughtWhileTheSafetyPlanIsRenewedAtOnce() {
        register("isChild", true);
        as("vsc").complete("task_immediateNeeds", VictimForms.immediateNeeds());
        as("vsc").complete("task_needsAssessment", VictimForms.needsAssessment());
        as("vsc").complete("task_assessBestInterests", away("BACK"));

        assertThat(as("vsc").tasksOf(caseNumber)).containsExactly("task_renewSafetyPlan", "task_tryToReach");
        assertThat(followUps("vsc")).containsExactlyInAnyOrder("task_renewSafetyPlan", "task_tryToReach");
        for (String other : List.of("provider", "facilitator", "protection", "smelter")) {
            assertThat(followUps(other)).as(other).isEmpty();
        }
        assertThat(due("task_renewSafetyPlan")).as("within a day").isEqualTo("2026-02-03T09:00:00Z");
        assertThat(as("vsc").formVariables(as("vsc").task("task_tryToReach")))
                .as("no attempt was in vain yet")
                .containsEntry("failedAttempts", 0);
        as("vsc").complete("task_tryToReach", but(attempt("NOT_REACHED", "2026-02-02"), "backWithThem", "YES"));
        assertThat(as("vsc").tasksOf(caseNumber))
                .as("heard once more from others")
                .containsExactly("task_renewSafetyPlan", "task_renewSafetyPlan", "task_tryToReach");
        as("vsc").complete("task_tryToReach", attempt("REACHED", "2026-02-02"));
        assertThat(as("vsc").tasksOf(caseNumber))
                .as("asked where the search began")
                .containsExactlyInAnyOrder("task_assessBestInterests", "task_renewSafetyPlan", "task_renewSafetyPlan");

        as("vsc").complete("task_assessBestInterests", VictimForms.bestInterests());
        as("vsc").complete("task_guardianConsent", away("NOT_REACHED"));
        assertThat(person().guardianRoute()).as("nobody decided").isEqualTo("NONE");
        as("vsc").complete("task_tryToReach", but(attempt("REACHED", "2026-02-02"), "helpAtOnce", "YES"));
        assertThat(as("vsc").sees("task_guardianConsent"))
                .as("first what helps at once")
                .isFalse();
        as("vsc").complete("task_immediateNeeds", away("NOT_REACHED"));
        as("vsc").complete("task_tryToReach", but(attempt("REACHED", "2026-02-02"), "helpAtOnce", "YES"));
        as("vsc").complete("task_immediateNeeds", but(VictimForms.immediateNeeds(), "riskLevel", "HIGH"));
        assertThat(as("vsc").sees("task_guardianConsent"))
                .as("what is known is not asked again")
                .isTrue();
    }

    @Test
    @DisplayName("E10 A person cannot be reached: whoever is found again is asked where the search began")
    void whoeverIsFoundAgainIsAskedWhereTheSearchBegan() {
        register();
        as("vsc").complete("task_immediateNeeds", VictimForms.immediateNeeds());
        as("vsc").complete("task_needsAssessment", away("NOT_REACHED"));
        assertThatThrownBy(() -> as("vsc")
                        .complete(
                                "task_tryToReach",
                                Map.of("contactResult", "REACHED", "contactDate", "2026-02-02", "backWithThem", "NO")))
                .hasMessageContaining("helpAtOnce");
        as("vsc").complete("task_tryToReach", attempt("REACHED", "2026-02-02"));
        assertThat(as("vsc").tasksOf(caseNumber)).containsExactly("task_needsAssessment");
        as("vsc").complete("task_needsAssessment", VictimForms.needsAssessment());
        assertThat(as("vsc").sees("task_caseManagementPlan")).isTrue();
    }

    @Test
    @DisplayName("E10 A person cannot be reached: what is open during help stays open while a person is looked for")
    void whatIsOpenDuringHelpStaysOpenWhileAPersonIsLookedFor() {
        register();
        as("vsc").complete("task_immediateNeeds", VictimForms.immediateNeeds());
        as("vsc").complete("task_needsAssessment", VictimForms.needsAssessment());
        List<String> open = as("vsc").tasksOf(caseNumber);
        assertThat(open).contains("task_caseManagementPlan", "task_followUp", "task_reviewCase", "task_legalOptions");
        as("vsc").complete("task_followUp", VictimForms.notReached("2026-02-02"));
        assertThat(as("vsc").tasksOf(caseNumber)).containsExactlyElementsOf(open);
        assertThat(as("vsc").formVariables(as("vsc").task("task_followUp")).get("attemptsSoFar"))
                .asString()
                .startsWith("1. 2026-02-02: ");
        as("vsc").complete("task_followUp", VictimForms.reached("2026-02-02"));
        assertThat(as("vsc").tasksOf(caseNumber)).containsExactlyElementsOf(open);
        assertThat(as("vsc").formVariables(as("vsc").task("task_followUp")).get("attemptsSoFar"))
                .as("reached")
                .isNull();
    }

    /** A guardian who said no is not asked a second time because the child was away. */
    @Test
    @DisplayName("E10 A person cannot be reached: a guardian who refused is not asked again when the child is found")
    void aGuardianWhoRefusedIsNotAskedAgainWhenTheChildIsFound() {
        register("isChild", true);
        as("vsc").complete("task_immediateNeeds", VictimForms.immediateNeeds());
        as("vsc").complete("task_needsAssessment", VictimForms.needsAssessment());
        as("vsc").complete("task_assessBestInterests", VictimForms.bestInterests());
        as("vsc")
                .complete(
                        "task_guardianConsent",
                        Map.of(
                                "guardianInformed",
                                true,
                                "guardianExplained",
                                "Swahili",
                                "guardianDecision",
                                "REFUSED",
                                "guardianRefusal",
                                "Wants the wages back"));
        as("vsc").complete("task_appointGuardian", away("NOT_REACHED"));
        as("vsc").complete("task_tryToReach", attempt("REACHED", "2026-02-02"));
        assertThat(as("vsc").tasksOf(caseNumber)).containsExactly("task_appointGuardian");
    }

    /** What Tasklist's list of follow-ups shows somebody of this case. */
    private List<String> followUps(String user) {
        String filter = engine.getFilterService()
                .createTaskFilterQuery()
                .filterName("My follow-ups")
                .singleResult()
                .getId();
        return actingAs(user, () -> engine.getFilterService().<Task>list(filter)).stream()
                .filter(task -> task.getName().endsWith(caseNumber))
                .map(Task::getTaskDefinitionKey)
                .toList();
    }

    /** E10: what was agreed with whoever decides for the child is asked again, too. */
    @Test
    @DisplayName("E10 A person cannot be reached: a child who vanishes before the agreement is asked again")
    void aChildWhoVanishesBeforeTheAgreementIsAskedAgain() {
        register("isChild", true);
        protectedBy("task_appointGuardian");
        as("vsc").complete("task_appointGuardian", away("NOT_REACHED"));
        as("vsc").complete("task_tryToReach", attempt("REACHED", "2026-02-02"));
        assertThat(as("vsc").tasksOf(caseNumber)).containsExactly("task_appointGuardian");
        as("vsc").complete("task_appointGuardian", VictimForms.authorityDecides());
        as("vsc").complete("task_agreeChildRemedy", away("BACK"));
        assertThat(as("vsc").sees("task_renewSafetyPlan")).isTrue();
        assertThat(variable(latestRun().getId(), "riskLevel")).contains("HIGH");
        as("vsc").complete("task_tryToReach", attempt("REACHED", "2026-02-02"));
        assertThat(as("vsc").sees("task_agreeChildRemedy")).isTrue();
        assertThat(as("vsc").sees("task_assessBestInterests")).isFalse();
    }

    /** E10: a person who dies while they are looked for. */
    @Test
    @DisplayName("E10 A person cannot be reached: whoever has died is not looked for any more")
    void whoeverHasDiedIsNotLookedForAnyMore() {
        ProcessInstance person = register();
        as("vsc").complete("task_immediateNeeds", away("NOT_REACHED"));
        as("vsc")
                .complete(
                        "task_tryToReach",
                        Map.of(
                                "contactResult",
                                "DECEASED",
                                "contactDate",
                                "2026-02-02",
                                "deathNote",
                                "The sister called"));
        assertThat(endOf(person.getId())).isEqualTo("end_deceased");
        assertThat(person().status()).isEqualTo("DECEASED");
    }

    /** E09, E10: who is looked for may still take everything back. */
    @Test
    @DisplayName("E09 Consent is withdrawn: help may be rejected during the search")
    void helpMayBeRejectedDuringTheSearch() {
        register();
        as("vsc").complete("task_immediateNeeds", away("NOT_REACHED"));
        begin("withdraw-consent", "vsc", withdrawal("helpWanted", "NONE"));
        assertThat(person().status()).isEqualTo("WITHDRAWN");
        assertThat(as("vsc").sees("task_tryToReach")).isFalse();
    }

    private void protectedBy(String waiting) {
        as("vsc").complete("task_immediateNeeds", VictimForms.immediateNeeds());
        as("vsc").complete("task_needsAssessment", VictimForms.needsAssessment());
        as("vsc").complete("task_assessBestInterests", but(VictimForms.bestInterests(), "childGuardianPart", "YES"));
        assertThat(as("vsc").tasksOf(caseNumber)).containsExactly(waiting);
    }

    private void onlyTheCoordinatorSearches() {
        Task search = as("vsc").task("task_tryToReach");
        for (String other : List.of("provider", "facilitator", "smelter", "downstream", "audit-programme")) {
            assertThat(as(other).sees("task_tryToReach")).as(other).isFalse();
            assertThatThrownBy(() -> as(other).complete(search, attempt("REACHED", "2026-02-02")))
                    .as(other)
                    .isInstanceOf(RuntimeException.class);
        }
        identityService.setAuthentication("stranger", List.of("vsc", "org-kin"));
        try {
            assertThatThrownBy(() ->
                            formService.submitTaskForm(search.getId(), formValues(attempt("REACHED", "2026-02-02"))))
                    .as("another coordinator of the same case")
                    .isInstanceOf(RuntimeException.class);
        } finally {
            identityService.clearAuthentication();
        }
    }

    private @Nullable Object shown(String name) {
        return as("vsc").formVariables(as("vsc").task("task_tryToReach")).get(name);
    }

    private static Map<String, Object> away(String how) {
        return Map.of("notThere", how, "attemptNote", TRIED);
    }

    private static Map<String, Object> attempt(String result, String day) {
        return result.equals("REACHED")
                ? Map.of("contactResult", result, "contactDate", day, "backWithThem", "NO", "helpAtOnce", "NO")
                : VictimForms.notReached(day);
    }

    private static Map<String, Object> decided(String decision) {
        return Map.of(
                "searchSummary",
                "Visits to the market and calls to the aunt",
                "searchWasSafe",
                true,
                "searchDecision",
                decision);
    }
}
