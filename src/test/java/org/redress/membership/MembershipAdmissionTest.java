package org.redress.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;
import org.redress.engine.Cases;
import org.redress.engine.InvalidForm;
import org.redress.governance.Governance;
import org.redress.governance.RosterTasks;
import org.redress.governance.Windows;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From an application to a member: windows, pillars, Steering Committee, Plenary (membership-and-concern.md E.2, E.7). */
@SuppressWarnings("NullAway.Init")
class MembershipAdmissionTest extends ProcessTest {

    private static final List<String> COMMITTEE =
            List.of("steering-committee", "steering-committee-corporate", "steering-committee-ngo");

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Governance governance;

    @Autowired
    private RosterTasks roster;

    @Autowired
    private Windows windows;

    @Autowired
    private Cases cases;

    private String caseId;
    private String caseNumber;

    private CommitteeOfThree register;

    @BeforeEach
    void threeMembersSitOnTheCommitteeAndPlenariesArePlanned() {
        register = new CommitteeOfThree(jdbc);
        register.begin();
        register.plenary(2023, "2023-05-23");
        register.plenary(2024, "2024-05-13");
        register.plenary(2025, "2025-03-18");
    }

    @AfterEach
    void nothingStays() {
        register.end("org-congo", "org-endeavour");
    }

    // Timelines

    /** E.7 test 1, A.5: filed 31 March 2022, provisional in December 2022, ratified on 26 May 2023. */
    @Test
    void congoIsAnEngagedMemberOnTheDayOfRatificationAndNotBefore() {
        applies("2022-03-31T16:00:00Z", government());
        assertThat(plain("cycle")).isEqualTo("2022-spring");
        assertThat(plain("rulesVersion")).isEqualTo("2019");
        fileIsComplete("org-congo");
        assertThat(secretariatSees()).as("deliberation waits for the window").isEmpty();
        at("2022-04-01T09:00:00Z");
        assessed();
        at("2022-12-14T10:00:00Z");
        as("steering-committee").complete("task_deliberate", enoughIsKnown());
        committeeAgrees();
        assertThat(decided("STEERING_COMMITTEE")).isEqualTo("CARRIED on 2022-12-14");
        assertThat(state()).isEqualTo("PROVISIONAL");
        assertThat(roster.isKnown("org-congo")).as("provisional is no member").isFalse();
        at("2023-04-01T09:00:00Z");
        assertThat(lettersTo("secretariat", caseNumber))
                .as("a year since the window closed: a warning, no stop")
                .endsWith("admission-delayed");
        assertThat(asChair("task_declareInterests")).isEmpty();

        at("2023-05-26T10:00:00Z");
        assertThat(roster.isKnown("org-congo")).isFalse();
        plenaryAgrees();
        assertThat(roster.statusOf("org-congo")).isEqualTo("ENGAGED");
        assertThat(plain("memberSince")).isEqualTo("2023-05-26");
        assertThat(decided("PLENARY")).isEqualTo("CARRIED on 2023-05-26");
        assertThat(state()).isEqualTo("ENGAGED");
    }

    /** An invented one: the committee wants to know more, then defers nothing, and carries it in a second round. */
    @Test
    void aSecondRoundOfTheCommitteeAfterMoreInformation() {
        applies("2024-03-01T09:00:00Z", company("EXTRACTION"));
        fileIsComplete("org-endeavour");
        at("2024-04-01T09:00:00Z");
        assessed();
        as("steering-committee-ngo")
                .complete(
                        "task_deliberate",
                        Map.of("infoIsMissing", "YES", "deliberationNote", "Who guards the convoys is not said."));
        assertThat(decided("STEERING_COMMITTEE")).isEqualTo("REQUEST_INFO on 2024-04-01");
        assertThat(state()).isEqualTo("INFORMATION_WANTED");
        as("secretariat").complete("task_askApplicant", Map.of("informationWanted", "Who guards the convoys?"));
        as("secretariat").complete("task_recordInformation", Map.of("informationGiven", "A list of contractors."));
        fileIsComplete("org-endeavour");
        assessed();
        as("steering-committee").complete("task_deliberate", enoughIsKnown());
        interestsDeclared();
        committeeDisagrees();
        vote("steering-committee", "FAVOUR");
        vote("steering-committee-corporate", "FAVOUR");
        vote("steering-committee-ngo", "FAVOUR");
        assertThat(decided("STEERING_COMMITTEE")).isEqualTo("CARRIED on 2024-04-01");
        at("2024-05-13T09:00:00Z");
        plenaryAgrees();
        assertThat(roster.statusOf("org-endeavour")).isEqualTo("ENGAGED");
        assertThat(roster.pillarOf("org-endeavour")).isEqualTo("corporate");
    }

    @Test
    void aVoteThatIsLostEndsInARefusalWithReasons() {
        applies("2024-03-01T09:00:00Z", company("OTHER"));
        assertThat(plain("categoryOutcome"))
                .as("the committee judges the sector")
                .isEqualTo("REFER");
        fileIsComplete("org-endeavour");
        at("2024-04-01T09:00:00Z");
        assessed();
        as("steering-committee").complete("task_deliberate", enoughIsKnown());
        interestsDeclared();
        committeeDisagrees();
        vote("steering-committee", "AGAINST");
        vote("steering-committee-corporate", "FAVOUR");
        vote("steering-committee-ngo", "AGAINST");
        assertThat(decided("STEERING_COMMITTEE")).isEqualTo("NOT_CARRIED on 2024-04-01");
        assertThat(shown("task_giveNotice", "lastDecision"))
                .startsWith("Decided by the Steering Committee on 2024-04-01: not carried.")
                .endsWith("is recalled, not verified.");
        as("secretariat")
                .complete(
                        "task_giveNotice",
                        Map.of(
                                "noticeGivenOn", "2024-04-02",
                                "noticeReasons", "The committee found no link to the sectors of the Initiative."));
        assertThat(endOf(caseId)).isEqualTo("end_applicationDeclined");
        assertThat(roster.isKnown("org-endeavour")).isFalse();
    }

