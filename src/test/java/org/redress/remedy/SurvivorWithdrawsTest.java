package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.redress.remedy.Step1.with;
import static org.redress.remedy.VictimForms.but;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.vault.Consents;
import org.redress.vault.Purpose;

/**
 * S14, from the report to the lessons: three women were trafficked, and in month four one of them takes back her consent,
 * first to sharing, then to all help (remedy.md F, E09).
 */
class SurvivorWithdrawsTest extends WholeStory {

    private static final String WORDS = "They told my uncle where I live";

    private String her = "";
    private String herCase = "";

    @Test
    @DisplayName(
            "E09 Consent is withdrawn: S14, who withdraws is left in peace the same minute and the case is closed all the same")
    void s14WhoWithdrawsIsLeftInPeaceTheSameMinuteAndTheCaseIsClosedAllTheSame() {
        Scenario scenario = Scenario.of("S14");
        wasReported(scenario.toString());
        wasTold(WORDS);
        arrives(scenario);
        theHarmIsSubstantiated(scenario);
        theLevelIsReviewed(scenario);
        theSmelterAnswers("NO");
        remedyIsOwedAsExpected(scenario);

        threeAreHelped();
        LocalDate start = today();
        travelThrough(start.plusMonths(3).plusDays(12) + "T10:17:00Z");
        sheWantsNothingSharedAnyMore();
        travelThrough(start.plusMonths(3).plusDays(14) + "T08:41:00Z");
        sheWantsNoHelpAnyMore();
        theReportsCountHerAndSayNoMore(start);
        theGateOfLevel1LetsHerGo();
        theLessonsAreLearned("ALL", "Word of a shelter reached a family.");
        assertThat(states()).containsSubsequence(WALKED).endsWith("CLOSED_COMPLETED", "LESSONS");
        assertThat(people.facts(caseNumber).withStatus("WITHDRAWN")).isEqualTo(1);
    }

    /** Two by the coordinator itself, her by a provider. */
    private void threeAreHelped() {
        theGroundIsKnown(RemedyForms.coordinator());
        areRegistered(List.of(somebody("Aziza", "NO"), somebody("Bijou", "NO"), somebody("Chantal", "NO")));
        haveTheirPlans("SHELTER", "LEGAL");
        thePlanIsApproved();
        theRemedyBegins();
        her = people.of(caseNumber).get(0).victimRef();
        herCase = caseOf(her);
        hers("vsc", "task_referToService")
                .forEach(task -> as("vsc").complete(task, VictimForms.referredTo("org-provider")));
        each(
                "provider",
                "task_confirmService",
                but(
                        VictimForms.accepted(),
                        "firstDate",
                        today().toString(),
                        "serviceUntil",
                        today().plusMonths(8).toString()));
        assertThat(tasks("provider", "task_reportService")).hasSize(2);
        theCoordinatorHelps();
        everybodyIsMet();
        noCompanyHasReadOfAnybody();
    }

