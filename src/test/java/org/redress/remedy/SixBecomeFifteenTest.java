package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.redress.remedy.Step1.with;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * S13, from the report to the lessons: six people are in debt bondage, and in the second month of the remedy nine more are
 * found, two of them children (remedy.md F, E06).
 */
class SixBecomeFifteenTest extends WholeStory {

    private static final List<String> SIX = List.of("Aline", "Bahati", "Claude", "Denise", "Espoir", "Furaha");
    private static final List<String> NINE =
            List.of("Gisele", "Heri", "Imani", "Jeanine", "Kahindo", "Lwanzo", "Mapendo", "Neema", "Odile");

    @Test
    @DisplayName(
            "E06 More people are found: S13, the nine who are found in month two are helped at once and the plan is decided on anew")
    void s13TheNineWhoAreFoundInMonthTwoAreHelpedAtOnceAndThePlanIsDecidedOnAnew() {
        Scenario scenario = Scenario.of("S13");
        wasReported(scenario.toString());
        arrives(scenario);
        theHarmIsSubstantiated(scenario);
        theLevelIsReviewed(scenario);
        theSmelterAnswers("NO");
        remedyIsOwedAsExpected(scenario);

        sixAreHelped();
        LocalDate start = today();
        nineMoreAreFound(start.plusMonths(1).plusDays(10));
        theyAreHelpedBeforeAnybodyDecides();
        theAdditionIsDecidedOn();
        theAdditionIsPaidFor();
        theRemedyIsMonitoredFromItsFirstDayOn(start);
        itIsClosedForAllFifteen();
        theLessonsAreLearned("ALL", "Nobody had asked who worked at night.");
        assertThat(states()).containsSubsequence(WALKED).endsWith("CLOSED_COMPLETED", "LESSONS");
    }

    private void sixAreHelped() {
        theGroundIsKnown(RemedyForms.coordinator());
        areRegistered(SIX.stream().map(name -> somebody(name, "NO")).toList());
        haveTheirPlans("SHELTER");
        thePlanIsApproved();
        assertThat(ofTheCase("budgetLevel1")).isEqualTo("13200.0");
        theRemedyBegins();
        assertThat(tasks("vsc", "task_referToService")).hasSize(6);
        theCoordinatorHelps();
        everybodyIsMet();
        noCompanyHasReadOfAnybody();
    }

    private void nineMoreAreFound(LocalDate day) {
        travelThrough(day + "T09:00:00Z");
        assertThat(cases.tell(caseNumber, "more-people-found", Map.of("moreFound", 9, "childrenFound", 2)))
                .isEqualTo(1);
        fireDueJobs();
        assertThat(lettersTo("protection", caseNumber)).endsWith("more-victims");
        assertThat(lettersTo("facilitator", caseNumber)).endsWith("more-victims");
        assertThat(shown("facilitator", "task_selectCoordinator"))
                .as("somebody who protects children is wanted first")
                .containsEntry("childInCase", true);
        complete(
                "facilitator",
                "task_selectCoordinator",
                with(
                        RemedyForms.coordinator(),
                        Map.of("childCover", "WITH_SPECIALIST", "childPartner", "Small Steps")));
        assertThat(dueAt("vsc", "task_ongoingExploitationCheck"))
                .as("is anybody of them still exploited? The same day")
                .isEqualTo(endOf(today()));
        List<Map<String, Object>> found = new ArrayList<>();
        for (int number = 0; number < NINE.size(); number++) {
            found.add(somebody(NINE.get(number), number < 2 ? "YES" : "NO"));
        }
        areRegistered(found);
        assertThat(people.facts(caseNumber).victims()).isEqualTo(15);
        assertThat(people.facts(caseNumber).children()).isEqualTo(2);
    }

    private void theyAreHelpedBeforeAnybodyDecides() {
        assertThat(tasks("vsc", "task_immediateNeeds"))
                .as("nine new cases at once")
                .hasSize(9)
                .allSatisfy(task -> assertThat(task.getDueDate().toInstant())
                        .as("seven days since the first contact")
                        .isEqualTo(endOf(today().plusDays(7))));
        assertThat(sees("facilitator")).contains("task_costAddition");
        assertThat(dueAt("facilitator", "task_costAddition")).isEqualTo(endOf(today().plusDays(30)));
        assertThat(shown("facilitator", "task_costAddition"))
                .containsEntry("withoutPlan", 9)
                .containsEntry("budgetLevel1", 13200.0);
        haveTheirPlans("SHELTER");
        assertThat(tasks("vsc", "task_referToService"))
                .as("the remedy is under way: their help begins, approved or not")
                .hasSize(9);
        theCoordinatorHelps();
        everybodyIsMet();
        assertThat(people.facts(caseNumber).servicesCompleted()).isEqualTo(15);
        assertThat(visits("call_decideOnPlan")).as("no round but the first").isEqualTo(1);
        noCompanyHasReadOfAnybody();
    }

