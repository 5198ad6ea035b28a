package org.redress.complaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.Period;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.PartnerCalls;
import org.redress.ProcessTest;
import org.redress.engine.Cases;
import org.redress.engine.InvalidInput;
import org.redress.governance.Governance;
import org.redress.governance.RosterTasks;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A concern through each stage to each outcome (membership-and-concern.md B, E.4, E.7 tests 6 and 7): an NGO of the
 * Initiative raises it about a company that sits on the Steering Committee.
 */
@SuppressWarnings("NullAway.Init")
class ComplaintReviewTest extends ProcessTest {

    private static final String NGO = "org-member-ngo";
    private static final String COMPANY = "org-member";
    private static final String GOVERNMENT = "org-member-gov";
    private static final String SECRET = "Guards of the company beat three villagers";

    @Autowired
    private RosterTasks roster;

    @Autowired
    private Governance governance;

    @Autowired
    private Cases cases;

    @Autowired
    private JdbcClient jdbc;

    private String review = "";

    @BeforeEach
    void theInitiativeHasMembers() {
        admit(GOVERNMENT, "Government of Valdara", "government", "FULL");
        admit(COMPANY, "Tarnwick Minerals", "corporate", "FULL");
        admit(NGO, "Lanternlight Rights Network", "ngo", "FULL");
        admit("org-brackenfell", "Brackenfell Energy", "corporate", "FULL");
        admit("org-harrowmere", "Harrowmere Legal Aid", "ngo", "FULL");
        for (String seated : List.of(GOVERNMENT, COMPANY, NGO)) {
            jdbc.sql("insert into term (office, organisation, pillar, from_day) values ('COMMITTEE_SEAT', ?, 'x', ?)")
                    .params(seated, LocalDate.parse("2026-01-01"))
                    .update();
        }
        jdbc.sql("insert into term (office, organisation, pillar, from_day) values ('CHAIR', ?, 'government', ?)")
                .params(GOVERNMENT, LocalDate.parse("2026-01-01"))
                .update();
    }

    @AfterEach
    void anEmptyRegister() {
        for (String table : List.of(
                "standing_year",
                "term",
                "member_status_change",
                "member",
                "intake_window",
                "plenary",
                "governance_change")) {
            jdbc.sql("delete from " + table).update();
        }
    }

    private void admit(String organisation, String name, String pillar, String status) {
        roster.admit(organisation, name, pillar, status, null, "TEST");
    }

    // The stages

    private Map<String, Object> concern(String dialogueTried) {
        return Map.of(
                "concernAbout",
                "Tarnwick",
                "concernCriterion",
                "LACK_OF_EFFORT",
                "dialogueTried",
                dialogueTried,
                "concernNarrative",
                SECRET,
                "accessBarriers",
                List.of("FEAR"));
    }

    private void raise(String user, Map<String, Object> form) {
        ProcessInstance started = startByForm(user, "complaint-review", form);
        review = started.getId();
        fireDueJobs();
    }

    private void inDialogue() {
        raise("member-ngo", concern("NO"));
        as("secretariat").complete("task_registerConcern", Map.of("subjectKind", "MEMBER", "subjectChosen", COMPANY));
    }

    private void dialogueFails() {
        as("member-ngo").complete("task_reportDialogue", Map.of("dialogueOutcome", "FAILED"));
        as("secretariat").complete("task_offerGoodOffices", Map.of("agreementFound", "NO", "memberEngages", "YES"));
    }

    private void submitted() {
        raise("member-ngo", concern("YES"));
        as("secretariat").complete("task_registerConcern", Map.of("subjectKind", "MEMBER", "subjectChosen", COMPANY));
        as("member-ngo").complete("task_submitConcern", Map.of("submissionDecision", "SUBMIT"));
        as("secretariat").complete("task_checkRecusals", Map.of());
    }

    private static Map<String, Object> tests(String reliable, String helps) {
        return Map.of("informationMissing", "NO", "informationReliable", reliable, "consultationHelps", helps);
    }

    private void committeeAgrees(String answer) {
        as("steering-committee").complete("task_screenConcern", tests("YES", "YES"));
        as("secretariat").complete("task_declareInterests", Map.of());
        as("secretariat")
                .complete("task_seekConsensus", Map.of("electorsPresent", List.of(GOVERNMENT), "allAgreed", answer));
    }

    /** Nothing is decided without a quorum: the question comes again, nobody is sent away by it. */
    @Test
    void aCommitteeWithoutAQuorumDecidesNothing() {
        submitted();
        as("steering-committee").complete("task_screenConcern", tests("YES", "YES"));
        as("secretariat").complete("task_declareInterests", Map.of());
        as("secretariat").complete("task_seekConsensus", Map.of("allAgreed", "NO"));
        travel(java.time.Period.ofDays(15));
        fireDueJobs();
        assertThat(as("steering-committee").tasks())
                .extracting(org.camunda.bpm.engine.task.Task::getTaskDefinitionKey)
                .containsExactly("task_screenConcern");
        committeeAgrees("NO");
        as("steering-committee").complete("task_castVote", Map.of("voteChoice", "FAVOUR"));
        assertThat(variable(review, "referralResult"))
                .as("a vote in which everybody agrees is a consensus")
                .contains("REFER");
    }

    private void referred() {
        submitted();
        committeeAgrees("YES");
    }

    private void statements() {
        as("member-ngo").complete("task_giveStatement", Map.of("raiserStatement", "They never answered"));
        as("member").complete("task_giveStatement", Map.of("subjectStatement", "We have a plan"));
    }

    private void consultationsFail() {
        statements();
        as("secretariat")
                .complete(
                        "task_facilitateConsultations",
                        Map.of("agreementFound", "NO", "memberEngages", "YES", "consultationNotes", "Two meetings"));
    }

    private void recommended(String categoricalFailure) {
        as("steering-committee")
                .complete(
                        "task_recommendOutcome",
                        Map.of(
                                "seriousness",
                                "HIGH",
                                "categoricalFailure",
                                categoricalFailure,
                                "plenarySummary",
                                "No implementation for two years"));
    }

    /** Referred with the annual Plenary in time; the Plenary meets. */
    private void beforeThePlenary(String categoricalFailure) {
        governance.plan("2026-05-12", "2026-05-15", "anna", "Planned in January");
        referred();
        consultationsFail();
        recommended(categoricalFailure);
        as("government-chair").complete("task_schedulePlenary", Map.of("plenaryChosen", "P-2026"));
        travelTo("2026-05-12T00:00:01Z");
        fireDueJobs();
    }

    private void vote(String allAgreed) {
        as("secretariat").complete("task_declareInterests", Map.of());
        as("government-chair")
                .complete(
                        "task_seekConsensus",
                        Map.of(
                                "electorsPresent",
                                List.of(GOVERNMENT, "org-brackenfell", "org-harrowmere"),
                                "allAgreed",
                                allAgreed));
    }

    private void motion(String outcome) {
        as("government-chair").complete("task_proposeOutcome", Map.of("outcomeCode", outcome));
    }

    private String caseNumber() {
        return (String) variable(review, "caseNumber").orElseThrow();
    }

    private boolean visited(String element) {
        return historyService
                        .createHistoricActivityInstanceQuery()
                        .processInstanceId(review)
                        .activityId(element)
                        .count()
                > 0;
    }

    private void closedAs(String end, String outcome) {
        assertThat(endOf(review)).isEqualTo(end);
        assertThat(variable(review, "concernOutcome")).contains(outcome);
        assertThat(variable(review, "caseState")).contains("CLOSED");
        assertThat(lettersTo("member", caseNumber()))
                .as("both parties hear")
                .contains("concern-closed", "concern-closed");
        assertThat(lettersTo("secretariat", caseNumber())).contains("concern-closed");
    }

    private Date timer(String element) {
        return managementService
                .createJobQuery()
                .processInstanceId(review)
                .activityId(element)
                .singleResult()
                .getDuedate();
    }

    /** Nobody of another organisation or role sees the task or completes it. */
    private void closedTo(String owner, String element, String... strangers) {
        Task task = as(owner).task(element);
        for (String stranger : strangers) {
            assertThat(as(stranger).tasks())
                    .as(stranger)
                    .extracting(Task::getId)
                    .doesNotContain(task.getId());
            assertThatThrownBy(() -> as(stranger).complete(task, Map.of()))
                    .as(stranger + " completes " + element)
                    .isInstanceOf(AuthorizationException.class);
        }
    }

    // Standing and dialogue

    @Test
    void bothSidesAgreeInDirectDialogue() {
        raise("member-ngo", concern("NO"));
        closedTo("secretariat", "task_registerConcern", "member-ngo", "member", "steering-committee");
        assertThatThrownBy(() -> as("secretariat")
                        .complete("task_registerConcern", Map.of("subjectKind", "MEMBER", "subjectChosen", NGO)))
                .hasMessageContaining("This member raises the concern itself");
        as("secretariat").complete("task_registerConcern", Map.of("subjectKind", "MEMBER", "subjectChosen", COMPANY));
        assertThat(caseNumber()).startsWith("C-2026-");
        assertThat(variable(review, "caseState")).contains("IN_DIALOGUE");
        assertThat(variable(review, "standingRule")).contains("CA7");
        closedTo("member-ngo", "task_reportDialogue", "member", "member-gov", "secretariat", "steering-committee");
        closedTo("member", "task_reportDialogue", "member-ngo", "member-gov");
        assertThat(as("member").formVariables(as("member").task("task_reportDialogue")))
                .containsEntry("concernNarrative", SECRET);

        as("member-ngo")
                .complete("task_reportDialogue", Map.of("dialogueOutcome", "SETTLED", "raiserNote", "our own note"));
        assertThat(isEnded(review)).as("one alone makes no agreement").isFalse();
        assertThat(as("member")
                        .formVariables(as("member").task("task_reportDialogue"))
                        .values())
                .as("E.6: what the other one notes is its own")
                .doesNotContain("our own note", "SETTLED");
        as("member").complete("task_reportDialogue", Map.of("dialogueOutcome", "SETTLED"));
        closedAs("end_settled", "SETTLED");
    }

