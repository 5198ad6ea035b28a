package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.Step1.with;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.engine.InvalidForm;
import org.redress.engine.Parties;
import org.redress.engine.Reference;
import org.redress.vault.Consents;
import org.redress.vault.Purpose;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Somebody is in danger: a rescue beside everything else (E04), on a way that does not endanger anybody more (E05). */
@SuppressWarnings("NullAway.Init")
class EmergencyProtectionTest extends StoryTest {

    @Autowired
    private Parties parties;

    @Autowired
    private Consents consents;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private CaseEventsWorkflow events;

    @BeforeEach
    void aGrievanceArrives() {
        receive("2026-02-03T20:10:00Z", with(Step1.grievance(), Map.of("ongoing", "YES")));
        fireDueJobs();
    }

    @Test
    @DisplayName(
            "E04 Exploitation goes on: where the police are safe they hear of it and all three get people out on a Saturday night")
    void whereThePoliceAreSafeTheyHearOfItAndAllThreeGetPeopleOutOnASaturdayNight() {
        engaged();
        travelTo("2026-02-07T23:40:00Z");
        report("facilitator", "SOMEBODY_IN_DANGER", "A girl waved from the lorry.");
        assertThat(dueOf("protection", "task_assessDanger")).isEqualTo("2026-02-08T00:40:00Z");
        assertThat(lettersTo("vsc", caseNumber)).contains("ongoing-exploitation");
        complete("protection", "task_assessDanger", DangerForms.inDanger("NO", "YES"));
        assertThat(rescue("channelRule")).isEqualTo("RC1");
        complete("protection", "task_signProtection", DangerForms.signed());
        assertThat(sees("legal")).isEmpty();
        complete("protection", "task_reportToPolice", DangerForms.reportedToPolice("YES"));
        for (String user : List.of("protection", "facilitator", "vsc")) {
            assertThat(sees(user)).as(user).contains("task_bringToSafety");
        }
        for (String user : List.of("smelter", "downstream", "audit-programme", "provider", "legal")) {
            assertThat(sees(user)).as(user).doesNotContain("task_bringToSafety");
        }
        Task task = task("facilitator", "task_bringToSafety");
        assertThatThrownBy(() -> as("smelter").complete(task, DangerForms.broughtOut()))
                .isInstanceOf(RuntimeException.class);
        complete("facilitator", "task_bringToSafety", DangerForms.broughtOut());
        for (String user : List.of("vsc", "protection")) {
            assertThat(as(user).formVariables(task(user, "task_coverNeeds")))
                    .as("whoever covers their needs knows where they are")
                    .containsEntry("peopleAreNow", "With the sisters, behind the mill")
                    .containsEntry("rescueNote", "He has a fever.");
        }
        assertThat(sees("facilitator")).doesNotContain("task_coverNeeds");
        complete("vsc", "task_coverNeeds", DangerForms.covered());
        complete("protection", "task_recordRescue", DangerForms.recorded("YES"));
        assertThat(sees("protection"))
                .as("somebody is still in danger: it begins anew")
                .contains("task_assessDanger");
        complete("protection", "task_assessDanger", Map.of("dangerNow", "REFERRED", "dangerCount", 1));
        theRescueEndedAt("end_referred");
        assertThat(visits("task_reportToAuthority")).isZero();
    }

    @Test
    @DisplayName(
            "E05 The police are a danger: who finds the way unsafe is heard and protection settles it but never by the police")
    void whoFindsTheWayUnsafeIsHeardAndProtectionSettlesItButNeverByThePolice() {
        engaged();
        report("vsc", "SOMEBODY_IN_DANGER", "He was seen at the pit again.");
        complete("protection", "task_assessDanger", DangerForms.inDanger("NOT_KNOWN", "NO"));
        complete("protection", "task_signProtection", DangerForms.signed());
        assertThat(shown("facilitator", "task_signFacilitator", "dangerNote"))
                .isEqualTo("In the third hut, guarded by night.");
        complete("facilitator", "task_signFacilitator", DangerForms.notSigned());
        assertThat(shown("protection", "task_settleWay", "waySafeNote"))
                .isEqualTo("Their cousin works in that office.");
        assertThatThrownBy(() -> complete("protection", "task_settleWay", DangerForms.settled("POLICE")))
                .hasMessageContaining("may endanger these people");
        complete("protection", "task_settleWay", DangerForms.settled("OTHER_AUTHORITY"));
        assertThat(sees("facilitator")).contains("task_reportToAuthority");
    }