    /** E.0 reviewBodyName: the same body, by the name that it has in the rules of the case. */
    @Test
    void sinceJuly2025TheCommitteeIsCalledTheBoard() {
        applies("2025-08-01T09:00:00Z", government());
        fileIsComplete("org-congo");
        at("2025-09-16T09:00:00Z");
        assessed();
        as("steering-committee").complete("task_deliberate", enoughIsKnown());
        interestsDeclared();
        committeeDisagrees();
        COMMITTEE.forEach(seat -> vote(seat, "AGAINST"));
        assertThat(shown("task_giveNotice", "lastDecision"))
                .startsWith("Decided by the Board on 2025-09-16: not carried.");
    }

    // Appeal (A.2), where it is open

    @Test
    void anAppealGoesToThePlenaryPastTheCommittee() {
        refused(true);
        as("secretariat").complete("task_recordAppeal", appeal());
        assertThat(state()).isEqualTo("BEFORE_PLENARY");
        assertThat(secretariatSees()).as("the committee is not asked again").isEmpty();
        at("2024-05-13T09:00:00Z");
        assertThat(plain("questionText", ballot()))
                .isEqualTo("Admit Democratic Republic of the Congo, on its appeal against the refusal by the Steering"
                        + " Committee?");
        plenaryAgrees();
        assertThat(roster.statusOf("org-congo")).isEqualTo("ENGAGED");
    }

    @Test
    void anAppealThatThePlenaryDoesNotCarryIsDeclinedForGood() {
        refused(true);
        as("secretariat").complete("task_recordAppeal", appeal());
        at("2024-05-13T09:00:00Z");
        interestsDeclared();
        plenaryDisagrees();
        vote("member", "AGAINST");
        vote("member-gov", "AGAINST");
        vote("member-ngo", "AGAINST");
        assertThat(shown("task_giveNotice", "lastDecision"))
                .startsWith("Decided by the Plenary on 2024-05-13: not carried.");
        noticeGiven();
        assertThat(endOf(caseId)).as("one appeal, and no second").isEqualTo("end_applicationDeclined");
        assertThat(state()).isEqualTo("DECLINED");
    }

    @Test
    void whoDoesNotAppealOrSaysNothingIsDeclined() {
        refused(true);
        as("secretariat").complete("task_recordAppeal", Map.of("appealMade", "NO"));
        assertThat(endOf(caseId)).isEqualTo("end_applicationDeclined");

        refused(true);
        at("2024-05-01T12:00:00Z");
        assertThat(secretariatSees()).containsExactly("task_recordAppeal");
        at("2024-05-02T00:00:00Z");
        assertThat(endOf(caseId)).isEqualTo("end_applicationDeclined");
    }

    @Test
    void withoutTheSettingTheRefusalStands() {
        refused(false);
        assertThat(endOf(caseId)).isEqualTo("end_applicationDeclined");
        assertThat(state()).isEqualTo("DECLINED");
    }

    /** Two of three in favour are enough of all, but no company voted for it: deferred to the next cycle. */
    @Test
    void aPillarThatMissesItsFloorDefersToTheNextCycle() {
        applies("2024-03-01T09:00:00Z", government());
        fileIsComplete("org-congo");
        at("2024-04-01T09:00:00Z");
        assessed();
        as("steering-committee").complete("task_deliberate", enoughIsKnown());
        interestsDeclared();
        committeeDisagrees();
        vote("steering-committee", "FAVOUR");
        vote("steering-committee-ngo", "FAVOUR");
        vote("steering-committee-corporate", "AGAINST");
        assertThat(decided("STEERING_COMMITTEE")).isEqualTo("DEFER on 2024-04-01");
        assertThat(plain("cycle")).as("the next one").isEqualTo("2024-autumn");
        assertThat(secretariatSees()).containsExactly("task_checkCompleteness");
    }

    /** What the Plenary does not ratify goes back to the committee; a Plenary that is cancelled is not waited for. */
    @Test
    void thePlenaryMaySendItBackAndACancelledOneIsPassedOver() {
        applies("2023-09-15T09:00:00Z", government());
        assertThat(plain("cycle")).as("the last day belongs to the window").isEqualTo("2023-autumn");
        fileIsComplete("org-congo");
        at("2023-09-16T09:00:00Z");
        assessed();
        as("steering-committee").complete("task_deliberate", enoughIsKnown());
        committeeAgrees();
        noPlenaryIsPlannedForAWhile("2023-10-02", "2023-10-09");
        at("2025-03-18T09:00:00Z");
        interestsDeclared();
        plenaryDisagrees();
        vote("member", "AGAINST");
        vote("member-gov", "AGAINST");
        vote("member-ngo", "FAVOUR");
        assertThat(decided("PLENARY")).isEqualTo("NOT_CARRIED on 2025-03-18");
        assertThat(secretariatSees()).as("back to the committee").containsExactly("task_prepareDossier");
        assertThat(roster.isKnown("org-congo")).isFalse();
    }