    @Test
    void theDialogueIsRemindedOfAndGoodOfficesFindTheAgreement() {
        inDialogue();
        travel(Period.ofDays(31));
        fireDueJobs();
        assertThat(lettersTo("member", caseNumber())).containsExactly("concern-dialogue-open", "concern-dialogue-open");
        as("member").complete("task_reportDialogue", Map.of("dialogueOutcome", "REFUSED"));
        assertThat(as("member-ngo").sees("task_reportDialogue")).isFalse();
        closedTo("secretariat", "task_offerGoodOffices", "member", "member-ngo", "government-chair");
        as("secretariat")
                .complete(
                        "task_offerGoodOffices",
                        Map.of("agreementFound", "YES", "memberEngages", "YES", "agreementRecord", "A joint visit"));
        assertThat(lettersTo("member", caseNumber()))
                .as("both hear that a record waits for them")
                .filteredOn("concern-record-open"::equals)
                .hasSize(2);
        closedTo(
                "member",
                "task_confirmAgreement",
                "member-ngo",
                "member-gov",
                "secretariat",
                "steering-committee",
                "government-chair");
        for (String party : List.of("member-ngo", "member")) {
            assertThat(as(party).formVariables(as(party).task("task_confirmAgreement")))
                    .containsEntry("agreementRecord", "A joint visit");
            assertThat(isEnded(review)).as("one alone settles nothing").isFalse();
            as(party).complete("task_confirmAgreement", Map.of("recordConfirmed", "YES"));
        }
        assertThat(visited("start_engagementRefused"))
                .as("only the Secretariat's finding counts")
                .isFalse();
        closedAs("end_settled", "SETTLED");
    }

    private void officesFind(String record) {
        as("secretariat")
                .complete(
                        "task_offerGoodOffices",
                        Map.of("agreementFound", "YES", "memberEngages", "YES", "agreementRecord", record));
    }

    @Test
    void aRecordThatOnePartyDoesNotConfirmGoesBackWithTheReasonAndBothAreAskedAnew() {
        inDialogue();
        as("member-ngo").complete("task_reportDialogue", Map.of("dialogueOutcome", "FAILED"));
        Date over = as("secretariat").task("task_offerGoodOffices").getDueDate();
        officesFind("A joint visit");
        as("member-ngo").complete("task_confirmAgreement", Map.of("recordConfirmed", "YES"));
        assertThatThrownBy(() -> as("member").complete("task_confirmAgreement", Map.of("recordConfirmed", "NO")))
                .as("whoever does not confirm says why")
                .hasMessageContaining("What is not right?: Field is required.");
        travel(Period.ofDays(2));
        as("member")
                .complete(
                        "task_confirmAgreement",
                        Map.of("recordConfirmed", "NO", "subjectObjection", "We agreed on two visits"));
        Task again = as("secretariat").task("task_offerGoodOffices");
        assertThat(as("secretariat").formVariables(again))
                .containsEntry("raiserConfirms", "YES")
                .containsEntry("subjectConfirms", "NO")
                .containsEntry("subjectObjection", "We agreed on two visits")
                .containsEntry("agreementRecord", "A joint visit");
        assertThat(again.getDueDate()).as("the clock runs on").isEqualTo(over);
        officesFind("Two joint visits");
        assertThat(as("member-ngo").formVariables(as("member-ngo").task("task_confirmAgreement")))
                .as("the new record, and not what the other one objected to the old one")
                .containsEntry("agreementRecord", "Two joint visits")
                .doesNotContainKeys("recordConfirmed", "subjectObjection");
        as("member").complete("task_confirmAgreement", Map.of("recordConfirmed", "YES"));
        assertThat(isEnded(review))
                .as("the confirmation of the record before does not count for this one")
                .isFalse();
        as("member-ngo").complete("task_confirmAgreement", Map.of("recordConfirmed", "YES"));
        closedAs("end_settled", "SETTLED");
    }

    @Test
    void silenceConfirmsNoRecordAndGoodOfficesEndAllTheSame() {
        inDialogue();
        as("member-ngo").complete("task_reportDialogue", Map.of("dialogueOutcome", "FAILED"));
        officesFind("A joint visit");
        as("member-ngo").complete("task_confirmAgreement", Map.of("recordConfirmed", "YES"));
        assertThat(day(as("member").task("task_confirmAgreement").getDueDate()))
                .as("ten business days")
                .isEqualTo("2026-02-16");
        travelTo("2026-02-17T00:00:00Z");
        fireDueJobs();
        assertThat(as("member").sees("task_confirmAgreement")).isFalse();
        assertThat(as("secretariat").formVariables(as("secretariat").task("task_offerGoodOffices")))
                .containsEntry("raiserConfirms", "YES")
                .doesNotContainKey("subjectConfirms");
        travelTo("2026-02-27T12:00:00Z");
        officesFind("Two joint visits");
        assertThat(day(as("member").task("task_confirmAgreement").getDueDate()))
                .as("the time that its letter promises, though good offices would be over on 4 March")
                .isEqualTo("2026-03-13");
        as("member").complete("task_confirmAgreement", Map.of("recordConfirmed", "YES"));
        travelTo("2026-03-05T00:00:00Z");
        fireDueJobs();
        assertThat(as("member-ngo").sees("task_confirmAgreement")).isTrue();
        as("member-ngo")
                .complete("task_confirmAgreement", Map.of("recordConfirmed", "NO", "raiserObjection", "Three visits"));
        officesFind("Three joint visits");
        assertThat(day(as("member").task("task_confirmAgreement").getDueDate()))
                .as("no record after the other draws good offices out")
                .isEqualTo("2026-03-13");
        as("member").complete("task_confirmAgreement", Map.of("recordConfirmed", "YES"));
        travelTo("2026-03-14T00:00:00Z");
        fireDueJobs();
        assertThat(as("member-ngo").sees("task_confirmAgreement")).isFalse();
        assertThat(as("secretariat").sees("task_offerGoodOffices")).isFalse();
        assertThat(variable(review, "agreed")).contains(false);
        as("member-ngo").complete("task_submitConcern", Map.of("submissionDecision", "SUBMIT"));
        assertThat(variable(review, "submittedAt")).isPresent();
    }

    @Test
    void silenceIsNoAgreementAndTheSecretariatReadsWhatTheOtherSaid() {
        inDialogue();
        as("member-ngo")
                .complete("task_reportDialogue", Map.of("dialogueOutcome", "SETTLED", "raiserNote", "our own note"));
        travel(Period.ofDays(91));
        fireDueJobs();
        assertThat(as("member").sees("task_reportDialogue")).isFalse();
        assertThat(as("secretariat").formVariables(as("secretariat").task("task_offerGoodOffices")))
                .containsEntry("raiserNote", "our own note")
                .doesNotContainKey("subjectNote");
        assertThat(variable(review, "agreed")).contains(false);
    }

    @Test
    void goodOfficesEndByThemselvesAndTheConcernIsNotSubmitted() {
        inDialogue();
        as("member-ngo").complete("task_reportDialogue", Map.of("dialogueOutcome", "FAILED"));
        travel(Period.ofDays(31));
        fireDueJobs();
        assertThat(as("secretariat").sees("task_offerGoodOffices")).isFalse();
        closedTo("member-ngo", "task_submitConcern", "member", "member-gov", "secretariat");
        travel(Period.ofDays(31));
        fireDueJobs();
        assertThat(lettersTo("member", caseNumber()))
                .as("only the member that raised it is reminded")
                .containsOnlyOnce("concern-submission-open");
        assertThat(jdbc.sql("select addressee_organisation from letter where case_number = ? and template = ?")
                        .params(caseNumber(), "concern-submission-open")
                        .query(String.class)
                        .list())
                .containsExactly(NGO);
        assertThat(as("member-ngo").sees("task_submitConcern")).isTrue();
        as("member-ngo").complete("task_submitConcern", Map.of("submissionDecision", "LEAVE"));
        closedAs("end_notTakenFurther", "NOT_SUBMITTED");
        assertThat(variable(review, "submittedAt")).isEmpty();
    }

    @Test
    void aCategoricalRefusalIsReportedAndTheReviewGoesOn() {
        inDialogue();
        as("member-ngo").complete("task_reportDialogue", Map.of("dialogueOutcome", "REFUSED"));
        as("secretariat").complete("task_offerGoodOffices", Map.of("agreementFound", "NO", "memberEngages", "NO"));
        assertThat(visited("end_refusalReported"))
                .as("nobody would follow it: it waits until an annual Plenary is planned")
                .isFalse();
        governance.plan("2027-03-18", "2027-03-21", "anna", "Planned in January");
        travel(Period.ofDays(8));
        fireDueJobs();
        assertThat(visited("end_refusalReported")).isTrue();
        assertThat(variable(review, "standingsTold"))
                .as("a year began for that")
                .contains(1);
        assertThat(roster.statusOf(COMPANY)).isEqualTo("INACTIVE");
        assertThat(roster.inactiveBecause(COMPANY)).isEqualTo("REFUSAL");
        assertThat(as("member-ngo").sees("task_submitConcern")).isTrue();
    }