    /** Sharing is cut at once, and what she still wants goes on. */
    private void sheWantsNothingSharedAnyMore() {
        withdraws(Map.of("helpWanted", "ALL", "withdrawnScope", "EVERYBODY", "withdrawnWords", WORDS));
        assertThat(sees("provider")).as("the same minute").isEmpty();
        assertThat(consents.of(caseNumber, her))
                .filteredOn(line -> line.purpose() == Purpose.SHARE_WITH_PROVIDER && !"RENEWED".equals(line.endedAs()))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.endedAt()).isEqualTo(now()));
        assertThat(consents.of(caseNumber, her))
                .filteredOn(line -> line.purpose() == Purpose.SERVICES)
                .as("help is still agreed to")
                .extracting(Consents.Line::endedAt)
                .containsOnlyNulls();
        assertThat(lettersTo("provider", caseNumber)).isNotEmpty().containsOnly("consent-withdrawn");
        assertThat(herFacts().status()).isEqualTo("ACTIVE");
        assertThat(herFacts().consentState()).isEqualTo("SERVICES_ONLY");

        assertThat(hers("vsc", "task_referToService"))
                .as("both kinds of help come back to her coordinator, who arranges them anew")
                .hasSize(2);
        hers("vsc", "task_referToService").forEach(task -> as("vsc")
                .complete(
                        task,
                        Map.of(
                                "serviceGiver",
                                "COORDINATOR",
                                "serviceUntil",
                                today().plusMonths(5).toString())));
        assertThat(hers("vsc", "task_giveOwnHelp")).as("the services go on").hasSize(2);
        noCompanyHasReadOfAnybody();
    }

    private void sheWantsNoHelpAnyMore() {
        List<Task> ofTheOthers = tasks("vsc", "task_followUp").stream()
                .filter(task -> !task.getProcessInstanceId().equals(herCase))
                .toList();
        assertThat(ofTheOthers).hasSize(2);
        withdraws(Map.of("helpWanted", "NONE"));
        assertThat(endOf(herCase)).isEqualTo("end_allHelpRejected");
        assertThat(taskService.createTaskQuery().processInstanceId(herCase).count())
                .as("nobody asks her anything any more")
                .isZero();
        assertThat(managementService.createJobQuery().processInstanceId(herCase).count())
                .as("and no clock of hers runs")
                .isZero();
        assertThat(consents.of(caseNumber, her))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.endedAt()).isNotNull().isBeforeOrEqualTo(now()));
        assertThat(herFacts().status()).isEqualTo("WITHDRAWN");
        assertThat(herFacts().consentState()).isEqualTo("REFUSED");
        assertThat(herFacts().followUpsAfterHandover())
                .as("one contact, and none is asked for any more")
                .isEqualTo(1);
        assertThat(tasks("vsc", "task_followUp"))
                .as("the two others are accompanied as before")
                .extracting(Task::getId)
                .containsExactlyInAnyOrderElementsOf(
                        ofTheOthers.stream().map(Task::getId).toList());
        assertThat(state()).as("the remedy goes on").isEqualTo("IMPLEMENTING");
        everybodyIsMet();
        noCompanyHasReadOfAnybody();
    }

    private void theReportsCountHerAndSayNoMore(LocalDate start) {
        Map<String, Object> report = with(RemedyForms.report("SOME"), Map.of("peopleWomen", 3));
        travelThrough(start.plusMonths(6) + "T00:00:00Z");
        assertThat(shown("facilitator", "task_monitoringReport", "figures"))
                .contains("\"victims\":\"3\"", "\"withdrawn\":\"1\"")
                .doesNotContain(her);
        complete("facilitator", "task_monitoringReport", report);
        assertThat(shown("smelter", "task_endorseReport", "figures"))
                .as("no company sees a group of fewer than five")
                .contains("\"victims\":\"fewer than 5\"", "\"withdrawn\":\"fewer than 5\"");
        noCompanyHasReadOfAnybody();
        complete("smelter", "task_endorseReport", Map.of("statement", "AGREE"));
        decidedOnTheReport("SOME", "ON_TRACK");
        travelThrough(start.plusMonths(12).minusDays(7) + "T09:00:00Z");
        awarenessWorkEnds(84, "REACHED", "YES");
        isReportedInMonth(12, start, with(report, Map.of("goalsMet", "ALL")));
        decidedOnTheReport("ALL", "READY_TO_CLOSE");
    }

    private void theGateOfLevel1LetsHerGo() {
        theFinalReportIsChecked("COMPLETED", "Shelter and legal aid were given; who wanted none was left in peace.");
        assertThat(shown("audit-programme", "task_reviewClosing", "closingDefects"))
                .as("a documented withdrawal keeps no gate shut")
                .isEqualTo("[]");
        theIncidentIsClosed("COMPLETED", Map.of());
        assertThat(figuresOfTheClosingReport())
                .as("she is counted, and of her help no report tells")
                .contains("withdrawn: fewer than 5", "did not agree to be in reports", "two lines tell: fewer than 5");
    }

    private void withdraws(Map<String, ?> answers) {
        Map<String, Object> form = new HashMap<>(answers);
        form.put("caseNumber", caseNumber);
        form.put("victimRef", her);
        form.put("doorStaysOpen", true);
        begin("withdraw-consent", "vsc", form);
    }

    private List<Task> hers(String user, String element) {
        return tasks(user, element).stream()
                .filter(task -> task.getProcessInstanceId().equals(herCase))
                .toList();
    }

    private VictimFacts herFacts() {
        return people.of(caseNumber).stream()
                .filter(person -> person.victimRef().equals(her))
                .findFirst()
                .orElseThrow();
    }

    private static Instant now() {
        return ClockUtil.getCurrentTime().toInstant();
    }
}
