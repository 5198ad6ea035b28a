package org.redress.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redress.engine.InvalidForm;

/** A year of a member: the report, the grace, inactive, the ladder and the cure (membership.md B, C, E.5; seed 4h). */
class MemberStandingTest extends StandingTest {

    private static final String FILE = "task_fileAnnualReport";
    private static final String CHECK = "task_checkReport";
    private static final String COMPLETE_OPEN = "task_completeReport";
    private static final String CURE = "task_cureStanding";
    private static final String CONFIRM = "task_confirmCure";
    private static final String STEP = "task_takeStep";
    private static final Map<String, Object> STEP_TAKEN =
            Map.of("stepOutcome", "NO_ANSWER", "stepNote", "Nobody picked up the telephone");
    private static final String NOTE = "Section C is missing altogether";

    @Test
    void aMemberIsRemindedFilesAndIsInGoodStandingUntilTheNextYearBegins() {
        String year = begin(MEMBER);
        assertThat(year).matches("M-2026-\\d{4}");
        assertThat(deadlines(year))
                .as("E.7, 5: one month before the Plenary")
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        FILE,
                        "2027-02-18T23:59:59Z",
                        "boundary_firstReminder",
                        "2026-12-20T23:59:59Z",
                        "boundary_secondReminder",
                        "2027-01-19T23:59:59Z",
                        "boundary_reportOverdue",
                        "2027-02-18T23:59:59Z",
                        "boundary_graceOver",
                        "2027-03-20T23:59:59Z"));
        assertThat(lettersTo("member", year)).isEmpty();

        travelTo("2026-12-21T06:00:00Z");
        fireDueJobs();
        assertThat(lettersTo("member", year)).containsExactly("report-reminder");
        travelTo("2027-01-20T06:00:00Z");
        fireDueJobs();
        assertThat(lettersTo("member", year)).containsExactly("report-reminder", "report-reminder");

        as("member").complete(FILE, with(REPORT, "duesPaidOn", "2027-01-11"));
        travelTo("2027-02-19T06:00:00Z");
        fireDueJobs();
        Map<String, Object> shown =
                as("secretariat").formVariables(as("secretariat").task(CHECK));
        assertThat(shown)
                .containsEntry("reportReference", "https://reports.example/tarnwick-2026")
                .containsEntry("duesPaidOn", "2027-01-11");
        as("secretariat").complete(CHECK, COMPLETE);
        assertThat(lettersTo("member", year)).endsWith("standing-confirmed").doesNotContain("report-overdue");
        assertThat(open(year)).isEmpty();
        assertThat(isElector(MEMBER)).isTrue();
        assertThat(changes(MEMBER)).containsExactly("FULL RATIFIED");

        String instance = instance(year).getId();
        governance.plan("2028-03-18", "2028-03-20", BY, WHY);
        String next = standing.begin(MEMBER, "P-2028");
        assertThat(endOf(instance)).isEqualTo("end_yearOver");
        assertThat(deadlines(next)).containsEntry(FILE, "2028-02-18T23:59:59Z");
    }

    @Test
    void whoFilesNothingIsWarnedThenInactiveThenCuredAndVotesAgain() {
        String year = begin(MEMBER);
        assertThat(isElector(MEMBER)).isTrue();
        travelTo("2027-02-19T06:00:00Z");
        fireDueJobs();
        assertThat(lettersTo("member", year)).endsWith("report-overdue");
        assertThat(lettersTo("secretariat", year)).containsExactly("report-overdue");
        assertThat(letter(year, "report-overdue")).contains("until 2027-03-20").contains("2027-02-18");
        assertThat(roster.statusOf(MEMBER)).as("the grace runs").isEqualTo("FULL");

        travelTo("2027-03-20T12:00:00Z");
        fireDueJobs();
        assertThat(open(year)).containsExactly(FILE);
        travelTo("2027-03-21T06:00:00Z");
        fireDueJobs();
        assertThat(roster.statusOf(MEMBER)).isEqualTo("INACTIVE");
        assertThat(changes(MEMBER)).containsExactly("FULL RATIFIED", "INACTIVE REPORT_MISSING");
        assertThat(isElector(MEMBER)).as("no part in decisions until cured").isFalse();
        assertThat(isElector(GOVERNMENT)).isTrue();
        assertThat(lettersTo("member", year)).endsWith("standing-inactive");
        assertThat(lettersTo("secretariat", year)).endsWith("member-inactive");
        assertThat(lettersTo("steering-committee", year)).containsExactly("member-inactive");
        assertThat(letter(year, "standing-inactive"))
                .contains("the annual report is missing or not complete")
                .contains("nobody has compared");
        assertThat(letter(year, "member-inactive"))
                .as("only the Secretariat sees the register")
                .contains("The committee asks the Secretariat, and names the case " + year)
                .doesNotContain("register");
        assertThat(open(year)).containsExactly(CURE, STEP);

        as("member").complete(CURE, REPORT);
        Map<String, Object> shown =
                as("secretariat").formVariables(as("secretariat").task(CONFIRM));
        assertThat(shown)
                .as("whoever decides sees that the rule is inferred")
                .containsEntry("standingReason", "REPORT_MISSING")
                .containsEntry("standingBasis", "INFERRED");
        as("secretariat").complete(CONFIRM, COMPLETE);
        assertThat(roster.statusOf(MEMBER)).isEqualTo("FULL");
        assertThat(isElector(MEMBER)).isTrue();
        assertThat(changes(MEMBER)).endsWith("FULL CURED");
        assertThat(lettersTo("member", year)).endsWith("standing-restored");
        assertThat(lettersTo("steering-committee", year)).endsWith("member-restored");
        assertThat(letter(year, "member-restored"))
                .contains("The committee asks the Secretariat, and names the case " + year)
                .doesNotContain("register");
        assertThat(open(year)).as("the ladder ends with the cure").isEmpty();
    }

    @Test
    void theLadderIsClimbedStepByStepAndTheYearEndsStillInactive() {
        String year = inactive(MEMBER);
        String instance = instance(year).getId();
        for (String step : List.of(
                "WRITE_TO_FOCAL_POINT", "HELP_WITH_REPORT", "CALL_LEADERSHIP", "ASK_PILLAR", "STEERING_COMMITTEE")) {
            Task task = as("secretariat").task(STEP);
            assertThat(as("secretariat").formVariables(task)).containsEntry("ladderStep", step);
            as("secretariat").complete(task, STEP_TAKEN);
            assertThat(open(year)).as("a member has time to answer").containsExactly(CURE);
            travel(Duration.ofDays(31));
            fireDueJobs();
        }
        assertThat(open(year)).as("it can be cured as long as the year").containsExactly(CURE);

        governance.plan("2028-03-18", "2028-03-20", BY, WHY);
        String next = standing.begin(MEMBER, "P-2028");
        fireDueJobs();
        assertThat(endOf(instance)).isEqualTo("end_stillInactive");
        assertThat(roster.statusOf(MEMBER)).isEqualTo("INACTIVE");
        as("member").complete(FILE, REPORT);
        as("secretariat").complete(CHECK, COMPLETE);
        assertThat(roster.statusOf(MEMBER)).as("the next report cures it").isEqualTo("FULL");
        assertThat(lettersTo("member", next)).containsExactly("standing-confirmed");
    }

    @Test
    void theDuesAreOpenAndAreNotPaidInTheGrace() {
        String year = begin(NGO);
        as("member-ngo").complete(FILE, REPORT);
        travelTo("2027-02-25T09:00:00Z");
        as("secretariat")
                .complete(
                        CHECK,
                        Map.of("reportComplete", "YES", "duesState", "OPEN", "openNote", "No money" + " has come in"));
        assertThat(lettersTo("member", year)).endsWith("standing-at-risk");
        assertThat(letter(year, "standing-at-risk"))
                .contains("the dues are not paid")
                .contains("until 2027-03-27");
        assertThat(deadlines(year))
                .as("the grace runs from the day on which the member was told, if that is later")
                .containsEntry(COMPLETE_OPEN, "2027-03-27T23:59:59Z")
                .containsEntry("boundary_timeUp", "2027-03-27T23:59:59Z");
        assertThat(as("member-ngo").formVariables(as("member-ngo").task(COMPLETE_OPEN)))
                .containsEntry("openNote", "No money has come in");

        travelTo("2027-03-28T06:00:00Z");
        fireDueJobs();
        assertThat(changes(NGO)).containsExactly("ENGAGED RATIFIED", "INACTIVE DUES_OVERDUE");
        as("secretariat").complete(STEP, STEP_TAKEN);
        travel(Duration.ofDays(31));
        fireDueJobs();
        assertThat(as("secretariat").formVariables(as("secretariat").task(STEP)))
                .containsEntry("ladderStep", "PAYMENT_PLAN");
        as("member-ngo").complete(CURE, Map.of("duesPaidOn", "2027-04-20"));
        as("secretariat").complete(CONFIRM, COMPLETE);
        assertThat(roster.statusOf(NGO)).as("back to what it was").isEqualTo("ENGAGED");
    }

    @Test
    void whatIsIncompleteIsCompletedInTheGrace() {
        String year = begin(MEMBER);
        as("member").complete(FILE, REPORT);
        as("secretariat").complete(CHECK, Map.of("reportComplete", "NO", "duesState", "NONE_OWED", "openNote", NOTE));
        assertThat(deadlines(year))
                .as("filed a year early: the grace still runs from the day on which it is due")
                .containsEntry(COMPLETE_OPEN, "2027-03-20T23:59:59Z");
        as("member").complete(COMPLETE_OPEN, REPORT);
        as("secretariat").complete(CHECK, COMPLETE);
        assertThat(lettersTo("member", year)).containsExactly("standing-at-risk", "standing-confirmed");
        assertThat(changes(MEMBER)).containsExactly("FULL RATIFIED");
    }

    @Test
    void whoFiledInTimeDoesNotBecomeInactiveBecauseTheSecretariatIsLate() {
        String year = begin(MEMBER);
        travelTo("2027-02-17T09:00:00Z");
        as("member").complete(FILE, REPORT);
        travelTo("2027-05-01T09:00:00Z");
        fireDueJobs();
        assertThat(open(year)).containsExactly(CHECK);
        assertThat(roster.statusOf(MEMBER)).isEqualTo("FULL");
        as("secretariat").complete(CHECK, Map.of("reportComplete", "NO", "duesState", "PAID", "openNote", NOTE));
        assertThat(deadlines(year)).containsEntry(COMPLETE_OPEN, "2027-05-31T23:59:59Z");
    }

    @Test
    void aSecondRoundDoesNotLengthenTheGrace() {
        String year = begin(MEMBER);
        travelTo("2027-02-18T09:00:00Z");
        as("member").complete(FILE, REPORT);
        for (int round = 0; round < 2; round++) {
            as("secretariat").complete(CHECK, Map.of("reportComplete", "NO", "duesState", "PAID", "openNote", NOTE));
            assertThat(deadlines(year)).containsEntry(COMPLETE_OPEN, "2027-03-20T23:59:59Z");
            travel(Duration.ofDays(10));
            as("member").complete(COMPLETE_OPEN, REPORT);
        }
    }

    @Test
    void aRefusalToEngageMakesOneMemberInactiveAtOnceAndItsYearGoesOnOnceItEngages() {
        String year = begin(MEMBER);
        String other = begin(GOVERNMENT);
        refuse(MEMBER);
        assertThat(changes(MEMBER)).containsExactly("FULL RATIFIED", "INACTIVE REFUSAL");
        assertThat(roster.statusOf(GOVERNMENT)).isEqualTo("FULL");
        assertThat(open(other)).containsExactly(FILE);
        assertThat(open(year)).containsExactly(CURE, STEP);
        assertThatThrownBy(() -> as("member").complete(CURE, REPORT))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("engagementStatement");

        as("member").complete(CURE, Map.of("engagementStatement", "We meet them on Thursday"));
        as("secretariat")
                .complete(
                        CONFIRM,
                        Map.of("reportComplete", "NO", "duesState", "PAID", "engagesAgain", "NO", "openNote", NOTE));
        assertThat(roster.statusOf(MEMBER)).isEqualTo("INACTIVE");
        assertThat(lettersTo("member", year)).endsWith("standing-still-open");
        as("member").complete(CURE, Map.of("engagementStatement", "We met them on Thursday"));
        as("secretariat")
                .complete(
                        CONFIRM,
                        Map.of("reportComplete", "NO", "duesState", "PAID", "engagesAgain", "YES", "openNote", NOTE));
        assertThat(roster.statusOf(MEMBER)).as("the report is not due yet").isEqualTo("FULL");
        assertThat(deadlines(year)).containsEntry(FILE, "2027-02-18T23:59:59Z");
    }

    @Test
    void aRefusalReachesAMemberWhoseReportIsInAndOneThatIsInactiveAlready() {
        String settled = begin(MEMBER);
        as("member").complete(FILE, REPORT);
        as("secretariat").complete(CHECK, COMPLETE);
        refuse(MEMBER);
        assertThat(roster.statusOf(MEMBER)).isEqualTo("INACTIVE");
        as("member").complete(CURE, Map.of("engagementStatement", "We meet them on Thursday"));
        as("secretariat").complete(CONFIRM, with(COMPLETE, "engagesAgain", "YES"));
        assertThat(roster.statusOf(MEMBER)).isEqualTo("FULL");
        assertThat(open(settled)).as("report and dues are in").isEmpty();

        String year = inactive(NGO);
        refuse(NGO);
        as("member-ngo").complete(CURE, with(REPORT, "engagementStatement", "We meet them on Thursday"));
        as("secretariat").complete(CONFIRM, with(COMPLETE, "engagesAgain", "NO", "openNote", NOTE));
        assertThat(roster.statusOf(NGO)).as("the report alone is no cure now").isEqualTo("INACTIVE");
        assertThat(letter(year, "standing-still-open")).contains("it refused to engage with another member");
    }

    @Test
    void aRefusalThatNobodySawOvercomeGoesOnIntoTheNextYear() {
        begin(MEMBER);
        refuse(MEMBER);
        governance.cancel(PLENARY, BY, WHY);
        governance.plan("2028-03-18", "2028-03-20", BY, WHY);
        String next = standing.begin(MEMBER, "P-2028");
        as("member").complete(FILE, REPORT);
        as("secretariat").complete(CHECK, with(COMPLETE, "engagesAgain", "NO", "openNote", NOTE));
        assertThat(roster.statusOf(MEMBER)).isEqualTo("INACTIVE");
        assertThat(open(next)).containsExactly(CURE, STEP);
    }

    @Test
    void aReportDoesNotCureWhatThePlenaryDecided() {
        String year = begin(MEMBER);
        roster.changeStatus(MEMBER, "INACTIVE", "C-2026-0007", "PLENARY_DECISION");
        as("member").complete(FILE, REPORT);
        as("secretariat").complete(CHECK, COMPLETE);
        assertThat(changes(MEMBER)).containsExactly("FULL RATIFIED", "INACTIVE PLENARY_DECISION");
        assertThat(letter(year, "standing-inactive")).contains("the Plenary decided so");
        as("member").complete(CURE, REPORT);
        as("secretariat").complete(CONFIRM, COMPLETE);
        assertThat(roster.statusOf(MEMBER)).isEqualTo("INACTIVE");
    }

    @Test
    void whatThePlenaryDecidesAboutAMemberThatIsInactiveForItsReportStandsAfterTheReport() {
        String year = inactive(MEMBER);
        roster.changeStatus(MEMBER, "INACTIVE", "C-2026-0007", "PLENARY_DECISION");
        roster.changeStatus(MEMBER, "INACTIVE", "C-2026-0007", "PLENARY_DECISION");
        assertThat(changes(MEMBER))
                .as("an entry of its own, once")
                .containsExactly("FULL RATIFIED", "INACTIVE REPORT_MISSING", "INACTIVE PLENARY_DECISION");

        as("member").complete(CURE, REPORT);
        as("secretariat").complete(CONFIRM, COMPLETE);
        assertThat(roster.statusOf(MEMBER)).as("a report is no cure").isEqualTo("INACTIVE");
        assertThat(letter(year, "standing-still-open")).contains("the Plenary decided so");
        roster.reinstate(MEMBER, year, "CURED");
        assertThat(roster.statusOf(MEMBER)).isEqualTo("INACTIVE");

        lift(MEMBER);
        assertThat(roster.statusOf(MEMBER)).as("the status of before").isEqualTo("FULL");
        assertThat(changes(MEMBER)).endsWith("INACTIVE PLENARY_DECISION", "INACTIVE CURED", "FULL LIFTED_BY_PLENARY");
    }

    @Test
    void whatThePlenaryLiftsLeavesAMemberInactiveThatHasNotCuredItsReport() {
        inactive(MEMBER);
        roster.changeStatus(MEMBER, "INACTIVE", "C-2026-0007", "PLENARY_DECISION");
        lift(MEMBER);
        assertThat(roster.statusOf(MEMBER)).isEqualTo("INACTIVE");
        assertThat(roster.inactiveBecause(MEMBER)).isEqualTo("REPORT_MISSING");

        as("member").complete(CURE, REPORT);
        as("secretariat").complete(CONFIRM, COMPLETE);
        assertThat(roster.statusOf(MEMBER)).isEqualTo("FULL");
        assertThat(changes(MEMBER)).endsWith("INACTIVE LIFTED_BY_PLENARY", "FULL CURED");
    }

    /** As the Secretariat does it, once the Plenary has decided so. */
    private void lift(String member) {
        startByForm("secretariat", "keep-calendar", Map.of("calendarChange", "LIFT_INACTIVITY"));
        as("secretariat")
                .complete(
                        "task_changeCalendar",
                        Map.of("calendarDecision", "APPLY", "calendarReason", WHY, "termHolder", member));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXPELLED", "WITHDRAWN"})
    void whoLeavesIsAskedForNothingMore(String status) {
        String year = begin(MEMBER);
        String other = begin(NGO);
        String instance = instance(year).getId();
        roster.changeStatus(MEMBER, status, "C-2026-0007", "LEFT");
        assertThat(endOf(instance)).isEqualTo("end_membershipOver");
        assertThat(as("member").tasks()).isEmpty();
        assertThat(open(other)).containsExactly(FILE);
    }

    @Test
    void noOtherMemberSeesOrDoesTheTasksOfAMember() {
        String year = begin(MEMBER);
        Task file = as("member").task(FILE);
        for (String stranger : List.of("member-ngo", "member-gov", "steering-committee", "smelter", "association")) {
            assertThat(as(stranger).tasksOf(year)).isEmpty();
            assertThatThrownBy(() -> as(stranger).complete(file, REPORT)).isInstanceOf(AuthorizationException.class);
        }
        as("member").complete(file, REPORT);
        Task check = as("secretariat").task(CHECK);
        assertThatThrownBy(() -> as("member").complete(check, COMPLETE)).isInstanceOf(AuthorizationException.class);
        as("secretariat").complete(check, Map.of("reportComplete", "NO", "duesState", "PAID", "openNote", NOTE));
        Task complete = as("member").task(COMPLETE_OPEN);
        assertThatThrownBy(() -> as("member-ngo").complete(complete, REPORT))
                .isInstanceOf(AuthorizationException.class);

        travelTo("2027-03-21T06:00:00Z");
        fireDueJobs();
        Task cure = as("member").task(CURE);
        Task step = as("secretariat").task(STEP);
        assertThatThrownBy(() -> as("member-ngo").complete(cure, REPORT)).isInstanceOf(AuthorizationException.class);
        assertThatThrownBy(() -> as("member").complete(step, STEP_TAKEN)).isInstanceOf(AuthorizationException.class);
        as("member").complete(cure, REPORT);
        Task confirm = as("secretariat").task(CONFIRM);
        assertThatThrownBy(() -> as("member").complete(confirm, COMPLETE)).isInstanceOf(AuthorizationException.class);
    }

    @Test
    void whatIsWrongIsToldAndASecondClickEntersNothing() {
        String year = begin(MEMBER);
        Task file = as("member").task(FILE);
        assertThatThrownBy(() -> as("member").complete(file, with(REPORT, "duesPaidOn", "2027-01-11")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("duesPaidOn")
                .hasMessageContaining("is in the future");
        assertThatThrownBy(() -> as("member").complete(file, Map.of("publicVersion", "NO")))
                .hasMessageContaining("reportSections")
                .hasMessageContaining("reportReference");
        as("member").complete(file, REPORT);
        assertThatThrownBy(() -> actingAs("member", () -> {
                    formService.submitTaskForm(file.getId(), formValues(REPORT));
                    return file;
                }))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("completed already, by you or by a colleague");
        assertThat(open(year)).containsExactly(CHECK);
        assertThatThrownBy(() -> as("secretariat").complete(CHECK, Map.of("reportComplete", "NO", "duesState", "PAID")))
                .as("the member must be told what is open")
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("openNote");
    }

    private String letter(String caseNumber, String template) {
        return textsOfLetters(caseNumber, template).get(0).replaceAll("\\s+", " ");
    }
}