    @Test
    void anOutsiderIsAdvisedWhereToTurn() {
        raise("secretariat", concern("NO"));
        as("secretariat")
                .complete(
                        "task_registerConcern",
                        Map.of("raiserKind", "OUTSIDER", "subjectKind", "MEMBER", "subjectChosen", COMPANY));
        assertThat(variable(review, "nextStep")).contains("REDIRECT");
        closedTo("secretariat", "task_adviseRaiser", "member", "steering-committee");
        as("secretariat").complete("task_adviseRaiser", Map.of("routesAdvised", List.of("MEMBER")));
        assertThat(endOf(review)).isEqualTo("end_advised");
        assertThat(lettersTo("member", caseNumber())).isEmpty();
    }

    @Test
    void theSecretariatJudgesTheConcernOfAnInactiveMember() {
        roster.changeStatus(NGO, "INACTIVE", null, "TEST");
        raise("secretariat", concern("YES"));
        as("secretariat")
                .complete(
                        "task_registerConcern",
                        Map.of(
                                "raiserKind",
                                "MEMBER",
                                "raiserChosen",
                                NGO,
                                "subjectKind",
                                "MEMBER",
                                "subjectChosen",
                                COMPANY));
        assertThat(as("secretariat").formVariables(as("secretariat").task("task_judgeStanding")))
                .containsEntry("standingRule", "CA5")
                .containsEntry("standingBasis", "INFERRED");
        closedTo("secretariat", "task_judgeStanding", "member", "member-ngo");
        as("secretariat")
                .complete(
                        "task_judgeStanding",
                        Map.of("standingDecision", "TAKE_UP", "standingJudgementReason", "What it says may be true"));
        assertThat(as("member-ngo").sees("task_submitConcern")).isTrue();
    }

    @Test
    void aConcernByAnOutsideSystemNeedsNoRegistering() {
        String number = cases.start(
                        "concern-raised",
                        Map.of(
                                "raisingMember", NGO,
                                "concernedMember", COMPANY,
                                "concernCriterion", "PARTICIPATION_CRITERIA",
                                "dialogueTried", "YES",
                                "concernNarrative", SECRET))
                .caseNumber();
        fireDueJobs();
        assertThat(as("member-ngo").tasksOf(number)).containsExactly("task_submitConcern");
        assertThatThrownBy(() -> cases.start(
                        "concern-raised", Map.of("raisingMember", NGO, "concernedMember", NGO, "dialogueTried", "NO")))
                .hasStackTraceContaining("a member cannot raise a concern about itself");
        assertThatThrownBy(() -> cases.start(
                        "concern-raised",
                        Map.of("raisingMember", NGO, "concernedMember", COMPANY, "dialogueTried", "perhaps")))
                .hasStackTraceContaining("dialogueTried: say YES or NO");
        String untalked = cases.start(
                        "concern-raised",
                        Map.of(
                                "raisingMember",
                                NGO,
                                "concernedMember",
                                "org-luma",
                                "concernCriterion",
                                "OTHER",
                                "dialogueTried",
                                true))
                .caseNumber();
        fireDueJobs();
        assertThat(as("secretariat").tasksOf(untalked))
                .as("whom the register does not know the Secretariat registers")
                .containsExactly("task_registerConcern");
        Task register = as("secretariat").task("task_registerConcern");
        assertThat(as("secretariat").formVariables(register)).containsEntry("membersUnknown", "org-luma");
        as("secretariat").complete(register, Map.of("subjectKind", "OUTSIDER"));
        assertThat(as("secretariat").tasksOf(untalked))
                .as("a smelter is no participant")
                .containsExactly("task_adviseRaiser");
        for (String stranger : List.of("smelter", "steering-committee", "overseer")) {
            assertThatThrownBy(() -> raise(stranger, concern("NO"))).isInstanceOf(AuthorizationException.class);
        }
    }

    // Screening

    /** The clock runs from the submission, also while nobody has looked yet who stays out. */
    @Test
    void daySixtyIsEscalatedThoughTheRecusalsAreNotCheckedYet() {
        raise("member-ngo", concern("YES"));
        as("secretariat").complete("task_registerConcern", Map.of("subjectKind", "MEMBER", "subjectChosen", COMPANY));
        as("member-ngo").complete("task_submitConcern", Map.of("submissionDecision", "SUBMIT"));
        travelTo("2026-03-05T00:00:00Z");
        fireDueJobs();
        assertThat(lettersTo("steering-committee", caseNumber())).containsExactly("concern-referral-open");
        travelTo("2026-04-04T00:00:00Z");
        fireDueJobs();
        assertThat(lettersTo("government-chair", caseNumber())).containsExactly("concern-referral-late");
        assertThat(as("secretariat").tasks())
                .extracting(Task::getTaskDefinitionKey)
                .as("not dismissed")
                .containsExactly("task_checkRecusals");
    }

    @Test
    void dayFiftyNinePassesAndDaySixtyIsEscalatedWhileAskingForInformationMovesNothing() {
        submitted();
        Task screening = as("steering-committee").task("task_screenConcern");
        assertThat(day(screening.getDueDate())).isEqualTo("2026-04-03");
        assertThat(variable(review, "referralDueOn")).contains("2026-04-03");
        closedTo(
                "steering-committee",
                "task_screenConcern",
                "steering-committee-corporate",
                "steering-committee-ngo",
                "member-gov",
                "secretariat");
        travelTo("2026-03-05T00:00:00Z");
        fireDueJobs();
        assertThat(lettersTo("steering-committee", caseNumber())).containsExactly("concern-referral-open");
        as("steering-committee")
                .complete(
                        "task_screenConcern",
                        Map.of("informationMissing", "YES", "committeeQuestions", "When did it happen?"));
        assertThat(variable(review, "referralResult")).contains("ASK");
        closedTo("member-ngo", "task_answerQuestions", "member", "steering-committee", "secretariat");
        as("member-ngo").complete("task_answerQuestions", Map.of("answerToCommittee", "In January"));
        assertThat(as("steering-committee")
                        .formVariables(as("steering-committee").task("task_screenConcern")))
                .containsEntry("answerToCommittee", "In January");
        travelTo("2026-03-20T00:00:00Z");
        fireDueJobs();
        assertThat(lettersTo("steering-committee", caseNumber())).hasSize(2);
        assertThat(as("steering-committee").task("task_screenConcern").getDueDate())
                .as("the clock of the original submission")
                .isEqualTo(screening.getDueDate());
        as("steering-committee")
                .complete(
                        "task_screenConcern", Map.of("informationMissing", "YES", "committeeQuestions", "And where?"));
        travelTo("2026-04-03T23:59:58Z");
        fireDueJobs();
        assertThat(lettersTo("government-chair", caseNumber())).isEmpty();
        travelTo("2026-04-04T00:00:00Z");
        fireDueJobs();

        assertThat(as("member-ngo").sees("task_answerQuestions"))
                .as("the Committee waits ten business days for an answer")
                .isFalse();
        assertThat(as("steering-committee")
                        .formVariables(as("steering-committee").task("task_screenConcern")))
                .as("the answer to the questions before is not taken for one to these")
                .doesNotContainKey("answerToCommittee");
        assertThat(lettersTo("government-chair", caseNumber())).containsExactly("concern-referral-late");
        assertThat(visited("end_overrunRecorded")).isTrue();
        assertThat(variable(review, "referralLateOn")).contains("2026-04-04");
        assertThat(day((Date) variable(review, "submittedAt").orElseThrow())).isEqualTo("2026-02-02");
        assertThat(as("steering-committee")
                        .formVariables(as("steering-committee").task("task_screenConcern")))
                .as("not dismissed, and the overrun is shown")
                .containsEntry("referralLateOn", "2026-04-04");
        committeeAgrees("YES");
        assertThat(variable(review, "referralResult")).contains("REFER");
        assertThat(variable(review, "caseState")).contains("IN_CONSULTATION");
    }

    @Test
    void partiesOnTheCommitteeAreRecusedAndTheTallyShowsIt() {
        raise("member-ngo", concern("YES"));
        as("secretariat").complete("task_registerConcern", Map.of("subjectKind", "MEMBER", "subjectChosen", COMPANY));
        as("member-ngo").complete("task_submitConcern", Map.of("submissionDecision", "SUBMIT"));
        closedTo("secretariat", "task_checkRecusals", "steering-committee", "member-ngo");
        assertThat(String.valueOf(as("secretariat")
                        .formVariables(as("secretariat").task("task_checkRecusals"))
                        .get("partiesSeated")))
                .contains("Tarnwick Minerals", "Lanternlight Rights Network");
        assertThatThrownBy(() -> as("secretariat")
                        .complete("task_checkRecusals", Map.of("recusalsDeclared", List.of(GOVERNMENT))))
                .hasMessageContaining("nobody would be left to decide");
        as("secretariat").complete("task_checkRecusals", Map.of());
        committeeAgrees("YES");
        assertThat(String.valueOf(variable(review, "committeeRecusals").orElseThrow()))
                .contains(COMPANY, NGO, "PARTY_TO_CONCERN")
                .doesNotContain(GOVERNMENT);
        assertThat(String.valueOf(variable(review, "committeeCounts").orElseThrow()))
                .contains("\"total\":{\"entitled\":1");
    }

    private void refusal(String vote) {
        as("secretariat").complete("task_declareInterests", Map.of());
        assertThat(as("secretariat")
                        .formVariables(as("secretariat").task("task_seekConsensus"))
                        .values())
                .anySatisfy(value -> assertThat(String.valueOf(value))
                        .startsWith("Shall the concern not be referred to formal consultations, since "));
        as("secretariat").complete("task_seekConsensus", Map.of("allAgreed", "NO"));
        as("steering-committee").complete("task_castVote", Map.of("voteChoice", vote));
    }