    /** E04: people in danger do not wait for a signature. */
    @Test
    @DisplayName("E04 Exploitation goes on: who has not signed within the hour is not waited for")
    void whoHasNotSignedWithinTheHourIsNotWaitedFor() {
        engaged();
        report("vsc", "SOMEBODY_IN_DANGER", null);
        complete("protection", "task_assessDanger", DangerForms.inDanger("YES", "NO"));
        complete("protection", "task_signProtection", DangerForms.signed());
        travelTo("2026-02-03T21:09:59Z");
        fireDueJobs();
        assertThat(sees("facilitator")).contains("task_signFacilitator");
        travelTo("2026-02-03T21:10:00Z");
        fireDueJobs();
        assertThat(sees("facilitator")).doesNotContain("task_signFacilitator");
        complete("protection", "task_settleWay", DangerForms.settled("OTHER_AUTHORITY"));
        assertThat(visits("task_reportToAuthority")).isEqualTo(1);
    }

    /** E05: out already, the police are unsafe, and the law asks for a report. */
    @Test
    @DisplayName("E05 The police are a danger: where nobody is in danger any more the law is clarified first")
    void whereNobodyIsInDangerAnyMoreTheLawIsClarifiedFirst() {
        report("downstream", "SOMEBODY_IN_DANGER", "They came home last week.");
        complete("protection", "task_assessDanger", DangerForms.assessed("OUT_OF_DANGER", "YES", "YES", "NO"));
        assertThat(rescue("channelRule")).isEqualTo("RC3");
        complete("legal", "task_signLegal", DangerForms.signed());
        complete("protection", "task_signProtection", DangerForms.signed());
        assertThat(dueOf("legal", "task_reviewDuty")).isEqualTo("2026-02-04T20:10:00Z");
        assertThat(sees("protection")).doesNotContain("task_reportToAuthority");
        complete("legal", "task_reviewDuty", DangerForms.duty());
        complete("protection", "task_reportToAuthority", DangerForms.reported("OTHER_AUTHORITY"));
        theRescueEndedAt("end_peopleSafe");
        assertThat(visits("task_bringToSafety")).isZero();
    }

    /** E04, E07. */
    @Test
    void aChildWhoIsOutAlreadyIsReportedToChildProtection() {
        engaged();
        report("legal", "SOMEBODY_IN_DANGER", null);
        complete("protection", "task_assessDanger", DangerForms.assessed("OUT_OF_DANGER", "NO", "NO", "YES"));
        complete("vsc", "task_signCoordinator", DangerForms.signed());
        complete("vsc", "task_reportToChildProtection", DangerForms.reported("CHILD_PROTECTION"));
        theRescueEndedAt("end_peopleSafe");
    }