    private void theAdditionIsDecidedOn() {
        complete(
                "facilitator",
                "task_costAddition",
                Map.of(
                        "currency", "USD",
                        "costShelter", 18000,
                        "contingency", 10,
                        "planSummary", "Shelter and company for the people who were found.",
                        "doNoHarm", "YES",
                        "independenceStands", "YES",
                        "anonymisedAnnex", "YES"));
        assertThat(ofTheCase("budgetLevel1")).as("nothing is added yet").isEqualTo("13200.0");
        assertThat(reads("smelter", "task_endorsePlan")).contains("More people were found", "13200");
        complete("smelter", "task_endorsePlan", Map.of("endorsement", "ENDORSED"));
        assertThat(state()).as("the remedy goes on meanwhile").isEqualTo("IMPLEMENTING");
        assertThat(dueAt("audit-programme", "task_reviewPlan"))
                .as("like any round of an urgent case")
                .isEqualTo(clock("D14", ClockUtil.getCurrentTime()));
        assertThat(reads("audit-programme", "task_reviewPlan"))
                .contains("More people were found", "19800", "The plan gate names no defect.");
        complete("audit-programme", "task_reviewPlan", RemedyForms.planApproved());
        String widening = process("widen-remedy");
        assertThat(variable(widening, "wideningApproval")).contains("NEW_ROUND");
        assertThat(variable(widening, "firstChild")).contains(true);
        assertThat(variable(widening, "budgetAdded"))
                .as("150 per cent of 13200")
                .contains(19800.0);
        assertThat(ofTheCase("budgetLevel1")).isEqualTo("33000.0");
        assertThat(ofTheCase("budgetApproved")).isEqualTo("33000.0");
        assertThat(variable(process("implement-remedy"), "budgetLevel1")).contains(33000.0);
        assertThat(ofTheCase("childCover")).isEqualTo("WITH_SPECIALIST");
        assertThat(lettersTo("smelter", caseNumber)).endsWith("plan-decided", "plan-widened");
    }

    private void theAdditionIsPaidFor() {
        assertThat(dueAt("facilitator", "task_raiseFunds"))
                .as("D15, urgent since children were found (B.9): 48 hours")
                .isEqualTo(today().plusDays(2) + "T09:00:00Z");
        complete(
                "facilitator",
                "task_raiseFunds",
                Map.of("level1FirstNeed", 9900, "fundsSmelterReceived", 9900, "level1Received", 9900));
        complete("audit-programme", "task_confirmFunding", Map.of("fundingDecision", "START"));
        complete(
                "facilitator",
                "task_startAddition",
                Map.of("additionStartedOn", today().toString(), "additionAgreed", "ALL"));
        assertThat(visits("end_additionBegun")).isEqualTo(1);
        assertThat(state()).isEqualTo("IMPLEMENTING");
    }

    private void theRemedyIsMonitoredFromItsFirstDayOn(LocalDate start) {
        isReportedInMonth(6, start, reportOnFifteen("SOME"));
        assertThat(shown("audit-programme", "task_monitoringDecision", "figures"))
                .contains("\"victims\":\"15\"", "\"children\":\"2\"");
        decidedOnTheReport("SOME", "ON_TRACK");
        travelThrough(start.plusMonths(12).minusDays(7) + "T09:00:00Z");
        everybodyIsMet();
        awarenessWorkEnds(84, "REACHED", "YES");
        isReportedInMonth(12, start, reportOnFifteen("ALL"));
        decidedOnTheReport("ALL", "READY_TO_CLOSE");
        assertThat(ofTheCase("reportsInWindow")).isEqualTo("2");
        assertThat(ofTheCase("startDate")).as("the clock was never set anew").contains("2026");
    }

    private static Map<String, Object> reportOnFifteen(String goalsMet) {
        return with(
                RemedyForms.report(goalsMet),
                Map.of("peopleWomen", 8, "peopleMen", 5, "peopleGirls", 1, "peopleBoys", 1));
    }

    private void itIsClosedForAllFifteen() {
        theFinalReportIsChecked("COMPLETED", "Fifteen people were helped with shelter, two of them children.");
        assertThat(shown("audit-programme", "task_reviewClosing", "closingDefects"))
                .isEqualTo("[]");
        theIncidentIsClosed("COMPLETED", Map.of());
        assertThat(figuresOfTheClosingReport())
                .contains("People registered: 15, children among them: fewer than 5")
                .contains("still helped: 15, withdrawn: 0", "done: 15, overdue: 0");
    }
}