    @Test
    void notReferredAndThePlenaryIsNotAsked() {
        submitted();
        as("steering-committee").complete("task_screenConcern", tests("NO", "YES"));
        refusal("AGAINST");
        assertThat(as("steering-committee").sees("task_screenConcern"))
                .as("what one member found the others do not share: no refusal")
                .isTrue();
        assertThat(variable(review, "referralResult")).isEmpty();
        as("steering-committee").complete("task_screenConcern", tests("YES", "NO"));
        refusal("FAVOUR");
        assertThat(variable(review, "referralReason")).contains("NO_BENEFIT");
        closedTo("secretariat", "task_giveReasons", "member", "steering-committee");
        as("secretariat").complete("task_giveReasons", Map.of("refusalReasons", "Only hearsay"));
        assertThat(lettersTo("member", caseNumber())).containsExactly("concern-not-referred", "concern-not-referred");
        closedTo("member-ngo", "task_askPlenary", "member", "secretariat");
        closedTo("member", "task_readReasons", "member-ngo", "member-gov", "secretariat", "steering-committee");
        Task reading = as("member").task("task_readReasons");
        assertThat(as("member").formVariables(reading)).containsEntry("refusalReasons", "Only hearsay");
        assertThat(day(reading.getDueDate())).isEqualTo("2026-02-16");
        as("member-ngo").complete("task_askPlenary", Map.of("plenaryRequest", "NO"));
        assertThat(isEnded(review)).as("both parties read the reasons").isFalse();
        travelTo("2026-02-17T00:00:00Z");
        fireDueJobs();
        assertThat(visited("boundary_readingOver"))
                .as("nothing waits longer for it")
                .isTrue();
        closedAs("end_notTakenFurther", "NOT_REFERRED");
    }

    @Test
    void theRefusalStandsWhenTheTimeToAskThePlenaryIsOver() {
        submitted();
        as("steering-committee").complete("task_screenConcern", tests("YES", "NO"));
        refusal("FAVOUR");
        as("secretariat").complete("task_giveReasons", Map.of("refusalReasons", "Only hearsay"));
        as("member").complete("task_readReasons", Map.of());
        assertThat(as("member-ngo").sees("task_askPlenary")).isTrue();
        travel(Period.ofDays(31));
        fireDueJobs();
        closedAs("end_notTakenFurther", "NOT_REFERRED");
        assertThat(visited("boundary_requestOver")).isTrue();
    }

    @Test
    void withoutConsensusItIsNotReferredAndThePlenaryIsAsked() {
        governance.plan("2027-03-18", "2027-03-21", "anna", "Planned in January");
        submitted();
        as("steering-committee").complete("task_screenConcern", tests("YES", "YES"));
        as("secretariat").complete("task_declareInterests", Map.of());
        as("secretariat").complete("task_seekConsensus", Map.of("allAgreed", "NO"));
        as("steering-committee").complete("task_castVote", Map.of("voteChoice", "AGAINST"));
        assertThat(variable(review, "referralReason")).contains("NO_CONSENSUS");
        as("secretariat").complete("task_giveReasons", Map.of("refusalReasons", "The Committee did not agree"));
        as("member-ngo").complete("task_askPlenary", Map.of("plenaryRequest", "YES"));
        as("member").complete("task_readReasons", Map.of());
        runtimeService.setVariable(review, "committeeRecommends", true);
        assertThat(day(timer("boundary_recommendationMissing")))
                .as("nothing presses")
                .isEqualTo("2026-03-04");
        assertThat(day(as("steering-committee").task("task_recommendOutcome").getDueDate()))
                .isEqualTo("2026-02-16");
        recommended("NO");
        as("government-chair").complete("task_schedulePlenary", Map.of("plenaryChosen", "P-2027"));
        assertThat(timer("catch_plenaryMeets")).isEqualTo("2027-03-18T00:00:00Z");
        governance.movePlenary("P-2027", "2027-04-20", "2027-04-21", "anna", "The hall is taken");
        assertThat(timer("catch_plenaryMeets")).as("moves with its Plenary").isEqualTo("2027-04-20T00:00:00Z");
        travelTo("2027-04-20T00:00:01Z");
        fireDueJobs();
        motion("NO_ACTION");
        vote("YES");
        closedAs("end_decided", "NO_ACTION");
    }

    // Consultations

    @Test
    void withoutAnAnnualPlenaryInSixMonthsASpecialOneIsConvenedInTime() {
        governance.plan("2027-03-18", "2027-03-21", "anna", "Planned in January");
        referred();
        assertThat(variable(review, "plenaryLatest")).contains("2026-08-02");
        assertThat(timer("boundary_presentBy")).isEqualTo("2026-07-03T23:59:59Z");
        travelTo("2026-05-03T00:00:00Z");
        fireDueJobs();
        closedTo("government-chair", "task_conveneSpecial", "secretariat", "member", "steering-committee");
        assertThatThrownBy(() -> as("government-chair")
                        .complete(
                                "task_conveneSpecial",
                                Map.of("plenaryChosen", "SPECIAL", "specialStartsOn", "2026-08-03")))
                .as("too late")
                .hasMessageContaining("must begin on 2026-08-02 at the latest");
        travelTo("2026-05-19T00:00:00Z");
        fireDueJobs();
        assertThat(lettersTo("government-chair", caseNumber())).containsExactly("concern-special-open");
        assertThat(lettersTo("secretariat", caseNumber())).contains("concern-special-open");
        as("government-chair")
                .complete("task_conveneSpecial", Map.of("plenaryChosen", "SPECIAL", "specialStartsOn", "2026-07-20"));
        assertThat(variable(review, "plenaryId")).contains("S-2026-1");
        assertThat(governance.dayOf("S-2026-1")).isEqualTo("2026-07-20");
        assertThat(timer("boundary_presentBy"))
                .as("consultations end thirty days before it begins")
                .isEqualTo("2026-06-20T23:59:59Z");
        assertThat(as("secretariat").sees("task_facilitateConsultations"))
                .as("statements were waited for only so long")
                .isTrue();
        assertThat(taskService.getVariableLocal(
                        as("secretariat").task("task_facilitateConsultations").getId(), "clock"))
                .isEqualTo("consultations end");
        closedTo("secretariat", "task_facilitateConsultations", "member", "member-ngo", "government-chair");
        travelTo("2026-06-21T00:00:00Z");
        fireDueJobs();

        assertThat(visited("end_timeOver")).isTrue();
        assertThat(variable(review, "caseState")).contains("BEFORE_PLENARY");
        closedTo(
                "steering-committee",
                "task_recommendOutcome",
                "steering-committee-corporate",
                "steering-committee-ngo",
                "member");
        assertThat(day(as("steering-committee").task("task_recommendOutcome").getDueDate()))
                .isEqualTo("2026-07-03");
        travelTo("2026-07-03T16:00:00Z");
        fireDueJobs();
        recommended("NO");
        closedTo("government-chair", "task_schedulePlenary", "secretariat", "member");
        Task schedule = as("government-chair").task("task_schedulePlenary");
        assertThat(day(schedule.getDueDate())).as("before it begins").isEqualTo("2026-07-17");
        assertThat(as("government-chair").formVariables(schedule)).containsEntry("plenaryChosen", "S-2026-1");
        governance.movePlenary("S-2026-1", "2026-07-15", "2026-07-15", "anna", "The hall is taken");
        assertThat(as("government-chair").task("task_schedulePlenary").getDueDate())
                .as("moves with it")
                .isEqualTo("2026-07-15T00:00:00Z");
        travelTo("2026-07-14T16:00:00Z");
        fireDueJobs();
        as("government-chair").complete("task_schedulePlenary", Map.of("plenaryChosen", "S-2026-1"));
        travelTo("2026-07-15T00:00:01Z");
        fireDueJobs();
        assertThat(as("government-chair").sees("task_proposeOutcome"))
                .as("before a Plenary within six months")
                .isTrue();
        assertThat(visited("task_remindToSchedule")).isFalse();
    }

    private static Map<String, Object> withoutRecommendation(Map<String, Object> schedule) {
        Map<String, Object> all = new HashMap<>(
                Map.of("seriousness", "LOW", "categoricalFailure", "NO", "plenarySummary", "No recommendation came"));
        all.putAll(schedule);
        return all;
    }

    /** A special Plenary of one day: the Committee says nothing, and the chair is there on that day. */
    @Test
    void withoutARecommendationTheConcernIsHeardWhileItsPlenaryLasts() {
        referred();
        travelTo("2026-05-03T00:00:00Z");
        fireDueJobs();
        as("government-chair")
                .complete("task_conveneSpecial", Map.of("plenaryChosen", "SPECIAL", "specialStartsOn", "2026-07-20"));
        travelTo("2026-06-21T00:00:00Z");
        fireDueJobs();
        travelTo("2026-07-19T23:59:59Z");
        fireDueJobs();
        assertThat(as("steering-committee").sees("task_recommendOutcome")).isTrue();
        assertThat(lettersTo("government-chair", caseNumber())).isEmpty();
        travelTo("2026-07-20T00:00:01Z");
        fireDueJobs();
        assertThat(as("steering-committee").sees("task_recommendOutcome")).isFalse();
        assertThat(lettersTo("government-chair", caseNumber())).containsExactly("concern-schedule-open");
        assertThat(lettersTo("secretariat", caseNumber())).contains("concern-schedule-open");
        Task schedule = as("government-chair").task("task_schedulePlenary");
        assertThat(schedule.getDueDate()).as("while it lasts").isEqualTo("2026-07-20T23:59:59Z");
        assertThat(as("government-chair").formVariables(schedule)).containsEntry("plenaryChosen", "S-2026-1");
        assertThatThrownBy(() ->
                        as("government-chair").complete("task_schedulePlenary", Map.of("plenaryChosen", "S-2026-1")))
                .as("what the recommendation would have said")
                .hasMessageContaining("seriousness");
        travelTo("2026-07-20T10:00:00Z");
        as("government-chair")
                .complete("task_schedulePlenary", withoutRecommendation(Map.of("plenaryChosen", "S-2026-1")));
        fireDueJobs();
        assertThat(variable(review, "plenaryLate")).contains(false);
        motion("NO_ACTION");
        vote("YES");
        closedAs("end_decided", "NO_ACTION");
    }