    /** It looks for the next one at once, also when that is moved; while none is planned, once a week, and no job fails. */
    private void noPlenaryIsPlannedForAWhile(String day, String aWeekLater) {
        governance.cancel("P-2024", "anna", "No quorum is in sight");
        fireDueJobs();
        assertThat(plain("plenaryId")).as("the next one, at once").isEqualTo("P-2025");
        at(day + "T09:00:00Z");
        governance.cancel("P-2025", "anna", "No quorum is in sight");
        fireDueJobs();
        assertThat(plain("plenaryId")).as("none is planned").isEqualTo("null");
        String planned = governance.plan("2025-02-18", "2025-02-21", "anna", "Planned anew");
        at(aWeekLater + "T23:59:59Z");
        assertThat(plain("plenaryId")).isEqualTo(planned);
        governance.movePlenary(planned, "2025-03-18", "2025-03-21", "anna", "The hall is taken");
        fireDueJobs();
        assertThat(plain("plenaryId")).isEqualTo(planned);
    }

    /** A.3: what should not wait for the annual Plenary goes to a special one that is convened for it, and to no other. */
    @Test
    void aSpecialPlenaryForAdmissionsIsTaken() {
        applies("2022-03-31T16:00:00Z", government());
        fileIsComplete("org-congo");
        at("2022-04-01T09:00:00Z");
        assessed();
        as("steering-committee").complete("task_deliberate", enoughIsKnown());
        committeeAgrees();
        assertThat(plain("plenaryId")).isEqualTo("P-2023");
        String day = "2022-10-18";
        governance.convene("2022-10-11", "2022-10-11", "CONCERN", null, "anna", "Another matter");
        String special = governance.convene(day, day, "ADMISSION", null, "anna", "It should not wait");
        fireDueJobs();
        assertThat(plain("plenaryId")).isEqualTo(special);
        at(day + "T09:00:00Z");
        plenaryAgrees();
        assertThat(decided("PLENARY")).isEqualTo("CARRIED on " + day);
        assertThat(roster.statusOf("org-congo")).isEqualTo("ENGAGED");
    }

    // The file

    /** E.7 tests 2 and 3. */
    @Test
    void lateGoesToTheNextSpringAndExcludedKindsEndAtOnce() {
        applies("2024-09-16T09:00:00Z", government());
        assertThat(plain("cycle")).isEqualTo("2025-spring");
        for (String kind : List.of("INDIVIDUAL", "CONSULTANCY", "SECURITY_COMPANY", "EDUCATION_BODY")) {
            applies("2024-09-17T09:00:00Z", with(government(), Map.of("applicantType", kind)));
            assertThat(state()).isEqualTo("NOT_ELIGIBLE");
            assertThat(shown("task_tellNotEligible", "categoryReason")).isEqualTo(kind);
            as("secretariat").complete("task_tellNotEligible", Map.of("noticeGivenOn", "2024-09-18"));
            assertThat(endOf(caseId)).as(kind).isEqualTo("end_notEligible");
        }
    }

    /** Who has no category hears why, and from whom it can ask: the Secretariat sees where to write. */
    @Test
    void anApplicantThatFitsNoCategoryIsToldWhy() {
        applies("2024-09-17T09:00:00Z", with(ngo(), Map.of("purpose", "OTHER")));
        Task task = as("secretariat").task("task_tellNotEligible");
        assertThat(as("secretariat").formVariables(task)).containsKeys("applicantContact", "categoryOrigin");
        assertThat(shown("task_tellNotEligible", "categoryReason")).isEqualTo("OTHER_PURPOSE");
        assertThat(as("member").sees("task_tellNotEligible")).isFalse();
    }

