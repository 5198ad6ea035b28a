package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.Step1.with;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.engine.InvalidForm;
import org.redress.engine.Parties;
import org.redress.vault.Consents;
import org.redress.vault.Purpose;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** E21: what another programme learns of people is what each of them agreed to (remedy.md C.2). */
@SuppressWarnings("NullAway.Init")
class ReferralWithConsentTest extends StoryTest {

    private static final String FIRST = "V-AAAAA2";
    private static final String SECOND = "V-BBBBB2";
    private static final String OTHER = "Traceable Tin (East)";
    private static final String OTHER_WORD = "TRACEABLE_TIN_EAST_";

    @Autowired
    private Consents consents;

    @Autowired
    private Parties parties;

    @Autowired
    private VictimWorkflow workflow;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    @Test
    @DisplayName(
            "E21 Another programme handles the incident: whoever said that nobody may know them is not named and the case is settled all the same")
    void whoeverSaidThatNobodyMayKnowThemIsNotNamedAndTheCaseIsSettledAllTheSame() {
        anotherProgrammeIsAtWork("NONE");
        assertThat(reads("audit-programme", "task_agreeLead")).contains("nobody may know who I am");
        refused("task_agreeLead", agreement("AS_REPORTED", "NONE_YET"), "reporterTold", "did not agree");
        complete("audit-programme", "task_agreeLead", agreement("NOTHING", "NONE_YET"));
        assertThat(told()).isEmpty();
        assertThat(sees("audit-programme")).as("they lead, and this case waits").isEmpty();
    }

    @Test
    @DisplayName(
            "E21 Another programme handles the incident: whoever named them is named and when they take it back the others are told to stop")
    void whoeverNamedThemIsNamedAndWhenTheyTakeItBackTheOthersAreToldToStop() {
        anotherProgrammeIsAtWork("NAMED_PARTIES");
        assertThat(consents.of(caseNumber, "COMPLAINANT"))
                .as("what the passed-on report may be used for is on record from the first day")
                .extracting(Consents.Line::purpose)
                .containsExactlyInAnyOrder(Purpose.COMPLAINT_HANDLING, Purpose.SHARE_WITH_PROGRAMME);
        complete("audit-programme", "task_agreeLead", agreement("AS_REPORTED", "NONE_YET"));
        assertThat(told()).containsExactly("COMPLAINANT " + OTHER_WORD);

        takeBack("EVERYBODY");
        for (String stranger : List.of("smelter", "downstream", "vsc", "provider", "facilitator", "legal")) {
            assertThat(tasks(stranger, "task_tellToStop")).as(stranger).isEmpty();
        }
        Task tell = task("protection", "task_tellToStop");
        assertThat(reads("protection", "task_tellToStop")).contains("traceable tin east");
        for (String stranger : List.of("smelter", "downstream")) {
            assertThatThrownBy(() -> as(stranger).complete(tell, stopped()))
                    .as(stranger)
                    .isInstanceOf(AuthorizationException.class);
        }
        assertThat(tell.getDueDate())
                .as("within a day")
                .isEqualTo(new java.util.Date(ClockUtil.getCurrentTime().getTime() + 86_400_000L));
        complete("audit-programme", "task_tellToStop", stopped());
        takeBack("EVERYBODY");
        assertThat(tasks("audit-programme", "task_tellToStop"))
                .as("they have heard it")
                .isEmpty();

        travelThrough("2026-04-03T00:00:00Z");
        refused("task_askLeadStatus", takenOver("AS_REPORTED", "NONE_YET"), "reporterTold", "took that back on");
        complete("audit-programme", "task_askLeadStatus", takenOver("NOTHING", "NONE_YET"));
        assertThat(state()).as("handed over without a word of who reported").isEqualTo("TRANSFERRED");
        assertThat(told()).hasSize(1);
    }