    @Test
    void whileNoPlenaryIsSetTheRecommendationLeavesTimeToConveneOne() {
        referred();
        travelTo("2026-07-04T00:00:00Z");
        fireDueJobs();
        assertThat(timer("boundary_recommendationMissing"))
                .as("half of what is left")
                .isEqualTo("2026-07-18T23:59:59Z");
        travelTo("2026-07-19T00:00:00Z");
        fireDueJobs();
        assertThat(timer("boundary_notScheduled")).isEqualTo("2026-07-26T23:59:59Z");
        assertThat(day(as("government-chair").task("task_schedulePlenary").getDueDate()))
                .isEqualTo("2026-07-26");
        travelTo("2026-07-27T00:00:00Z");
        fireDueJobs();
        assertThat(lettersTo("government-chair", caseNumber())).containsExactly("concern-schedule-open");
        as("government-chair")
                .complete(
                        "task_schedulePlenary",
                        withoutRecommendation(Map.of("plenaryChosen", "SPECIAL", "specialStartsOn", "2026-08-01")));
        assertThat(timer("catch_plenaryMeets")).isEqualTo("2026-08-01T00:00:00Z");
    }

    @Test
    void consultationsThatBeginShortlyBeforeThePlenaryTakeHalfOfTheTime() {
        governance.plan("2026-02-12", "2026-02-13", "anna", "Planned in January");
        referred();
        assertThat(timer("boundary_presentBy")).isEqualTo("2026-02-07T23:59:59Z");
        assertThat(as("member").sees("task_giveStatement")).isTrue();
        travelTo("2026-02-08T00:00:00Z");
        fireDueJobs();
        assertThat(as("steering-committee").task("task_recommendOutcome").getDueDate())
                .as("before it begins")
                .isEqualTo("2026-02-12T00:00:00Z");
        recommended("NO");
        as("government-chair").complete("task_schedulePlenary", Map.of("plenaryChosen", "P-2026"));
        travelTo("2026-02-12T00:00:01Z");
        fireDueJobs();
        assertThat(as("government-chair").sees("task_proposeOutcome")).isTrue();
    }

    @Test
    void aPlenaryThatBeginsOnTheDayOfArrivalIsNotTheNextOne() {
        governance.plan("2026-02-03", "2026-02-05", "anna", "Planned in January");
        travelTo("2026-02-03T09:00:00Z");
        referred();
        assertThat(variable(review, "plenaryId")).isEmpty();
        assertThat(timer("boundary_presentBy")).isEqualTo("2026-07-04T23:59:59Z");
    }

    @Test
    void aSpecialPlenaryThatIsConvenedTooLateIsOnRecordAndTheConcernIsHeardAllTheSame() {
        referred();
        travelTo("2026-05-03T00:00:00Z");
        fireDueJobs();
        travelTo("2026-08-03T00:00:00Z");
        fireDueJobs();
        assertThat(visited("end_timeOver")).isTrue();
        assertThat(as("government-chair").sees("task_conveneSpecial"))
                .as("goes on where the Plenary is chosen")
                .isFalse();
        recommended("NO");
        assertThatThrownBy(() -> as("government-chair")
                        .complete(
                                "task_schedulePlenary",
                                Map.of("plenaryChosen", "SPECIAL", "specialStartsOn", "2026-08-01")))
                .hasMessageContaining("is not in the future");
        as("government-chair")
                .complete(
                        "task_schedulePlenary",
                        Map.of(
                                "plenaryChosen",
                                "SPECIAL",
                                "specialStartsOn",
                                "2026-08-20",
                                "specialEndsOn",
                                "2026-08-21"));
        assertThat(variable(review, "plenaryLate")).contains(true);
        assertThat(timer("catch_plenaryMeets")).isEqualTo("2026-08-20T00:00:00Z");
    }

    @Test
    void thePartiesSettleDuringConsultationsWhileASpecialPlenaryIsSought() {
        referred();
        closedTo("member", "task_giveStatement", "member-ngo", "member-gov", "secretariat");
        statements();
        travelTo("2026-05-03T00:00:00Z");
        fireDueJobs();
        assertThat(as("government-chair").sees("task_conveneSpecial")).isTrue();
        as("secretariat")
                .complete(
                        "task_facilitateConsultations",
                        Map.of("agreementFound", "YES", "memberEngages", "YES", "settlementRecord", "In writing"));
        closedTo("member-ngo", "task_confirmSettlement", "member", "member-gov", "secretariat", "government-chair");
        as("member-ngo").complete("task_confirmSettlement", Map.of("recordConfirmed", "YES"));
        assertThat(as("government-chair").sees("task_conveneSpecial"))
                .as("one alone settles nothing")
                .isTrue();
        as("member").complete("task_confirmSettlement", Map.of("recordConfirmed", "YES"));
        assertThat(as("government-chair").sees("task_conveneSpecial"))
                .as("no Plenary is needed any more")
                .isFalse();
        closedAs("end_settled", "SETTLED");
    }

    @Test
    void aSettlementThatIsNotConfirmedInTimeComesBeforeThePlenary() {
        governance.plan("2026-06-10", "2026-06-12", "anna", "Planned in January");
        referred();
        statements();
        Map<String, Object> found =
                Map.of("agreementFound", "YES", "memberEngages", "YES", "settlementRecord", "In writing");
        as("secretariat").complete("task_facilitateConsultations", found);
        as("member-ngo")
                .complete(
                        "task_confirmSettlement",
                        Map.of("recordConfirmed", "NO", "raiserObjection", "No word of the villagers"));
        assertThat(as("member").sees("task_confirmSettlement")).isFalse();
        assertThat(as("secretariat").formVariables(as("secretariat").task("task_facilitateConsultations")))
                .containsEntry("raiserObjection", "No word of the villagers")
                .doesNotContainKey("subjectConfirms");
        as("secretariat").complete("task_facilitateConsultations", found);
        travel(Period.ofDays(20));
        fireDueJobs();
        assertThat(as("member").sees("task_confirmSettlement"))
                .as("silence for ten business days")
                .isFalse();
        travelTo("2026-05-08T12:00:00Z");
        as("secretariat").complete("task_facilitateConsultations", found);
        assertThat(as("member").task("task_confirmSettlement").getDueDate())
                .as("not after the consultations end")
                .isEqualTo("2026-05-11T23:59:59Z");
        governance.movePlenary("P-2026", "2026-06-12", "2026-06-13", "anna", "The hall is taken");
        assertThat(as("member").task("task_confirmSettlement").getDueDate())
                .as("moves with the Plenary")
                .isEqualTo("2026-05-13T23:59:59Z");
        as("member").complete("task_confirmSettlement", Map.of("recordConfirmed", "YES"));
        travelTo("2026-05-14T00:00:00Z");
        fireDueJobs();
        assertThat(visited("end_timeOver")).isTrue();
        assertThat(as("member-ngo").sees("task_confirmSettlement")).isFalse();
        assertThat(variable(review, "caseState")).contains("BEFORE_PLENARY");
    }

    @Test
    void anAnnualPlenaryWithinSixMonthsNeedsNoSpecialOneAndTheEndFollowsWhenItMoves() {
        governance.plan("2026-06-10", "2026-06-12", "anna", "Planned in January");
        referred();
        assertThat(timer("boundary_presentBy")).isEqualTo("2026-05-11T23:59:59Z");
        governance.movePlenary("P-2026", "2026-06-24", "2026-06-25", "anna", "The hall is taken");
        assertThat(timer("boundary_presentBy")).isEqualTo("2026-05-25T23:59:59Z");
        travelTo("2026-05-03T00:00:00Z");
        fireDueJobs();
        assertThat(visited("end_annualInTime")).isTrue();
        assertThat(as("government-chair").sees("task_conveneSpecial")).isFalse();
        governance.movePlenary("P-2026", "2026-11-24", "2026-11-25", "anna", "The hall is taken again");
        assertThat(timer("boundary_presentBy")).as("in time for the six months").isEqualTo("2026-07-03T23:59:59Z");
        assertThat(as("government-chair").sees("task_conveneSpecial"))
                .as("not in time any more: a special one is wanted")
                .isTrue();
        as("secretariat")
                .complete("task_facilitateConsultations", Map.of("agreementFound", "NO", "memberEngages", "YES"));
        recommended("NO");
        assertThatThrownBy(() ->
                        as("government-chair").complete("task_schedulePlenary", Map.of("plenaryChosen", "P-2026")))
                .as("not in time any more")
                .hasMessageContaining("must be one of the choices");
        as("government-chair")
                .complete("task_schedulePlenary", Map.of("plenaryChosen", "SPECIAL", "specialStartsOn", "2026-07-01"));
        assertThat(timer("catch_plenaryMeets")).isEqualTo("2026-07-01T00:00:00Z");
    }