    /** E04, D24. */
    @Test
    @DisplayName(
            "E04 Exploitation goes on: an adult who is out is asked once after thirty days and reports only what they want")
    void anAdultWhoIsOutIsAskedOnceAfterThirtyDaysAndReportsOnlyWhatTheyWant() {
        engaged();
        report("audit-programme", "SOMEBODY_IN_DANGER", null);
        complete("protection", "task_assessDanger", DangerForms.assessed("OUT_OF_DANGER", "NO", "NO", "NO"));
        complete("vsc", "task_signCoordinator", DangerForms.signed());
        assertThat(visits("task_reportToPolice") + visits("task_reportToAuthority"))
                .isZero();
        theRescueEndedAt("end_peopleSafe");

        String recovery = process("recovery-and-reflection");
        runtimeService
                .createProcessInstanceModification(recovery)
                .startBeforeActivity("task_askCooperation")
                .execute();
        Map<String, Object> agreed =
                Map.of("cooperationWish", "YES", "cooperationNote", "Only the wages, and only to the inspectorate.");
        assertThatThrownBy(() -> complete("vsc", "task_askCooperation", agreed))
                .as("whoever opens it before its time")
                .hasMessageContaining("until 2026-03-05");
        runtimeService
                .createProcessInstanceModification(recovery)
                .cancelAllForActivity("task_askCooperation")
                .execute();
        travelTo("2026-03-05T23:59:59Z");
        fireDueJobs();
        complete("vsc", "task_askCooperation", agreed);
        assertThatThrownBy(() ->
                        complete("protection", "task_reportAsAgreed", DangerForms.named("MINISTRY", "LEGAL_DUTY")))
                .as("nobody is in danger and no law asks for it")
                .hasMessageContaining("only if each of them agreed");
        complete("protection", "task_reportAsAgreed", DangerForms.named("MINISTRY", "CONSENT"));
        assertThat(endOf(recovery)).isEqualTo("end_reportedAsAgreed");
        assertThat(told()).containsExactly("MINISTRY of RESCUED: CONSENT");
        assertThat(jdbc.sql("select text_ from act_hi_detail where proc_inst_id_ = ? and name_ = 'cooperationWish'"
                                + " and text_ is not null")
                        .param(recovery)
                        .query(String.class)
                        .list())
                .as("the answer lies sealed")
                .isNotEmpty()
                .allMatch(Reference::is);
        assertThat(variable(recovery, "cooperationRoute"))
                .as("the way that the case took")
                .contains("AS_AGREED");
        assertThat(jdbc.sql("select purpose from vault_read where case_number = ? and variable = 'cooperationWish'")
                        .param(caseNumber)
                        .query(String.class)
                        .list())
                .as("that the house opened it is on record")
                .contains("which way the case goes");
    }

    /** C.2: whoever had agreed after the rescue, and not any more, is not named. */
    @Test
    void whoeverIsAskedAgainAndSaysNoIsNamedToNobody() {
        engaged();
        report("audit-programme", "SOMEBODY_IN_DANGER", null);
        complete("protection", "task_assessDanger", DangerForms.assessed("OUT_OF_DANGER", "NO", "NO", "NO"));
        complete("vsc", "task_signCoordinator", DangerForms.signed());
        theRescueEndedAt("end_peopleSafe");
        travelTo("2026-03-05T23:59:59Z");
        fireDueJobs();
        complete(
                "vsc",
                "task_askCooperation",
                Map.of("cooperationWish", "YES", "cooperationNote", "Only to the inspectorate."));
        jdbc.sql("update vault_consent set ended_at = now(), ended_as = 'WITHDRAWN' where case_number = ?")
                .param(caseNumber)
                .update();
        assertThatThrownBy(
                        () -> complete("protection", "task_reportAsAgreed", DangerForms.named("MINISTRY", "CONSENT")))
                .hasMessageContaining("No consent of RESCUED that an authority is told is on record");
        complete("protection", "task_reportAsAgreed", DangerForms.reported("MINISTRY"));
        assertThat(told()).isEmpty();
    }

    /** C.2: a name goes to an authority on a ground that is on record, and by consent only while there is one. */
    @Test
    void whoIsNamedToThePoliceIsNamedOnAGround() {
        engaged();
        report("facilitator", "SOMEBODY_IN_DANGER", null);
        complete("protection", "task_assessDanger", DangerForms.inDanger("NO", "NO"));
        complete("protection", "task_signProtection", DangerForms.signed());
        Map<String, Object> agreed = with(DangerForms.namedToPolice("CONSENT"), Map.of("reportPeople", "V-ONE, V-TWO"));
        assertThatThrownBy(() -> complete("protection", "task_reportToPolice", agreed))
                .hasMessageContaining("No consent of V-ONE that an authority is told is on record");
        agrees("V-ONE");
        assertThatThrownBy(() -> complete("protection", "task_reportToPolice", agreed))
                .hasMessageContaining("No consent of V-TWO");
        assertThat(told()).as("taken back with the form").isEmpty();
        agrees("V-TWO");
        complete("protection", "task_reportToPolice", agreed);
        assertThat(told())
                .containsExactly(
                        "POLICE of V-ONE: CONSENT",
                        "POLICE of V-TWO: CONSENT",
                        "MINISTRY of V-ONE: CONSENT",
                        "MINISTRY of V-TWO: CONSENT");

        complete("protection", "task_bringToSafety", DangerForms.broughtOut());
        complete("protection", "task_coverNeeds", DangerForms.covered());
        complete("protection", "task_recordRescue", DangerForms.recorded("YES"));
        complete("protection", "task_assessDanger", DangerForms.inDanger("NO", "NO"));
        complete("protection", "task_signProtection", DangerForms.signed());
        assertThatThrownBy(() -> complete(
                        "protection",
                        "task_reportToPolice",
                        Map.of("reportedTo", "POLICE", "ministryTold", "NOT_YET", "reportTells", "PEOPLE")))
                .hasMessageContaining("reportGround");
        complete("protection", "task_reportToPolice", DangerForms.namedToPolice("VITAL_INTERESTS"));
        assertThat(told())
                .contains("POLICE of null: VITAL_INTERESTS", "MINISTRY of null: VITAL_INTERESTS")
                .hasSize(6);
    }