    @Test
    void anIncompleteFileIsAskedForRemindedCarriedOverAndLapses() {
        applies("2024-03-30T09:00:00Z", government());
        assertThatThrownBy(() -> as("secretariat")
                        .complete(
                                "task_checkCompleteness",
                                Map.of(
                                        "documentsReceived", List.of("APPLICATION"),
                                        "fileComplete", "YES",
                                        "memberOrganisation", "org-congo")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("required documents are missing");
        as("secretariat").complete("task_checkCompleteness", Map.of("fileComplete", "NO"));
        as("secretariat").complete("task_askApplicant", Map.of("informationWanted", "The letter of the ministry"));
        at("2024-04-30T09:00:00Z");
        as("secretariat")
                .complete(
                        "task_decideMissing",
                        Map.of("missingOutcome", "WAIT", "missingReason", "They have a new minister."));
        assertThat(secretariatSees()).containsExactly("task_recordInformation");
        at("2024-06-01T09:00:00Z");
        as("secretariat")
                .complete(
                        "task_decideMissing",
                        Map.of("missingOutcome", "NEXT_CYCLE", "missingReason", "They ask for the autumn."));
        assertThat(plain("cycle")).isEqualTo("2024-autumn");
        as("secretariat").complete("task_checkCompleteness", Map.of("fileComplete", "NO"));
        as("secretariat").complete("task_askApplicant", Map.of("informationWanted", "The letter of the ministry"));
        at("2024-07-15T09:00:00Z");
        as("secretariat")
                .complete(
                        "task_decideMissing",
                        Map.of("missingOutcome", "LAPSE", "missingReason", "Nobody answers any more."));
        assertThat(endOf(caseId)).isEqualTo("end_applicationLapsed");
        assertThat(state()).isEqualTo("LAPSED");
    }

    /** E.6: what is asked for shows where we have it from. */
    @Test
    void theCheckShowsWhichRulesNobodyHasVerified() {
        applies("2024-03-01T09:00:00Z", government());
        assertThat(shown("task_checkCompleteness", "categoryOrigin")).isEqualTo("our inference, not verified");
        assertThat(shown("task_checkCompleteness", "cycleOrigin")).isEqualTo("taken from public sources");
        List<String> unverified = com.jayway.jsonpath.JsonPath.parse(shown("task_checkCompleteness", "documentList"))
                .read("$[?(@.value == 'MINISTRY_LETTER')].origin");
        assertThat(unverified).containsExactly("recalled, not verified");
    }

    @Test
    void anIdThatIsTakenIsRefused() {
        applies("2024-03-01T09:00:00Z", government());
        assertThatThrownBy(() -> fileIsComplete("org-member"))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("is a member already");
    }

    /** Two open cases for one applicant would both want to enter the roster. The case itself may be checked again. */
    @Test
    void anIdUnderWhichSomebodyAppliesIsRefusedToAnotherCase() {
        applies("2024-03-01T09:00:00Z", government());
        fileIsComplete("org-congo");
        String first = caseNumber;
        applies("2024-03-02T09:00:00Z", government());
        assertThatThrownBy(() -> fileIsComplete("org-congo"))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("is the applicant of case " + first)
                .hasMessageContaining("go on there");
        assertThat(cases.tell(first, "application-withdrawn", Map.of())).isEqualTo(1);
        fileIsComplete("org-congo");
        assertThat(plain("memberOrganisation")).isEqualTo("org-congo");
    }

    @Test
    void silenceOfThePillarsIsNoComment() {
        applies("2024-03-01T09:00:00Z", government());
        fileIsComplete("org-congo");
        at("2024-04-01T09:00:00Z");
        as("secretariat").complete("task_prepareDossier", dossier());
        assertThat(as("pillar-ngo").tasksOf(caseNumber)).containsExactly("task_consultNgos");
        assertThat(as("pillar-corporate").tasksOf(caseNumber)).containsExactly("task_consultCompanies");
        assertThat(as("member").tasksOf(caseNumber)).isEmpty();
        assertThat(as("smelter").tasksOf(caseNumber)).isEmpty();
        at("2024-05-02T09:00:00Z");
        assertThat(as("pillar-ngo").tasksOf(caseNumber)).isEmpty();
        assertThat(secretariatSees()).containsExactly("task_clarify");
    }

    /** A sponsor on the committee neither deliberates nor votes, and the record says why. */
    @Test
    void theSponsorStaysOut() {
        applies("2024-03-01T09:00:00Z", company("ENERGY"));
        complete("org-endeavour", Map.of("sponsor", "org-member"));
        at("2024-04-01T09:00:00Z");
        assessed();
        assertThat(as("steering-committee-corporate").tasksOf(caseNumber)).isEmpty();
        assertThat(as("steering-committee-ngo").tasksOf(caseNumber)).containsExactly("task_deliberate");
        as("steering-committee-ngo").complete("task_deliberate", enoughIsKnown());
        interestsDeclared();
        assertThat(plain("recusals", ballot())).contains("org-member", "SPONSOR");
        as("secretariat")
                .complete(
                        "task_seekConsensus",
                        Map.of("electorsPresent", List.of("org-member-gov", "org-member-ngo"), "allAgreed", "YES"));
        assertThat(decided("STEERING_COMMITTEE")).isEqualTo("CARRIED on 2024-04-01");
    }

    // A member

    @Test
    void aNewMemberIsWelcomedByEverybodyItConcerns() {
        engaged();
        assertThat(as("association").tasksOf(caseNumber)).containsExactly("task_invoiceDues");
        assertThat(as("member").tasksOf(caseNumber)).as("another member").isEmpty();
        welcomed();
        assertThat(openTasks()).containsExactly("task_applyForFull");
    }

    /** E.7 test 4. */
    @Test
    void withoutAPlanOfActionAGovernmentStaysEngagedAndWithOneItBecomesFull() {
        engaged();
        welcomed();
        appliesForFull();
        as("secretariat").complete("task_assessFull", conditions("NO"));
        assertThat(state()).isEqualTo("ENGAGED");
        assertThat(openTasks()).containsExactly("task_applyForFull");
        assertThat(roster.statusOf("org-congo")).isEqualTo("ENGAGED");
        assertThat(shownTheNewMember("lastCheck"))
                .isEqualTo("When it was checked last, this was missing: the National Action Plan. That this keeps a"
                        + " member Engaged is taken from public sources.");

        at("2024-03-01T09:00:00Z");
        assertThat(cases.tell(caseNumber, "full-membership-applied", Map.of())).isEqualTo(1);
        as("secretariat").complete("task_assessFull", conditions("YES"));
        committeeAgrees();
        at("2024-05-13T09:00:00Z");
        plenaryAgrees();
        assertThat(roster.statusOf("org-congo")).isEqualTo("FULL");
        assertThat(endOf(caseId)).isEqualTo("end_fullMember");
        assertThat(roster.electors("PLENARY").toString()).contains("org-congo");
    }

    @Test
    void fullMembershipThatABodyDoesNotCarryLeavesItEngaged() {
        engaged();
        welcomed();
        appliesForFull();
        as("secretariat").complete("task_assessFull", conditions("YES"));
        interestsDeclared();
        committeeDisagrees();
        assertThat(plain("questionText", ballot()))
                .isEqualTo("Make Democratic Republic of the Congo a Full member? Nothing is missing (the rule is our"
                        + " inference, not verified).");
        COMMITTEE.forEach(seat -> vote(seat, "AGAINST"));
        assertThat(state()).isEqualTo("ENGAGED");
        assertThat(shownTheNewMember("lastCheck"))
                .matches(
                        "Decided by the Steering Committee on 2023-05-26: not carried\\. Rule \\w+ is recalled, not verified\\.");

        appliesForFull();
        as("secretariat").complete("task_assessFull", with(conditions("YES"), Map.of("concernIsOpen", "YES")));
        assertThat(plain("questionText", ballot())).contains("although a concern is open? You judge");
        committeeAgrees();
        at("2024-05-13T09:00:00Z");
        assertThat(plain("questionText", ballot())).doesNotContain("concern");
        interestsDeclared();
        plenaryDisagrees();
        vote("member", "AGAINST");
        vote("member-gov", "AGAINST");
        vote("member-ngo", "AGAINST");
        assertThat(roster.statusOf("org-congo")).isEqualTo("ENGAGED");
        assertThat(openTasks()).containsExactly("task_applyForFull");
    }

    @Test
    void aCancelledPlenaryIsPassedOverForFullMembershipToo() {
        engaged();
        welcomed();
        appliesForFull();
        as("secretariat").complete("task_assessFull", conditions("YES"));
        committeeAgrees();
        noPlenaryIsPlannedForAWhile("2024-04-22", "2024-04-29");
        at("2024-05-13T09:00:00Z");
        assertThat(asChair("task_declareInterests")).isEmpty();
        at("2025-03-18T09:00:00Z");
        plenaryAgrees();
        assertThat(roster.statusOf("org-congo")).isEqualTo("FULL");
    }

    /** Inactive members take no part until that is cured: the vote of the Plenary alone makes none of them Full. */
    @Test
    void whoTurnsInactiveBeforeThePlenaryStaysEngaged() {
        engaged();
        welcomed();
        appliesForFull();
        as("secretariat").complete("task_assessFull", conditions("YES"));
        committeeAgrees();
        roster.changeStatus("org-congo", "INACTIVE", "S-2024-0001", "REPORT_MISSING");
        at("2024-05-13T09:00:00Z");
        plenaryAgrees();
        assertThat(decided("PLENARY")).isEqualTo("CARRIED on 2024-05-13");
        assertThat(roster.statusOf("org-congo")).isEqualTo("INACTIVE");
        assertThat(state()).isEqualTo("ENGAGED");
        assertThat(openTasks()).containsExactly("task_applyForFull");
    }

    /** E.2: the yearly timer does not interrupt; whoever may apply for Full membership may do so on every day. */
    @Test
    void eachYearIsReviewedBesideTheApplicationAndAnEngagementMayLapse() {
        engaged();
        welcomed();
        assertThat(dueDay("task_applyForFull")).isEqualTo("2024-05-26");
        assertThat(taskService
                        .createTaskQuery()
                        .taskVariableValueEquals("clock", "review of an Engaged member")
                        .list())
                .extracting(Task::getTaskDefinitionKey)
                .contains("task_applyForFull");
        at("2024-07-01T09:00:00Z");
        assertThat(openTasks()).containsExactly("task_applyForFull", "task_reviewEngagement");
        as("secretariat")
                .complete(
                        "task_reviewEngagement",
                        Map.of("engagementReview", "CONTINUE", "engagementNote", "The plan of action is drafted."));
        assertThat(openTasks()).containsExactly("task_applyForFull");
        assertThat(dueDay("task_applyForFull"))
                .as("a late review moves no other")
                .isEqualTo("2025-05-26");
        assertThat(plain("engagedUntil")).as("no longest period is set").isEqualTo("null");
        at("2025-08-01T09:00:00Z");
        as("secretariat")
                .complete(
                        "task_reviewEngagement",
                        Map.of("engagementReview", "LAPSE", "engagementNote", "Nothing has been heard for a year."));
        assertThat(endOf(caseId)).isEqualTo("end_membershipLapsed");
        assertThat(roster.statusOf("org-congo")).isEqualTo("WITHDRAWN");
    }

    @Test
    void aMemberAppliesWhileItsYearIsReviewedAndIsReviewedWhileFullMembershipIsDecided() {
        engaged();
        welcomed();
        at("2024-07-01T09:00:00Z");
        assertThat(openTasks()).containsExactly("task_applyForFull", "task_reviewEngagement");
        assertThat(cases.tell(caseNumber, "full-membership-applied", Map.of())).isEqualTo(1);
        assertThat(openTasks()).containsExactly("task_assessFull", "task_reviewEngagement");
        assertThatThrownBy(() -> as("secretariat")
                        .complete(
                                "task_reviewEngagement",
                                Map.of("engagementReview", "LAPSE", "engagementNote", "Too little has been done.")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("is being decided");
        as("secretariat")
                .complete(
                        "task_reviewEngagement",
                        Map.of("engagementReview", "CONTINUE", "engagementNote", "It has applied by now."));
        register.plenary(2026, "2026-05-12");
        at("2025-05-28T09:00:00Z");
        assertThat(openTasks()).as("the next year is over").containsExactly("task_assessFull", "task_reviewEngagement");
        as("secretariat").complete("task_assessFull", conditions("YES"));
        committeeAgrees();
        at("2026-05-12T09:00:00Z");
        plenaryAgrees();
        assertThat(roster.statusOf("org-congo")).isEqualTo("FULL");
        assertThat(endOf(caseId)).as("the open review ends with it").isEqualTo("end_fullMember");
    }

    /** E.0 engagedMax: where a longest period is set, the committee extends it or ends the membership. */
    @Test
    void theCommitteeDecidesWhenTheLongestEngagedPeriodIsOver() {
        applies("2022-03-31T16:00:00Z", ngo());
        fileIsComplete("org-congo");
        ratified();
        assertThat(plain("engagedUntil")).isEqualTo("2025-05-26");
        welcomed();
        at("2024-05-27T09:00:00Z");
        assertThat(openTasks()).as("a year").containsExactly("task_applyForFull", "task_reviewEngagement");
        as("secretariat")
                .complete(
                        "task_reviewEngagement",
                        Map.of("engagementReview", "CONTINUE", "engagementNote", "The roadmap is drafted."));
        at("2025-05-26T12:00:00Z");
        assertThat(openTasks()).as("the last day belongs to it").containsExactly("task_applyForFull");
        at("2025-05-27T00:00:00Z");
        assertThat(openTasks()).containsExactly("task_applyForFull", "task_decideEngagement");
        assertThat(secretariatSees()).isEmpty();
        assertThatThrownBy(() -> as("steering-committee").complete("task_decideEngagement", extended("2025-05-27")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("a day after today");
        as("steering-committee").complete("task_decideEngagement", extended("2025-09-30"));
        assertThat(openTasks()).containsExactly("task_applyForFull");
        assertThat(dueDay("task_applyForFull")).isEqualTo("2025-09-30");

        asTheNewMember(
                "task_applyForFull",
                Map.of("milestonesReached", List.of("ANNUAL_REPORT"), "fullEvidence", "The report is public."));
        at("2025-10-02T09:00:00Z");
        assertThat(openTasks()).containsExactly("task_assessFull", "task_decideEngagement");
        assertThatThrownBy(() -> as("steering-committee-ngo").complete("task_decideEngagement", lapsed()))
                .as("an application is not cut short")
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("is being decided");
        as("secretariat").complete("task_assessFull", effortMissing());
        assertThat(openTasks())
                .as("it stays Engaged, and that is over")
                .containsExactly("task_applyForFull", "task_decideEngagement");
        asTheNewMember(
                "task_applyForFull",
                Map.of("milestonesReached", List.of("ANNUAL_REPORT"), "fullEvidence", "The report is public."));
        assertThat(state())
                .as("an application that comes too late saves nobody")
                .isEqualTo("FULL_APPLIED");
        as("steering-committee-ngo").complete("task_decideEngagement", lapsed());
        assertThat(endOf(caseId)).isEqualTo("end_membershipLapsed");
        assertThat(roster.statusOf("org-congo")).isEqualTo("WITHDRAWN");
    }

    private static Map<String, Object> lapsed() {
        return Map.of("engagementReview", "LAPSE", "engagementNote", "No effort is seen after two years.");
    }

    @Test
    void anObserverStaysOne() {
        applies(
                "2022-03-31T16:00:00Z",
                with(government(), Map.of("applicantType", "TRADE_BODY", "targetStatus", "OBSERVER")));
        fileIsComplete("org-congo");
        ratified();
        assertThat(openTasks())
                .as("no report is due from an observer")
                .containsExactly(
                        "task_announceMember", "task_appointFocalPoint", "task_invoiceDues", "task_supportNewcomer");
        observerWelcomed();
        assertThat(endOf(caseId)).isEqualTo("end_observerAdmitted");
        assertThat(roster.statusOf("org-congo")).isEqualTo("OBSERVER");
    }

    @Test
    void anApplicationIsWithdrawnAndAMemberLeaves() {
        applies("2024-03-01T09:00:00Z", government());
        assertThat(cases.tell(caseNumber, "application-withdrawn", Map.of())).isEqualTo(1);
        assertThat(endOf(caseId)).isEqualTo("end_withdrawn");
        assertThat(state()).isEqualTo("WITHDRAWN");

        engaged();
        assertThat(cases.tell(caseNumber, "application-withdrawn", Map.of())).isEqualTo(1);
        assertThat(roster.statusOf("org-congo")).isEqualTo("WITHDRAWN");
        assertThat(openTasks()).isEmpty();
    }

    /** A window that the Secretariat has set closes on its own day, and what waits for it follows (C). */
    @Test
    void aWindowThatIsSetClosesOnItsOwnDay() {
        jdbc.sql("insert into intake_window (id, closes_on, assessed) values ('2024-spring', '2024-04-15', '2024-05')")
                .update();
        applies("2024-03-01T09:00:00Z", government());
        assertThat(plain("closeDate")).isEqualTo("2024-04-15");
        fileIsComplete("org-congo");
        at("2024-04-01T09:00:00Z");
        assertThat(secretariatSees()).as("it is open still").isEmpty();
        windows.set("2024-spring", null, "2024-04-10", "2024-05", "anna", "The committee meets earlier");
        at("2024-04-11T00:00:00Z");
        assertThat(secretariatSees()).containsExactly("task_prepareDossier");
    }

    /** A.1, 2: the calendar says which windows are open, and late is late by it. */
    @Test
    void aWindowThatClosesEarlyTakesNobodyMoreAndOneThatStaysOpenDoes() {
        jdbc.sql("insert into intake_window (id, closes_on, assessed) values ('2024-spring', '2024-03-15', '2024-05')")
                .update();
        applies("2024-03-20T09:00:00Z", government());
        assertThat(plain("cycle")).isEqualTo("2024-autumn");
        assertThat(plain("closeDate")).isEqualTo("2024-09-15");
        jdbc.sql("insert into intake_window (id, closes_on, assessed) values ('2024-autumn', '2024-10-15', '2024-11')")
                .update();
        applies("2024-10-10T09:00:00Z", government());
        assertThat(plain("cycle")).isEqualTo("2024-autumn");
        assertThat(plain("closeDate")).isEqualTo("2024-10-15");
    }

    /** Who is carried to the next cycle while its own is still open waits for the next one all the same. */
    @Test
    void theNextCycleIsNotTheOneThatRuns() {
        applies("2024-01-02T09:00:00Z", government());
        as("secretariat").complete("task_checkCompleteness", Map.of("fileComplete", "NO"));
        as("secretariat").complete("task_askApplicant", Map.of("informationWanted", "The letter of the ministry"));
        at("2024-02-20T09:00:00Z");
        as("secretariat")
                .complete(
                        "task_decideMissing",
                        Map.of("missingOutcome", "NEXT_CYCLE", "missingReason", "They ask for the autumn."));
        assertThat(plain("cycle")).isEqualTo("2024-autumn");
        assertThat(plain("closeDate")).isEqualTo("2024-09-15");
    }

    @Test
    void anExpelledMemberIsAskedForNothingMore() {
        engaged();
        welcomed();
        roster.changeStatus("org-congo", "EXPELLED", "C-2024-0001", "PLENARY_DECISION");
        assertThat(endOf(caseId)).isEqualTo("end_withdrawn");
        assertThat(openTasks()).isEmpty();
        assertThat(roster.statusOf("org-congo")).isEqualTo("EXPELLED");
    }

    @Test
    void aCompanyIsNoObserver() {
        assertThatThrownBy(() -> actingAs(
                        "secretariat",
                        () -> formService.submitStartForm(
                                definition(), formValues(with(company("ENERGY"), Map.of("targetStatus", "OBSERVER"))))))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("choose Engaged");
    }

    @Test
    void onlyTheSecretariatEntersAnApplication() {
        assertThatThrownBy(() ->
                        actingAs("member", () -> formService.submitStartForm(definition(), formValues(government()))))
                .hasMessageContaining("permission");
        ProcessInstance started =
                actingAs("secretariat", () -> formService.submitStartForm(definition(), formValues(government())));
        assertThat(started.getBusinessKey()).startsWith("M-");
        assertThat(as("secretariat").tasksOf(started.getBusinessKey())).containsExactly("task_checkCompleteness");
    }

    // Steps

    private void applies(String moment, Map<String, Object> application) {
        travelTo(moment);
        ProcessInstance started = runtimeService.startProcessInstanceByMessage(
                "application-received", Variables.fromMap(formValues(application)));
        caseId = started.getId();
        caseNumber = String.valueOf(variable(caseId, "caseNumber").orElseThrow());
        fireDueJobs();
    }

    private void at(String moment) {
        travelTo(moment);
        fireDueJobs();
    }

    private void fileIsComplete(String organisation) {
        complete(organisation, Map.of());
    }

    private void complete(String organisation, Map<String, Object> more) {
        Map<String, Object> file = new HashMap<>(more);
        Task task = as("secretariat").task("task_checkCompleteness");
        file.put(
                "documentsReceived",
                ApplicationDocuments.of(
                        String.valueOf(as("secretariat").formVariables(task).get("documentList"))));
        file.put("fileComplete", "YES");
        file.put("memberOrganisation", organisation);
        as("secretariat").complete(task, file);
    }

    private void assessed() {
        as("secretariat").complete("task_prepareDossier", dossier());
        as("pillar-government").complete("task_consultGovernments", Map.of("viewGovernments", "SUPPORT"));
        as("pillar-corporate")
                .complete(
                        "task_consultCompanies",
                        Map.of("viewCompanies", "CONCERNS", "commentCompanies", "Who guards the convoys?"));
        as("pillar-ngo").complete("task_consultNgos", Map.of("viewNgos", "NO_COMMENT"));
        as("secretariat")
                .complete(
                        "task_clarify",
                        Map.of("clarificationHeld", "YES", "clarificationNote", "The army guards the convoys."));
    }

    private static Map<String, Object> dossier() {
        return Map.of("criteriaMet", "YES", "publicRecord", "Two reports of the press, both answered.");
    }

    private static Map<String, Object> enoughIsKnown() {
        return Map.of("infoIsMissing", "NO", "deliberationNote", "All three pillars have spoken.");
    }

    private void interestsDeclared() {
        as("secretariat").complete("task_declareInterests", Map.of());
    }

    private void committeeAgrees() {
        interestsDeclared();
        as("secretariat").complete("task_seekConsensus", meeting("YES"));
    }

    private void committeeDisagrees() {
        as("secretariat").complete("task_seekConsensus", meeting("NO"));
    }

    private void plenaryAgrees() {
        interestsDeclared();
        as("government-chair").complete("task_seekConsensus", meeting("YES"));
    }

    private void plenaryDisagrees() {
        as("government-chair").complete("task_seekConsensus", meeting("NO"));
    }

    private static Map<String, Object> meeting(String agreed) {
        return Map.of(
                "electorsPresent", List.of("org-member-gov", "org-member", "org-member-ngo"), "allAgreed", agreed);
    }

    private void vote(String user, String choice) {
        as(user).complete("task_castVote", Map.of("voteChoice", choice));
    }

    /** Notice given on 1 April 2024. */
    private void refused(boolean open) {
        applies("2024-03-01T09:00:00Z", government());
        assertThat(plain("appealOpen")).as("off by default").isEqualTo("false");
        // As a case has it that began while the operator had opened the way.
        runtimeService.setVariable(caseId, "appealOpen", open);
        fileIsComplete("org-congo");
        at("2024-04-01T09:00:00Z");
        assessed();
        as("steering-committee").complete("task_deliberate", enoughIsKnown());
        interestsDeclared();
        committeeDisagrees();
        COMMITTEE.forEach(seat -> vote(seat, "AGAINST"));
        noticeGiven();
    }

    private void noticeGiven() {
        as("secretariat")
                .complete(
                        "task_giveNotice",
                        Map.of(
                                "noticeGivenOn", "2024-04-01",
                                "noticeReasons", "The committee found no lead ministry."));
    }

    private static Map<String, Object> appeal() {
        return Map.of("appealMade", "YES", "appealGrounds", "The lead ministry was named in January.");
    }

    private void engaged() {
        applies("2022-03-31T16:00:00Z", government());
        fileIsComplete("org-congo");
        ratified();
    }

    private void ratified() {
        at("2022-04-01T09:00:00Z");
        assessed();
        as("steering-committee").complete("task_deliberate", enoughIsKnown());
        committeeAgrees();
        at("2023-05-26T10:00:00Z");
        plenaryAgrees();
    }

    private void welcomed() {
        as("secretariat").complete("task_assignReportSlot", Map.of("firstReportYear", 2024));
        observerWelcomed();
    }

    private void observerWelcomed() {
        asTheNewMember("task_appointFocalPoint", Map.of("focalPoint", "The office of the minister"));
        as("association").complete("task_invoiceDues", Map.of("duesInvoiced", "YES", "duesReference", "2023-17"));
        as("secretariat").complete("task_supportNewcomer", Map.of("introductionHeld", "YES", "mentor", "org-member"));
        as("secretariat").complete("task_announceMember", Map.of("announcedOn", "2023-05-30"));
    }

    private void appliesForFull() {
        asTheNewMember(
                "task_applyForFull",
                Map.of("milestonesReached", List.of("NAP_DEVELOPED"), "fullEvidence", "The plan of action is public."));
    }

    /** There is no account of the new member in a test: its group has the task, and nobody else. */
    private void asTheNewMember(String element, Map<String, Object> values) {
        Task task = taskService
                .createTaskQuery()
                .processInstanceBusinessKey(caseNumber)
                .taskDefinitionKey(element)
                .taskCandidateGroup("member.org-congo")
                .singleResult();
        assertThat(task).as(element).isNotNull();
        formService.submitTaskForm(task.getId(), formValues(values));
        fireDueJobs();
    }

    private String shownTheNewMember(String name) {
        Task task = taskService
                .createTaskQuery()
                .processInstanceBusinessKey(caseNumber)
                .taskDefinitionKey("task_applyForFull")
                .singleResult();
        return String.valueOf(taskService.getVariable(task.getId(), name));
    }

    private String shown(String element, String name) {
        Person secretariat = as("secretariat");
        return String.valueOf(
                secretariat.formVariables(secretariat.task(element)).get(name));
    }

    private static Map<String, Object> conditions(String plan) {
        return Map.of(
                "napIsSubmitted", plan,
                "effortIsShown", "YES",
                "reportsAreFiled", "YES",
                "duesArePaid", "YES",
                "concernIsOpen", "NO");
    }

    private static Map<String, Object> effortMissing() {
        return Map.of("effortIsShown", "NO", "reportsAreFiled", "YES", "duesArePaid", "YES", "concernIsOpen", "NO");
    }

    private static Map<String, Object> extended(String day) {
        return Map.of(
                "engagementReview", "CONTINUE",
                "extendedUntil", day,
                "engagementNote", "Its report is announced for the summer.");
    }

    private static Map<String, Object> ngo() {
        return with(
                government(),
                Map.of("applicantName", "Congo Basin Watch", "applicantType", "NGO", "purpose", "HUMAN_RIGHTS"));
    }

    private static Map<String, Object> government() {
        return Map.of(
                "applicantName", "Democratic Republic of the Congo",
                "applicantType", "GOVERNMENT",
                "targetStatus", "ENGAGED",
                "applicantContact", "Lead ministry, by letter",
                "applicationStatement", "The cabinet has named a lead ministry and a roadmap.");
    }

    private static Map<String, Object> company(String sector) {
        return with(government(), Map.of("applicantName", "Endeavour", "applicantType", "COMPANY", "sector", sector));
    }

    private static Map<String, Object> with(Map<String, Object> values, Map<String, Object> changes) {
        Map<String, Object> changed = new HashMap<>(values);
        changed.putAll(changes);
        return changed;
    }

    // What is seen

    private String plain(String name) {
        return plain(name, caseId);
    }

    private String plain(String name, String instance) {
        return String.valueOf(variable(instance, name).orElse(null));
    }

    private String ballot() {
        return runtimeService
                .createProcessInstanceQuery()
                .processDefinitionKey("ballot")
                .processInstanceBusinessKey(caseNumber)
                .singleResult()
                .getId();
    }

    private String state() {
        return cases.find(caseNumber).orElseThrow().state();
    }

    private List<String> secretariatSees() {
        return as("secretariat").tasksOf(caseNumber);
    }

    private List<String> asChair(String element) {
        return as("government-chair").tasksOf(caseNumber).stream()
                .filter(element::equals)
                .toList();
    }

    private List<String> openTasks() {
        return taskService.createTaskQuery().processInstanceBusinessKey(caseNumber).list().stream()
                .map(Task::getTaskDefinitionKey)
                .sorted()
                .toList();
    }

    private String dueDay(String element) {
        Task task = taskService
                .createTaskQuery()
                .processInstanceBusinessKey(caseNumber)
                .taskDefinitionKey(element)
                .singleResult();
        // Due when the day is over.
        return task.getDueDate().toInstant().minusSeconds(1).toString().substring(0, 10);
    }

    /** What a body decided last, and when. */
    private String decided(String body) {
        String last = "";
        var decisions = com.jayway.jsonpath.JsonPath.parse(plain("decided"));
        List<Map<String, Object>> entries = decisions.read("$[?(@.body == '" + body + "')]");
        for (Map<String, Object> entry : entries) {
            last = entry.get("result") + " on " + entry.get("on");
        }
        return last;
    }

    private String definition() {
        return latest("membership-admission");
    }
}