    @Test
    void aCancelledPlenaryIsNotWaitedForAndAnotherIsChosen() {
        governance.plan("2026-06-10", "2026-06-12", "anna", "Planned in January");
        referred();
        statements();
        governance.cancel("P-2026", "anna", "No quorum is in sight");
        assertThat(timer("boundary_presentBy")).isEqualTo("2026-07-03T23:59:59Z");
        as("government-chair")
                .complete("task_conveneSpecial", Map.of("plenaryChosen", "SPECIAL", "specialStartsOn", "2026-06-20"));
        governance.movePlenary("S-2026-1", "2026-06-22", "2026-06-22", "anna", "The hall is taken");
        assertThat(as("government-chair").sees("task_conveneSpecial"))
                .as("the special one is still in time")
                .isFalse();
        assertThat(timer("boundary_presentBy")).isEqualTo("2026-05-23T23:59:59Z");
        as("secretariat")
                .complete("task_facilitateConsultations", Map.of("agreementFound", "NO", "memberEngages", "YES"));
        recommended("NO");
        as("government-chair").complete("task_schedulePlenary", Map.of("plenaryChosen", "S-2026-1"));
        governance.plan("2026-07-10", "2026-07-12", "anna", "Planned anew");
        governance.cancel("S-2026-1", "anna", "Flooded");
        as("government-chair").complete("task_schedulePlenary", Map.of("plenaryChosen", "P-2026-2"));
        governance.movePlenary("P-2026-2", "2026-07-20", "2026-07-21", "anna", "The hall is taken");
        assertThat(timer("catch_plenaryMeets")).as("in time still").isEqualTo("2026-07-20T00:00:00Z");
        governance.movePlenary("P-2026-2", "2026-09-20", "2026-09-21", "anna", "The hall is taken again");
        assertThat(as("government-chair").sees("task_schedulePlenary"))
                .as("out of the six months: another is chosen at once")
                .isTrue();
        as("government-chair")
                .complete("task_schedulePlenary", Map.of("plenaryChosen", "SPECIAL", "specialStartsOn", "2026-07-01"));
        travelTo("2026-07-01T00:00:01Z");
        fireDueJobs();
        assertThat(as("government-chair").sees("task_proposeOutcome")).isTrue();
    }

    /** The annual one moved away, so that a special one is sought: month 3 asks for no second one. */
    @Test
    void noTwoSpecialPlenariesAreConvenedForOneConcern() {
        governance.plan("2026-06-10", "2026-06-12", "anna", "Planned in January");
        referred();
        governance.movePlenary("P-2026", "2026-11-24", "2026-11-25", "anna", "The hall is taken");
        travelTo("2026-05-03T00:00:00Z");
        fireDueJobs();
        assertThat(visited("end_annualInTime")).isTrue();
        assertThat(as("government-chair").tasks())
                .extracting(Task::getTaskDefinitionKey)
                .containsExactly("task_conveneSpecial");
        as("government-chair")
                .complete("task_conveneSpecial", Map.of("plenaryChosen", "SPECIAL", "specialStartsOn", "2026-07-20"));
        governance.cancel("S-2026-1", "anna", "Flooded");
        assertThat(as("government-chair").sees("task_conveneSpecial"))
                .as("that one is gone: another is sought")
                .isTrue();
    }

    @Test
    void noSpecialPlenaryIsSoughtAnyMoreOnceAnAnnualOneIsInTimeAgain() {
        governance.plan("2026-06-10", "2026-06-12", "anna", "Planned in January");
        referred();
        governance.movePlenary("P-2026", "2026-11-24", "2026-11-25", "anna", "The hall is taken");
        assertThat(as("government-chair").sees("task_conveneSpecial")).isTrue();
        governance.movePlenary("P-2026", "2026-06-10", "2026-06-12", "anna", "The hall is free again");
        travelTo("2026-05-03T00:00:00Z");
        fireDueJobs();
        assertThat(variable(review, "plenaryId")).contains("P-2026");
        assertThat(as("government-chair").sees("task_conveneSpecial")).isFalse();
        assertThat(visited("boundary_plenaryFound")).isTrue();
        assertThat(timer("boundary_presentBy")).isEqualTo("2026-05-11T23:59:59Z");
    }

    private String offered(String user, String element) {
        return String.valueOf(as(user).formVariables(as(user).task(element)).get("plenaryChoices"));
    }

    @Test
    void anOpenTaskOffersThePlenariesThatTheCalendarHasNow() {
        referred();
        travelTo("2026-05-03T00:00:00Z");
        fireDueJobs();
        assertThat(offered("government-chair", "task_conveneSpecial")).doesNotContain("P-2026");
        governance.plan("2026-07-10", "2026-07-12", "anna", "Planned at last");
        assertThat(offered("government-chair", "task_conveneSpecial")).contains("P-2026", "2026-07-10");
        as("government-chair").complete("task_conveneSpecial", Map.of("plenaryChosen", "P-2026"));
        assertThat(variable(review, "plenaryId")).contains("P-2026");
        assertThat(timer("boundary_presentBy")).isEqualTo("2026-06-10T23:59:59Z");
        as("secretariat")
                .complete("task_facilitateConsultations", Map.of("agreementFound", "NO", "memberEngages", "YES"));
        recommended("NO");
        governance.movePlenary("P-2026", "2026-07-20", "2026-07-21", "anna", "The hall is taken");
        assertThat(offered("government-chair", "task_schedulePlenary"))
                .contains("2026-07-20")
                .doesNotContain("2026-07-10");
        governance.convene("2026-06-15", "2026-06-15", "GOVERNANCE", null, "anna", "The rules");
        assertThat(offered("government-chair", "task_schedulePlenary")).contains("S-2026-1");
        governance.cancel("P-2026", "anna", "No quorum is in sight");
        assertThat(offered("government-chair", "task_schedulePlenary")).doesNotContain("P-2026");
        assertThat(as("government-chair").formVariables(as("government-chair").task("task_schedulePlenary")))
                .as("nor is it proposed any more")
                .containsEntry("plenaryChosen", "S-2026-1");
        travelTo("2026-06-16T00:00:00Z");
        assertThatThrownBy(() ->
                        as("government-chair").complete("task_schedulePlenary", Map.of("plenaryChosen", "S-2026-1")))
                .as("the day counts on which it is chosen")
                .hasMessageContaining("S-2026-1 was over on 2026-06-15");
    }

    /** Nobody presides in its own case. */
    @Test
    void theSecretariatTakesTheChairsPartWhereTheChairIsAParty() {
        jdbc.sql("insert into term (office, organisation, pillar, from_day) values ('COMMITTEE_SEAT', ?, 'x', ?)")
                .params("org-brackenfell", LocalDate.parse("2026-01-01"))
                .update();
        raise("member-ngo", concern("YES"));
        as("secretariat")
                .complete("task_registerConcern", Map.of("subjectKind", "MEMBER", "subjectChosen", GOVERNMENT));
        as("member-ngo").complete("task_submitConcern", Map.of("submissionDecision", "SUBMIT"));
        as("secretariat").complete("task_checkRecusals", Map.of());
        as("steering-committee-corporate").complete("task_screenConcern", tests("YES", "YES"));
        as("secretariat").complete("task_declareInterests", Map.of());
        as("secretariat")
                .complete(
                        "task_seekConsensus",
                        Map.of("electorsPresent", List.of(COMPANY, "org-brackenfell"), "allAgreed", "YES"));
        as("member-ngo").complete("task_giveStatement", Map.of("raiserStatement", "They never answered"));
        as("member-gov").complete("task_giveStatement", Map.of("subjectStatement", "We have a plan"));
        assertThat(as("secretariat").formVariables(as("secretariat").task("task_facilitateConsultations")))
                .containsEntry("raiserStatement", "They never answered")
                .containsEntry("subjectStatement", "We have a plan");
        as("secretariat")
                .complete("task_facilitateConsultations", Map.of("agreementFound", "NO", "memberEngages", "YES"));
        as("steering-committee-corporate")
                .complete(
                        "task_recommendOutcome",
                        Map.of("seriousness", "LOW", "categoricalFailure", "NO", "plenarySummary", "A short word"));
        closedTo("secretariat", "task_schedulePlenary", "government-chair", "member-gov");
        as("secretariat")
                .complete("task_schedulePlenary", Map.of("plenaryChosen", "SPECIAL", "specialStartsOn", "2026-04-01"));
        travelTo("2026-04-01T00:00:01Z");
        fireDueJobs();
        closedTo("secretariat", "task_proposeOutcome", "government-chair", "member-gov");
        recommend("secretariat", "2026-11-30");
        as("secretariat").complete("task_declareInterests", Map.of());
        closedTo("secretariat", "task_seekConsensus", "government-chair", "member-gov");
        as("secretariat").complete("task_seekConsensus", Map.of("allAgreed", "NO"));
        assertThat(as("member").formVariables(as("member").task("task_castVote")))
                .as("an elector reads what it votes on")
                .containsEntry("recommendations", "Train the guards")
                .containsEntry("plenarySummary", "A short word");
    }