    @Test
    @DisplayName(
            "E21 Another programme handles the incident: whoever is asked afresh is named only from the day of their yes")
    void whoeverIsAskedAfreshIsNamedOnlyFromTheDayOfTheirYes() {
        anotherProgrammeIsAtWork("PROGRAMME_ONLY");
        refused("task_agreeLead", agreement("AS_REPORTED", "NONE_YET"), "reporterTold", "did not agree");
        refused("task_agreeLead", asked("2026-03-03"), "reporterAgreedOn", "still to come");
        complete("audit-programme", "task_agreeLead", asked("2026-03-02"));
        assertThat(told()).containsExactly("COMPLAINANT " + OTHER_WORD);
        assertThat(consents.recipients(caseNumber, "COMPLAINANT", Purpose.SHARE_WITH_PROGRAMME))
                .containsExactly(OTHER_WORD);

        travelThrough("2026-03-10T08:00:00Z");
        takeBack("AUTHORITIES");
        complete("protection", "task_tellToStop", stopped());
        travelThrough("2026-04-03T00:00:00Z");
        refused(
                "task_askLeadStatus",
                with(takenOver("ASKED", "NONE_YET"), answer("2026-03-02")),
                "reporterAgreedOn",
                "2026-03-10: ask them again");
        complete("audit-programme", "task_askLeadStatus", with(takenOver("ASKED", "NONE_YET"), answer("2026-04-02")));
        assertThat(told()).hasSize(2);
        assertThat(state()).isEqualTo("TRANSFERRED");
    }

    /** E21, C.2: one contact, and for each person where she wants it. */
    @Test
    @DisplayName(
            "E21 Another programme handles the incident: a survivor is passed on only if she agreed and her withdrawal reaches them")
    void aSurvivorIsPassedOnOnlyIfSheAgreedAndHerWithdrawalReachesThem() {
        anotherProgrammeIsAtWork("NONE");
        registered(FIRST);
        registered(SECOND);
        refused("task_agreeLead", agreement("NOTHING", "THERE"), "contactForPeople", "0 of 2 people agreed");
        refused("task_agreeLead", agreement("NOTHING", "AS_AGREED"), "contactForPeople", "stays ours");
        agrees(FIRST);
        refused("task_agreeLead", agreement("NOTHING", "THERE"), "contactForPeople", "1 of 2 people agreed");
        complete("audit-programme", "task_agreeLead", agreement("NOTHING", "AS_AGREED"));
        assertThat(told()).containsExactly(FIRST + " " + OTHER_WORD);

        for (String person : List.of(SECOND, FIRST)) {
            begin("withdraw-consent", "vsc", withdrawal(person));
        }
        assertThat(tasks("vsc", "task_tellToStop"))
                .as("of the one who was named")
                .hasSize(1);
        for (String stranger : List.of("audit-programme", "smelter", "downstream", "facilitator", "provider")) {
            assertThat(tasks(stranger, "task_tellToStop")).as(stranger).isEmpty();
        }
        complete("vsc", "task_tellToStop", stopped());
        assertThat(consents.stands(caseNumber, FIRST, Purpose.SHARE_WITH_PROGRAMME, OTHER_WORD))
                .isFalse();

        agrees(FIRST);
        agrees(SECOND);
        travelThrough("2026-04-03T00:00:00Z");
        complete("audit-programme", "task_askLeadStatus", takenOver("NOTHING", "THERE"));
        assertThat(told())
                .containsExactly(FIRST + " " + OTHER_WORD, FIRST + " " + OTHER_WORD, SECOND + " " + OTHER_WORD);
    }

    /** The coordinator records it in the case plan, with the other purposes. */
    @Test
    @DisplayName(
            "E21 Another programme handles the incident: in the case plan a person agrees that another programme is told")
    void inTheCasePlanAPersonAgreesThatAnotherProgrammeIsTold() {
        anotherProgrammeIsAtWork("NONE");
        registered(FIRST);
        complete("vsc", "task_immediateNeeds", VictimForms.immediateNeeds());
        complete("vsc", "task_needsAssessment", VictimForms.needsAssessment());
        complete(
                "vsc",
                "task_caseManagementPlan",
                with(VictimForms.plan("LEGAL"), Map.of("consentScope", List.of("PROVIDERS", "PROGRAMME"))));
        assertThat(consents.stands(caseNumber, FIRST, Purpose.SHARE_WITH_PROGRAMME, OTHER_WORD))
                .isTrue();
        complete("audit-programme", "task_agreeLead", agreement("NOTHING", "THERE"));
        assertThat(told()).containsExactly(FIRST + " " + OTHER_WORD);

        cases.tell(caseNumber, "case-plan-reopened", Map.of());
        complete("vsc", "task_caseManagementPlan", VictimForms.plan("LEGAL"));
        assertThat(consents.stands(caseNumber, FIRST, Purpose.SHARE_WITH_PROGRAMME, OTHER_WORD))
                .as("the new plan says nothing of it any more")
                .isFalse();
        for (String stranger : List.of("audit-programme", "smelter", "downstream", "facilitator", "provider")) {
            assertThat(tasks(stranger, "task_tellToStop")).as(stranger).isEmpty();
        }
        assertThat(reads("vsc", "task_tellToStop")).contains("traceable tin east");
        complete("vsc", "task_tellToStop", stopped());
        assertThat(visits("end_toldToStop")).isEqualTo(1);
    }