    private void agrees(String person) {
        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> consents.give(
                        new Consents.Matter(caseNumber, person, Purpose.SHARE_WITH_AUTHORITY, null),
                        new Consents.Manner("PERSON", null, LocalDate.parse("2026-02-03"), null, null, null)));
    }

    private List<String> told() {
        return jdbc.sql("select recipient, person, ground from vault_disclosure where case_number = ? order by id")
                .param(caseNumber)
                .query((row, index) ->
                        row.getString("recipient") + " of " + row.getString("person") + ": " + row.getString("ground"))
                .list();
    }

    @Test
    void aFurtherReportJoinsTheRescueThatRunsAndIsNeverLost() {
        report("downstream", "SOMEBODY_IN_DANGER", "A boy is in the camp.");
        report("downstream", "SOMEBODY_IN_DANGER", "The same boy, I think.");
        assertThat(rescues()).as("never a second rescue").isEqualTo(1);
        assertThat(dueOf("protection", "task_takeInReport")).isEqualTo("2026-02-03T21:10:00Z");
        assertThat(shown("protection", "task_takeInReport", "eventNote")).isEqualTo("The same boy, I think.");
        complete("protection", "task_takeInReport", Map.of("othersInDanger", "NO"));

        report("downstream", "SOMEBODY_IN_DANGER", "His sister too.");
        complete("protection", "task_assessDanger", DangerForms.inDanger("NO", "YES"));
        complete("protection", "task_signProtection", DangerForms.signed());
        for (String inTheirPlace : List.of("MINISTRY", "OTHER_AUTHORITY", "UN_ENTITY", "CHILD_PROTECTION")) {
            assertThatThrownBy(() -> complete(
                            "protection",
                            "task_reportToPolice",
                            with(DangerForms.reported(inTheirPlace), Map.of("ministryTold", "YES"))))
                    .as(inTheirPlace)
                    .hasMessageContaining("This report goes to the police");
        }
        assertThatThrownBy(() -> complete("protection", "task_reportToPolice", DangerForms.reported("POLICE")))
                .hasMessageContaining("ministryTold");
        complete("protection", "task_reportToPolice", DangerForms.reportedToPolice("YES"));
        complete("protection", "task_takeInReport", others());
        complete("protection", "task_bringToSafety", DangerForms.broughtOut());
        complete("protection", "task_coverNeeds", DangerForms.covered());
        complete("protection", "task_recordRescue", DangerForms.recorded("NO"));
        assertThat(sees("protection")).as("the rescue goes on with her").contains("task_assessDanger");

        report("downstream", "SOMEBODY_IN_DANGER", "And a cook.");
        complete("protection", "task_assessDanger", Map.of("dangerNow", "NOBODY"));
        theRescueEndedAt("end_nobodyInDanger");
        complete("protection", "task_takeInReport", others());
        assertThat(rescues())
                .as("the first rescue is over, so another begins for the cook")
                .isEqualTo(2);
        assertThat(reads("protection", "task_assessDanger")).contains("And a cook.");
        assertThat(reports()).isEqualTo("1. What is new: She is thirteen.");
    }

    /** E04: whoever assesses the first report answers for those of the second, too. */
    @Test
    @DisplayName(
            "E04 Exploitation goes on: others who are taken in before the first report is assessed are not lost with it")
    void othersWhoAreTakenInBeforeTheFirstReportIsAssessedAreNotLostWithIt() {
        report("downstream", "SOMEBODY_IN_DANGER", "A man at pit 4.");
        report("downstream", "SOMEBODY_IN_DANGER", "A girl at pit 9.");
        complete("protection", "task_takeInReport", others());
        complete("protection", "task_assessDanger", Map.of("dangerNow", "NOBODY"));
        assertThat(sees("protection")).as("and the girl?").contains("task_assessDanger");
        assertThat(reads("protection", "task_assessDanger")).contains("A man at pit 4.", "others are concerned");
        assertThat(reports()).isEqualTo("1. A girl at pit 9. What is new: She is thirteen.");

        report("downstream", "SOMEBODY_IN_DANGER", "And a cook.");
        complete("protection", "task_takeInReport", Map.of("othersInDanger", "YES", "joinNote", "He is ill."));
        complete("protection", "task_assessDanger", Map.of("dangerNow", "REFERRED", "dangerCount", 1));
        assertThat(reports()).as("the girl was weighed").isEqualTo("1. And a cook. What is new: He is ill.");
        complete("protection", "task_assessDanger", Map.of("dangerNow", "REFERRED", "dangerCount", 2));
        theRescueEndedAt("end_referred");
        assertThat(rescues()).isEqualTo(1);
    }

    /** E04: the first and the two latest were shown once, and whoever came between was lost to the eye. */
    @Test
    @DisplayName(
            "E04 Exploitation goes on: all reports that nobody has weighed are shown in their order and none twice")
    void allReportsThatNobodyHasWeighedAreShownInTheirOrderAndNoneTwice() {
        report("downstream", "SOMEBODY_IN_DANGER", "A man at pit 1.");
        for (int pit = 2; pit <= 5; pit++) {
            report("downstream", "SOMEBODY_IN_DANGER", "A girl at pit %d.".formatted(pit));
            complete("protection", "task_takeInReport", others());
        }
        assertThat(reports())
                .containsSubsequence(
                        "1. A girl at pit 2. What is new: She is thirteen.",
                        "2. A girl at pit 3.",
                        "3. A girl at pit 4.",
                        "4. A girl at pit 5. What is new: She is thirteen.");
        assertThat(historyService
                        .createHistoricVariableInstanceQuery()
                        .processInstanceId(process("emergency-protection"))
                        .variableName("reportsToWeigh")
                        .list())
                .as("sealed where it lies")
                .isNotEmpty()
                .allSatisfy(lying -> assertThat(lying.getValue()).asString().startsWith("vault:"));
        assertThatThrownBy(() ->
                        as("smelter").complete(task("protection", "task_assessDanger"), Map.of("dangerNow", "NOBODY")))
                .isInstanceOf(RuntimeException.class);

        complete("protection", "task_assessDanger", Map.of("dangerNow", "REFERRED", "dangerCount", 1));
        assertThat(reports())
                .as("they came while it was open: who knows whether they were read")
                .contains("1. A girl at pit 2.", "4. A girl at pit 5.");
        report("downstream", "SOMEBODY_IN_DANGER", "And a cook.");
        complete("protection", "task_takeInReport", others());
        assertThat(reports()).contains("4. A girl at pit 5.", "5. And a cook.");
        complete("protection", "task_assessDanger", Map.of("dangerNow", "REFERRED", "dangerCount", 4));
        assertThat(reports())
                .as("weighed is weighed")
                .startsWith("1. And a cook.")
                .doesNotContain("pit");
        complete("protection", "task_assessDanger", Map.of("dangerNow", "REFERRED", "dangerCount", 1));
        theRescueEndedAt("end_referred");
    }

    private String reports() {
        return String.valueOf(shown("protection", "task_assessDanger", "reportsToWeigh"));
    }

    /** E04: as rescues of earlier models end. */
    @Test
    @DisplayName("E04 Exploitation goes on: others whom a rescue did not look for get one of their own")
    void othersWhomARescueDidNotLookForGetOneOfTheirOwn() {
        report("downstream", "SOMEBODY_IN_DANGER", "A man at pit 4.");
        runtimeService
                .createProcessInstanceModification(process("emergency-protection"))
                .cancelAllForActivity("task_assessDanger")
                .startBeforeActivity("end_nobodyInDanger")
                .setVariable("othersInDanger", "YES")
                .execute();
        fireDueJobs();
        assertThat(rescues()).isEqualTo(2);
        assertThat(reads("protection", "task_assessDanger")).contains("A man at pit 4.");
    }

    /** E04: what nobody knows counts as danger. */
    @Test
    @DisplayName("E04 Exploitation goes on: what the triage does not know is danger until somebody has looked")
    void whatTheTriageDoesNotKnowIsDangerUntilSomebodyHasLooked() {
        complete("protection", "task_safetyTriage", with(Step1.safe(), Map.of("childInDanger", "NOT_KNOWN")));
        assertThat(sees("protection")).contains("task_assessDanger");
        String step1 = process("verify-allegation");
        assertThat(variable(step1, "childInDanger")).contains("YES");
        assertThat(variable(step1, "medicalEmergency")).contains("NO");
        assertThat(variable(step1, "dangersNotKnown").orElseThrow()).hasToString("[\"childInDanger\"]");
        assertThat(variable(step1, "urgency")).contains("URGENT");
    }

    /** B.9: anyone tells protection, and learns nothing by it. */
    @Test
    void aSmelterAndTheDataProtectionOfficerReportDangerAndNothingElse() {
        parties.add(caseNumber, "smelter", "org-luma");
        for (String user : List.of("smelter", "dpo")) {
            assertThatThrownBy(() -> report(user, "RETALIATION", null))
                    .as(user)
                    .hasMessageContaining("you may report here that somebody is in danger");
        }
        report("smelter", "SOMEBODY_IN_DANGER", "Two girls wash ore by night.");
        assertThat(reads("protection", "task_assessDanger")).contains("Two girls wash ore by night.");
        report("dpo", "SOMEBODY_IN_DANGER", "A worker wrote of two girls.");
        assertThat(reads("protection", "task_takeInReport")).contains("A worker wrote of two girls.");
        for (String user : List.of("smelter", "dpo")) {
            assertThat(sees(user)).as(user).isEmpty();
            assertThat(lettersTo(user, caseNumber)).as(user).isEmpty();
            assertThat(actingAs(user, () -> runtimeService
                            .createProcessInstanceQuery()
                            .processDefinitionKey("emergency-protection")
                            .processInstanceBusinessKey(caseNumber)
                            .count()))
                    .as(user)
                    .isZero();
        }
    }

    /** E05, B.7 RC7: one person alone does not overrule that an adult has to agree. */
    @Test
    @DisplayName("E05 The police are a danger: who is out and does not agree is reported to nobody")
    void whoIsOutAndDoesNotAgreeIsReportedToNobody() {
        engaged();
        report("audit-programme", "SOMEBODY_IN_DANGER", null);
        complete("protection", "task_assessDanger", DangerForms.assessed("OUT_OF_DANGER", "NO", "NO", "NO"));
        complete("vsc", "task_signCoordinator", DangerForms.notSigned());
        for (String way : List.of("POLICE", "OTHER_AUTHORITY", "CHILD_PROTECTION")) {
            assertThatThrownBy(() -> complete("protection", "task_settleWay", DangerForms.settled(way)))
                    .as(way)
                    .hasMessageContaining("nowhere, unless an adult agrees");
        }
        complete("protection", "task_settleWay", DangerForms.settled("ONLY_WITH_CONSENT"));
        theRescueEndedAt("end_peopleSafe");
        assertThat(visits("task_reportToPolice") + visits("task_reportToAuthority"))
                .isZero();
    }

    /** E05, B.7 RC5. */
    @Test
    @DisplayName(
            "E05 The police are a danger: a child who is out is reported where children are protected or on a safer way")
    void aChildWhoIsOutIsReportedWhereChildrenAreProtectedOrOnASaferWay() {
        engaged();
        report("audit-programme", "SOMEBODY_IN_DANGER", null);
        complete("protection", "task_assessDanger", DangerForms.assessed("OUT_OF_DANGER", "NO", "NO", "YES"));
        complete("vsc", "task_signCoordinator", DangerForms.notSigned());
        for (String way : List.of("POLICE", "ONLY_WITH_CONSENT")) {
            assertThatThrownBy(() -> complete("protection", "task_settleWay", DangerForms.settled(way)))
                    .as(way)
                    .hasMessageContaining("This concerns a child");
        }
        complete("protection", "task_settleWay", DangerForms.settled("OTHER_AUTHORITY"));
        assertThat(sees("protection")).contains("task_reportToAuthority");
    }

    /** E05, B.7 RC6. */
    @Test
    @DisplayName("E05 The police are a danger: where the law asks for the police who finds them unsafe is heard")
    void whereTheLawAsksForThePoliceWhoFindsThemUnsafeIsHeard() {
        engaged();
        report("audit-programme", "SOMEBODY_IN_DANGER", null);
        complete("protection", "task_assessDanger", DangerForms.assessed("OUT_OF_DANGER", "NO", "YES", "NO"));
        complete("vsc", "task_signCoordinator", DangerForms.notSigned());
        complete("legal", "task_signLegal", DangerForms.signed());
        assertThatThrownBy(() -> complete("protection", "task_settleWay", DangerForms.settled("POLICE")))
                .hasMessageContaining("choose a safer way");
        complete("protection", "task_settleWay", DangerForms.settled("OTHER_AUTHORITY"));
        assertThat(sees("protection")).contains("task_reportToAuthority");
    }

    /** B.7 RC1: nobody waits inside for an office that opens on Monday, and nothing is over before it was told. */
    @Test
    @DisplayName("E04 Exploitation goes on: the ministry that was not told yet is told before the rescue is over")
    void theMinistryThatWasNotToldYetIsToldBeforeTheRescueIsOver() {
        report("downstream", "SOMEBODY_IN_DANGER", null);
        complete("protection", "task_assessDanger", DangerForms.inDanger("NO", "NO"));
        complete("protection", "task_signProtection", DangerForms.signed());
        complete("protection", "task_reportToPolice", DangerForms.reportedToPolice("NOT_YET"));
        complete("protection", "task_bringToSafety", DangerForms.broughtOut());
        complete("protection", "task_coverNeeds", DangerForms.covered());
        assertThatThrownBy(() -> complete("protection", "task_recordRescue", DangerForms.recorded("NO")))
                .hasMessageContaining("ministryToldSince");
        complete("protection", "task_recordRescue", DangerForms.recorded("YES"));
        complete("protection", "task_assessDanger", DangerForms.inDanger("NOT_KNOWN", "NO"));
        complete("protection", "task_signProtection", DangerForms.signed());
        complete("protection", "task_reportToAuthority", DangerForms.reported("UN_ENTITY"));
        complete("protection", "task_bringToSafety", DangerForms.broughtOut());
        complete("protection", "task_coverNeeds", DangerForms.covered());
        complete("protection", "task_recordRescue", DangerForms.recorded("NO"));
        complete("legal", "task_clarifyDuty", DangerForms.duty());
        theRescueEndedAt("end_peopleSafe");
    }

    /** B.7 RC1. */
    @Test
    @DisplayName("E04 Exploitation goes on: whoever told the ministry later says so with the rescue")
    void whoeverToldTheMinistryLaterSaysSoWithTheRescue() {
        report("downstream", "SOMEBODY_IN_DANGER", null);
        complete("protection", "task_assessDanger", DangerForms.inDanger("NO", "NO"));
        complete("protection", "task_signProtection", DangerForms.signed());
        complete("protection", "task_reportToPolice", DangerForms.reportedToPolice("NOT_YET"));
        complete("protection", "task_bringToSafety", DangerForms.broughtOut());
        complete("protection", "task_coverNeeds", DangerForms.covered());
        complete(
                "protection", "task_recordRescue", with(DangerForms.recorded("NO"), Map.of("ministryToldSince", true)));
        theRescueEndedAt("end_peopleSafe");
    }

    private static Map<String, Object> others() {
        return Map.of("othersInDanger", "YES", "joinNote", "She is thirteen.");
    }

    /** Each on a node of its own. */
    @Test
    void twoReportsAtTheSameMomentBeginOneRescue() throws Exception {
        cases.begin("case-event-reported", caseNumber, Map.of("eventKind", "SOMEBODY_IN_DANGER"));
        cases.begin("case-event-reported", caseNumber, Map.of("eventKind", "SOMEBODY_IN_DANGER"));
        List<String> jobs = managementService.createJobQuery().processDefinitionKey("report-to-case").list().stream()
                .map(Job::getId)
                .toList();
        assertThat(jobs).hasSize(2);
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> running = new ArrayList<>();
            jobs.forEach(job -> running.add(nodes.submit(() -> managementService.executeJob(job))));
            for (Future<?> each : running) {
                each.get(60, TimeUnit.SECONDS);
            }
        } finally {
            nodes.shutdownNow();
        }
        fireDueJobs();
        assertThat(rescues()).isEqualTo(1);
        assertThat(sees("protection")).contains("task_assessDanger", "task_takeInReport");
    }

    @Test
    void whoDoesNotBelongToTheCaseLearnsNotEvenThatItIsThere() {
        for (String user : List.of("facilitator", "vsc", "provider", "smelter")) {
            assertThatThrownBy(() -> report(user, "SOMEBODY_IN_DANGER", null))
                    .as(user)
                    .isInstanceOf(InvalidForm.class)
                    .hasMessageContaining("you have no such case");
        }
        assertThatThrownBy(() -> report("member", "SOMEBODY_IN_DANGER", null))
                .isInstanceOf(AuthorizationException.class);
        String there = caseNumber;
        caseNumber = "R-2026-9999";
        assertThatThrownBy(() -> report("protection", "SOMEBODY_IN_DANGER", null))
                .hasMessageContaining("you have no such case");
        caseNumber = there;
        assertThatThrownBy(() -> report("protection", "A_RUMOUR", null)).hasMessageContaining("eventKind");
        assertThat(sees("protection")).containsExactly("task_safetyTriage");
    }

    /** A kind that one door knows and another does not would be lost. */
    @Test
    void everyKindCanBeReportedAtEveryDoor() throws IOException {
        List<String> kinds = Arrays.stream(CaseEvent.values()).map(Enum::name).toList();
        JsonNode schema =
                new ObjectMapper().readTree(getClass().getResourceAsStream("/schemas/case-event.schema.json"));
        assertThat(StreamSupport.stream(schema.at("/properties/eventKind/enum").spliterator(), false)
                        .map(JsonNode::asText))
                .containsExactlyInAnyOrderElementsOf(kinds);
        JsonNode form = new ObjectMapper().readTree(new File("forms/remedy/begin-report-to-case.form"));
        assertThat(StreamSupport.stream(form.path("components").spliterator(), false)
                        .filter(field -> field.path("key").asText().equals("eventKind"))
                        .flatMap(field ->
                                StreamSupport.stream(field.path("values").spliterator(), false))
                        .map(value -> value.path("value").asText()))
                .containsExactlyInAnyOrderElementsOf(kinds);
        assertThatThrownBy(() -> events.report(
                        (DelegateExecution) runtimeService
                                .createExecutionQuery()
                                .processInstanceId(caseId)
                                .list()
                                .get(0),
                        "A_RUMOUR"))
                .hasMessageContaining("A_RUMOUR");
    }

    // What they do

    private void engaged() {
        parties.add(caseNumber, "facilitator", "org-facilitator");
        parties.add(caseNumber, "vsc", "org-vsc");
    }

    private void report(String user, String kind, @Nullable String note) {
        Map<String, Object> form =
                new HashMap<>(Map.of("caseNumber", " " + caseNumber.toLowerCase(Locale.ROOT), "eventKind", kind));
        if (note != null) {
            form.put("eventNote", note);
        }
        ProcessInstance told = startByForm(user, "report-to-case", form);
        assertThat(told.getBusinessKey()).isEqualTo(caseNumber);
        fireDueJobs();
    }

    private void theRescueEndedAt(String end) {
        assertThat(isEnded(process("emergency-protection"))).isTrue();
        assertThat(visits(end)).isEqualTo(1);
    }

    private long rescues() {
        return historyService
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey("emergency-protection")
                .processInstanceBusinessKey(caseNumber)
                .count();
    }

    private String rescue(String variable) {
        return variable(process("emergency-protection"), variable)
                .map(Object::toString)
                .orElse("");
    }

    private String dueOf(String user, String element) {
        return task(user, element).getDueDate().toInstant().toString();
    }
}