    /** Whoever takes no part any more presides no more, over what waits already, too. */
    @Test
    void whileTheChairIsInactiveTheSecretariatConvenesAndWhenItIsCuredTheChairDoes() {
        referred();
        travelTo("2026-05-03T00:00:00Z");
        fireDueJobs();
        Task convening = as("government-chair").task("task_conveneSpecial");
        actingAs("government-chair", () -> {
            taskService.claim(convening.getId(), "government-chair");
            return convening;
        });
        roster.changeStatus(GOVERNMENT, "INACTIVE", null, "TEST");
        assertThat(as("secretariat").task("task_conveneSpecial").getAssignee()).isNull();
        closedTo("secretariat", "task_conveneSpecial", "government-chair", "member-gov");
        roster.reinstate(GOVERNMENT, null, "TEST");
        closedTo("government-chair", "task_conveneSpecial", "secretariat", "member-gov");
        as("government-chair")
                .complete("task_conveneSpecial", Map.of("plenaryChosen", "SPECIAL", "specialStartsOn", "2026-07-20"));
    }

    @Test
    void theScreeningFollowsTheSeatsAndWhoIsAPartyStaysOutOfIt() {
        submitted();
        roster.changeStatus(GOVERNMENT, "INACTIVE", null, "TEST");
        for (String seated : List.of("steering-committee", "steering-committee-corporate", "steering-committee-ngo")) {
            assertThat(as(seated).sees("task_screenConcern")).as(seated).isFalse();
        }
        assertThat(as("secretariat").sees("task_screenConcern")).isFalse();
        assertThat(String.valueOf(as("secretariat")
                        .formVariables(as("secretariat").task("task_changeCalendar"))
                        .get("waitingLines")))
                .contains("Screen the concern · " + caseNumber());
        roster.reinstate(GOVERNMENT, null, "TEST");
        closedTo(
                "steering-committee",
                "task_screenConcern",
                "steering-committee-corporate",
                "steering-committee-ngo",
                "secretariat");
    }

    @Test
    void whatIsForTheChairIsReadByTheGovernmentThatHoldsIt() {
        User other = identityService.newUser("ostrenia");
        other.setPassword("ostrenia");
        identityService.saveUser(other);
        admit("org-ostrenia", "Government of Ostrenia", "government", "FULL");
        identityService.createMembership("ostrenia", "government-chair");
        identityService.createMembership("ostrenia", "org-ostrenia");
        try {
            submitted();
            travelTo("2026-04-04T00:00:00Z");
            fireDueJobs();
            assertThat(lettersTo("government-chair", caseNumber())).containsExactly("concern-referral-late");
            PartnerCalls calls = new PartnerCalls(port);
            assertThat(calls.get("government-chair", "/api/letters").body()).contains(caseNumber());
            assertThat(calls.get("ostrenia", "/api/letters").body()).doesNotContain(caseNumber());
            assertThat(jdbc.sql("select distinct o.recipient from outbox o"
                                    + " join letter l on l.message_key like o.message_key || '/%'"
                                    + " where l.case_number = ? and l.template = 'concern-referral-late'")
                            .param(caseNumber())
                            .query(String.class)
                            .list())
                    .containsExactlyInAnyOrder("government-chair", "secretariat", "secretariat-2");
        } finally {
            identityService.deleteUser("ostrenia");
        }
    }

    /** It does not hear how the concern about itself goes on by holding the chair. */
    @Test
    void whatIsForTheChairGoesToTheSecretariatWhereTheChairIsAParty() {
        jdbc.sql("insert into term (office, organisation, pillar, from_day) values ('COMMITTEE_SEAT', ?, 'x', ?)")
                .params("org-brackenfell", LocalDate.parse("2026-01-01"))
                .update();
        raise("member-ngo", concern("YES"));
        as("secretariat")
                .complete("task_registerConcern", Map.of("subjectKind", "MEMBER", "subjectChosen", GOVERNMENT));
        as("member-ngo").complete("task_submitConcern", Map.of("submissionDecision", "SUBMIT"));
        travelTo("2026-04-04T00:00:00Z");
        fireDueJobs();
        assertThat(lettersTo("government-chair", caseNumber())).isEmpty();
        assertThat(lettersTo("secretariat", caseNumber())).containsOnlyOnce("concern-referral-late");
    }

    /** Whoever belongs to two organisations does not preside for the one in the case of the other. */
    @Test
    void whoeverPresidesDoesNotDoSoInTheCaseOfAnotherOrganisationOfTheirs() {
        beforeThePlenary("YES");
        identityService.createMembership("government-chair", COMPANY);
        try {
            assertThatThrownBy(() -> motion("EXPULSION"))
                    .hasMessageContaining("Your organisation is a party to this concern");
            identityService.deleteMembership("government-chair", COMPANY);
            motion("EXPULSION");
            as("secretariat").complete("task_declareInterests", Map.of());
            identityService.createMembership("government-chair", COMPANY);
            assertThatThrownBy(() -> as("government-chair").complete("task_seekConsensus", Map.of("allAgreed", "YES")))
                    .hasMessageContaining("Your organisation stays out of this ballot");
        } finally {
            identityService.deleteMembership("government-chair", COMPANY);
        }
    }

    /** E.6: the Committee sees the file; the members of it that are parties do not. */
    @Test
    void whoRecommendsReadsWhatBothPartiesSaid() {
        submitted();
        as("steering-committee")
                .complete(
                        "task_screenConcern",
                        Map.of("informationMissing", "YES", "committeeQuestions", "When did it happen?"));
        as("member-ngo").complete("task_answerQuestions", Map.of("answerToCommittee", "In January"));
        committeeAgrees("YES");
        consultationsFail();
        closedTo(
                "steering-committee",
                "task_recommendOutcome",
                "steering-committee-corporate",
                "steering-committee-ngo",
                "member",
                "member-ngo");
        assertThat(as("steering-committee")
                        .formVariables(as("steering-committee").task("task_recommendOutcome")))
                .containsEntry("answerToCommittee", "In January")
                .containsEntry("raiserStatement", "They never answered")
                .containsEntry("subjectStatement", "We have a plan")
                .containsEntry("consultationNotes", "Two meetings");
    }

    @Test
    void whoDeclaredAnInterestInTheBallotOfTheCommitteeRecommendsNothing() {
        jdbc.sql("insert into term (office, organisation, pillar, from_day) values ('COMMITTEE_SEAT', ?, 'x', ?)")
                .params("org-brackenfell", LocalDate.parse("2026-01-01"))
                .update();
        submitted();
        as("steering-committee").complete("task_screenConcern", tests("YES", "YES"));
        as("secretariat").complete("task_declareInterests", Map.of("interestsDeclared", List.of(GOVERNMENT)));
        as("secretariat")
                .complete(
                        "task_seekConsensus",
                        Map.of("electorsPresent", List.of("org-brackenfell"), "allAgreed", "YES"));
        consultationsFail();
        assertThat(visited("task_recommendOutcome")).isTrue();
        assertThat(as("steering-committee").sees("task_recommendOutcome")).isFalse();
        assertThat(String.valueOf(variable(review, "recused").orElseThrow())).contains(GOVERNMENT);
    }

    @Test
    void aConcernAboutAnExpelledMemberIsOutOfScope() {
        roster.changeStatus(COMPANY, "EXPELLED", null, "TEST");
        raise("member-ngo", concern("NO"));
        as("secretariat").complete("task_registerConcern", Map.of("subjectKind", "MEMBER", "subjectChosen", COMPANY));
        assertThat(as("secretariat").sees("task_adviseRaiser")).isTrue();
    }

    // The Plenary

    @Test
    void recommendationsAreFollowed() {
        beforeThePlenary("NO");
        closedTo("government-chair", "task_proposeOutcome", "secretariat", "member", "steering-committee");
        assertThat(String.valueOf(as("government-chair")
                        .formVariables(as("government-chair").task("task_proposeOutcome"))
                        .get("outcomeChoices")))
                .contains("NO_ACTION", "RECOMMENDATIONS", "INFERRED, to be verified")
                .doesNotContain("EXPULSION", "\"INACTIVE\"");
        assertThatThrownBy(() -> motion("EXPULSION")).hasMessageContaining("must be one of the choices");
        assertThatThrownBy(() -> recommend("government-chair", "2026-05-12")).hasMessageContaining("This day is over");
        recommend("government-chair", "2026-11-30");
        vote("YES");
        Task report = as("member").task("task_reportImplementation");
        assertThat(day(report.getDueDate())).isEqualTo("2026-11-30");
        closedTo("member", "task_reportImplementation", "member-ngo", "member-gov", "secretariat");
        as("member").complete("task_reportImplementation", Map.of("implementationReport", "All guards were trained"));
        closedTo("secretariat", "task_assessImplementation", "member", "member-ngo");
        as("secretariat").complete("task_assessImplementation", Map.of("implementationAssessed", "SATISFIED"));
        closedAs("end_decided", "RECOMMENDATIONS_FOLLOWED");
        assertThat(roster.statusOf(COMPANY)).isEqualTo("FULL");
    }

    private void recommend(String chair, String reportDueOn) {
        as(chair)
                .complete(
                        "task_proposeOutcome",
                        Map.of(
                                "outcomeCode",
                                "RECOMMENDATIONS",
                                "recommendations",
                                "Train the guards",
                                "reportDueOn",
                                reportDueOn));
    }