    private void anotherProgrammeIsAtWork(String choice) {
        Scenario scenario = Scenario.of("S06");
        receive(
                "2026-03-02T09:30:00Z",
                with(scenario.grievance(), Map.of("channel", "UPSTREAM_PROGRAMME", "consentToShareIdentity", choice)));
        fireDueJobs();
        complete("protection", "task_safetyTriage", Step1.safe());
        complete("downstream", "task_screenCredibility", scenario.credibility());
        complete("downstream", "task_screenActionability", scenario.actionability());
        complete("audit-programme", "task_openReview", with(Step1.review(), Map.of("forumCheck", "LEAD_THERE")));
    }

    private Map<String, Object> agreement(String told, String contact) {
        return Map.of(
                "otherProgramme",
                OTHER,
                "leadProgramme",
                "THERE",
                "findingsShared",
                "BOTH",
                "reporterTold",
                told,
                "contactForPeople",
                contact,
                "leadReason",
                "They were at the site last week; agreed by telephone.");
    }

    private Map<String, Object> asked(String day) {
        return with(agreement("ASKED", "NONE_YET"), answer(day));
    }

    private static Map<String, Object> answer(String day) {
        return Map.of("reporterAgreedOn", day, "reporterAgreement", "Asked at the clinic; not by telephone.");
    }

    private Map<String, Object> takenOver(String told, String contact) {
        return Map.of(
                "leadStatus", "TAKEN_OVER",
                "remedyTakenOver", "YES",
                "reporterTold", told,
                "contactForPeople", contact,
                "leadStatusNote", "Their word in writing, of today.");
    }

    private static Map<String, Object> stopped() {
        return Map.of("stopAnswer", "STOPPED", "stopNote", "Their desk, by telephone.");
    }

    private void refused(String task, Map<String, Object> answer, String field, String why) {
        assertThatThrownBy(() -> complete("audit-programme", task, answer))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining(field)
                .hasMessageContaining(why);
        assertThat(sees("audit-programme")).as("nothing is lost").contains(task);
    }

    private void registered(String person) {
        parties.add(caseNumber, "vsc", "org-vsc");
        parties.add(caseNumber, "facilitator", "org-facilitator");
        workflow.register(
                caseNumber,
                Map.of(
                        "caseNumber", caseNumber,
                        "victimRef", person,
                        "coordinator", "org-vsc",
                        "facilitator", "org-facilitator",
                        "urgency", "NORMAL",
                        "mode", "NORMAL",
                        "isChild", false,
                        "riskLevel", "LOW",
                        "firstContactAt", ClockUtil.getCurrentTime()));
        fireDueJobs();
    }

    private void agrees(String person) {
        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> consents.give(
                        new Consents.Matter(caseNumber, person, Purpose.SHARE_WITH_PROGRAMME, null),
                        new Consents.Manner("PERSON", null, LocalDate.parse("2026-03-02"), null, null, null)));
    }

    /** Of whom which programme was told, by the disclosures. */
    private List<String> told() {
        return jdbc.sql("select person, recipient from vault_disclosure where case_number = ?"
                        + " and purpose = 'SHARE_WITH_PROGRAMME' order by person, id")
                .param(caseNumber)
                .query((row, index) -> row.getString("person") + " " + row.getString("recipient"))
                .list();
    }

    private void takeBack(String scope) {
        begin(
                "withdraw-complainant-consent",
                "protection",
                Map.of("caseNumber", caseNumber, "complainantScope", scope, "doorStaysOpen", true));
    }

    private Map<String, Object> withdrawal(String person) {
        return Map.of(
                "caseNumber",
                caseNumber,
                "victimRef",
                person,
                "helpWanted",
                "ALL",
                "withdrawnScope",
                "PROGRAMME",
                "doorStaysOpen",
                true);
    }

    private void begin(String process, String user, Map<String, Object> form) {
        startByForm(user, process, form);
        fireDueJobs();
    }
}