    @Test
    void recommendationsThatAreNotFollowedComeBackAndThePlenaryExpelsByConsensusOnly() {
        beforeThePlenary("NO");
        recommend("government-chair", "2026-06-30");
        vote("YES");
        travelTo("2026-08-01T00:00:00Z");
        fireDueJobs();
        assertThat(as("member").sees("task_reportImplementation"))
                .as("no report after the grace")
                .isFalse();
        as("secretariat").complete("task_assessImplementation", Map.of("implementationAssessed", "FAILED"));
        assertThat(variable(review, "caseState")).contains("FOLLOW_UP");
        as("government-chair")
                .complete(
                        "task_schedulePlenary",
                        Map.of(
                                "plenaryChosen",
                                "SPECIAL",
                                "specialStartsOn",
                                "2026-10-01",
                                "plenarySummary",
                                "What was recommended was not done"));
        travelTo("2026-10-01T00:00:01Z");
        fireDueJobs();
        motion("EXPULSION");
        vote("NO");
        assertThat(as("member-gov").formVariables(as("member-gov").task("task_castVote")))
                .as("what was recommended before is not what is voted on now")
                .doesNotContainKey("recommendations")
                .containsEntry("plenarySummary", "What was recommended was not done");
        assertThat(as("member").sees("task_castVote")).as("a party has no vote").isFalse();
        assertThat(as("member-ngo").sees("task_castVote")).as("nor the other").isFalse();
        as("member-gov").complete("task_castVote", Map.of("voteChoice", "FAVOUR"));
        travel(Period.ofDays(15));
        fireDueJobs();
        assertThat(variable(review, "carried"))
                .as("whatever the majority: no consensus")
                .contains(false);
        motion("EXPULSION");
        vote("YES");

        assertThat(visited("end_memberExpelled")).isTrue();
        assertThat(roster.statusOf(COMPANY)).isEqualTo("EXPELLED");
        assertThat(String.valueOf(variable(review, "recusals").orElseThrow()))
                .as("both parties stayed out")
                .contains(COMPANY, NGO, "PARTY_TO_CONCERN");
        assertThat(variable(review, "carriedRule")).contains("PC2");
        closedAs("end_decided", "EXPELLED");
    }

    /** The ballot outlasts the day that was agreed as the motion was put. */
    @Test
    void theMemberHasTimeToReportHoweverLongTheBallotTook() {
        beforeThePlenary("NO");
        recommend("government-chair", "2026-05-14");
        travelTo("2026-06-20T12:00:00Z");
        vote("YES");
        assertThat(as("member").formVariables(as("member").task("task_reportImplementation")))
                .containsEntry("reportDueOn", "2026-07-20");
        assertThat(day(as("member").task("task_reportImplementation").getDueDate()))
                .isEqualTo("2026-07-20");
        travelTo("2026-08-19T12:00:00Z");
        fireDueJobs();
        assertThat(as("member").sees("task_reportImplementation")).isTrue();
        travelTo("2026-08-20T00:00:00Z");
        fireDueJobs();
        assertThat(as("member").sees("task_reportImplementation")).isFalse();
        assertThat(as("secretariat").sees("task_assessImplementation")).isTrue();
    }

    @Test
    void whereItIsConfiguredThePlenaryMakesAMemberInactive() {
        beforeThePlenary("YES");
        assertThatThrownBy(() -> motion("INACTIVE")).hasMessageContaining("must be one of the choices");
        assertThatThrownBy(() -> motion("NO_MOTION"))
                .as("nobody ends a concern before the Plenary has voted")
                .hasMessageContaining("must be one of the choices");
        motion("NO_ACTION");
        vote("NO");
        as("member-gov").complete("task_castVote", Map.of("voteChoice", "AGAINST"));
        travel(Period.ofDays(15));
        fireDueJobs();
        motion("NO_MOTION");
        closedAs("end_notTakenFurther", "NOTHING_CARRIED");
    }

    @Test
    void aReviewThatBeganWithInactiveAsASanctionAndWithoutRecommendationKeepsThem() {
        governance.plan("2026-05-12", "2026-05-15", "anna", "Planned in January");
        referred();
        runtimeService.setVariable(review, "committeeRecommends", false);
        runtimeService.setVariable(review, "inactiveAsSanction", true);
        consultationsFail();
        assertThat(as("steering-committee").sees("task_recommendOutcome")).isFalse();
        Map<String, Object> schedule = new HashMap<>(Map.of(
                "plenaryChosen",
                "P-2026",
                "seriousness",
                "LOW",
                "categoricalFailure",
                "NO",
                "plenarySummary",
                "Summary"));
        as("government-chair").complete("task_schedulePlenary", schedule);
        travelTo("2026-05-12T00:00:01Z");
        fireDueJobs();
        motion("INACTIVE");
        vote("YES");
        assertThat(roster.statusOf(COMPANY)).isEqualTo("INACTIVE");
        closedAs("end_decided", "INACTIVE");
    }

    // Late news

    @Test
    void theConcernIsWithdrawn() {
        referred();
        assertThat(cases.tell(caseNumber(), "concern-withdrawn", Map.of())).isEqualTo(1);
        fireDueJobs();
        assertThat(endOf(review)).isEqualTo("end_concernWithdrawn");
        assertThat(variable(review, "concernOutcome")).contains("WITHDRAWN");
        assertThat(lettersTo("member", caseNumber())).containsExactly("concern-closed", "concern-closed");
        assertThat(cases.tell(caseNumber(), "concern-withdrawn", Map.of()))
                .as("the second time nobody waits for it")
                .isZero();
    }

    private List<String> ballots() {
        return jdbc.sql(
                        "select case when closed_at is null then 'OPEN' when abandoned then 'ABANDONED' else 'COUNTED' end"
                                + " from ballot where case_number = ? order by opened_at")
                .param(caseNumber())
                .query(String.class)
                .list();
    }

    @Test
    void aBallotEndsWithTheConcernThatIsWithdrawn() {
        submitted();
        as("steering-committee").complete("task_screenConcern", tests("YES", "YES"));
        as("secretariat").complete("task_declareInterests", Map.of());
        assertThat(ballots()).containsExactly("OPEN");
        cases.tell(caseNumber(), "concern-withdrawn", Map.of());
        fireDueJobs();
        assertThat(endOf(review)).isEqualTo("end_concernWithdrawn");
        assertThat(ballots()).containsExactly("ABANDONED");
    }

    @Test
    void aBallotEndsWithTheMembershipThatItIsAbout() {
        beforeThePlenary("YES");
        motion("EXPULSION");
        as("secretariat").complete("task_declareInterests", Map.of());
        roster.changeStatus(COMPANY, "WITHDRAWN", null, "RESIGNED");
        fireDueJobs();
        assertThat(endOf(review)).isEqualTo("end_memberLeft");
        assertThat(ballots()).containsExactly("COUNTED", "ABANDONED");
    }

    @Test
    void theMemberConcernedResigns() {
        inDialogue();
        roster.changeStatus(GOVERNMENT, "WITHDRAWN", null, "RESIGNED");
        fireDueJobs();
        assertThat(isEnded(review)).as("another member").isFalse();
        roster.changeStatus(COMPANY, "WITHDRAWN", null, "RESIGNED");
        fireDueJobs();
        assertThat(endOf(review)).isEqualTo("end_memberLeft");
        assertThat(variable(review, "concernOutcome")).contains("MEMBER_LEFT");
    }

    /** Nobody is left to bring it forward, and no task waits for nobody [I]. */
    @Test
    void theMemberThatRaisedItResigns() {
        referred();
        roster.changeStatus(NGO, "WITHDRAWN", null, "RESIGNED");
        fireDueJobs();
        assertThat(endOf(review)).isEqualTo("end_memberLeft");
        assertThat(variable(review, "concernOutcome")).contains("MEMBER_LEFT");
        assertThat(lettersTo("member", caseNumber())).containsExactly("concern-closed", "concern-closed");
        assertThat(as("member-ngo").tasksOf(caseNumber())).isEmpty();
    }

    @Test
    void whatThePlenaryRecommendedIsFollowedUpWithoutTheMemberThatRaisedIt() {
        beforeThePlenary("NO");
        recommend("government-chair", "2026-11-30");
        vote("YES");
        roster.changeStatus(NGO, "WITHDRAWN", null, "RESIGNED");
        fireDueJobs();
        assertThat(isEnded(review)).isFalse();
        assertThat(as("member").sees("task_reportImplementation")).isTrue();
        roster.changeStatus(COMPANY, "WITHDRAWN", null, "RESIGNED");
        fireDueJobs();
        assertThat(endOf(review)).isEqualTo("end_memberLeft");
    }

    @Test
    void anOutcomeThatIsSettledStaysWhenTheMemberLeavesBeforeItIsTold() {
        raise("member-ngo", concern("YES"));
        as("secretariat").complete("task_registerConcern", Map.of("subjectKind", "MEMBER", "subjectChosen", COMPANY));
        Task submit = as("member-ngo").task("task_submitConcern");
        actingAs("member-ngo", () -> {
            taskService.claim(submit.getId(), "member-ngo");
            formService.submitTaskForm(submit.getId(), formValues(Map.of("submissionDecision", "LEAVE")));
            return submit;
        });
        roster.changeStatus(COMPANY, "WITHDRAWN", null, "RESIGNED");
        fireDueJobs();
        assertThat(endOf(review)).isEqualTo("end_memberLeft");
        assertThat(variable(review, "concernOutcome")).contains("NOT_SUBMITTED");
        assertThat(lettersTo("secretariat", caseNumber())).containsExactly("concern-closed");
    }

    @Test
    void aSecondClickChangesNothing() {
        inDialogue();
        dialogueFails();
        Task submit = as("member-ngo").task("task_submitConcern");
        as("member-ngo").complete(submit, Map.of("submissionDecision", "SUBMIT"));
        Object submittedAt = variable(review, "submittedAt").orElseThrow();
        travel(Period.ofDays(3));
        assertThatThrownBy(() -> as("member-ngo").complete(submit, Map.of("submissionDecision", "SUBMIT")))
                .isInstanceOfAny(InvalidInput.class, ProcessEngineException.class);
        assertThat(variable(review, "submittedAt")).contains(submittedAt);
    }
}
