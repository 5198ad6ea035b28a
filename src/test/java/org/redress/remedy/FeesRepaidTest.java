package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redress.engine.InvalidForm;
import org.redress.engine.Reference;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;

/** Fees that people paid for being recruited, and wages owed, are repaid within ninety days (remedy.md A.7 D23, C.3, C.8). */
@SuppressWarnings("NullAway.Init")
class FeesRepaidTest extends OnePersonTest {

    private static final String FOLLOW = "task_followRepayment";

    @Autowired
    private RepaymentWorkflow repayments;

    @Autowired
    private RecordsWorkflow records;

    @Autowired
    private MessageSource texts;

    @Test
    void onceTheAmountIsFixedFeesAreRepaidWithinNinetyDaysBesideAllOtherHelp() {
        accompanied();
        List<String> before = as("vsc").tasksOf(caseNumber);
        as("vsc")
                .complete(
                        "task_legalOptions", VictimForms.moneyOwed("FEES", "feesToRepay", 800, "owedCurrency", "USD"));
        assertThat(as("vsc").tasksOf(caseNumber)).contains(FOLLOW).hasSize(before.size());
        assertThat(due(FOLLOW)).isEqualTo("2026-05-03T23:59:59Z");
        Task follow = as("vsc").task(FOLLOW);
        assertThat(String.valueOf(as("vsc").formVariables(follow).get("feesToRepay")))
                .startsWith("800");
        for (String other :
                List.of("smelter", "downstream", "facilitator", "provider", "audit-programme", "protection")) {
            assertThat(as(other).tasksOf(caseNumber)).as(other).doesNotContain(FOLLOW);
            assertThatThrownBy(() -> as(other).complete(follow, repaid("2026-02-02")))
                    .as(other)
                    .isNotNull();
        }
        assertThat(repayments.of(caseNumber)).isEqualTo(Repayments.open(false));
        assertThat(records.isStillHelped(caseNumber, PERSON)).isTrue();
        assertThatThrownBy(() -> as("vsc").complete(follow, repaid("2026-02-05")))
                .as("nobody was paid tomorrow")
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("paidOn");
        as("vsc").complete(follow, repaid("2026-02-02"));
        assertThat(endOf(follow.getProcessInstanceId())).isEqualTo("end_repaid");
        assertThat(repayments.of(caseNumber)).isEqualTo(Repayments.REPAID);
    }

    @Test
    void theAmountIsFixedWithThePersonAndNinetyDaysCountFromThen() {
        accompanied();
        as("vsc").complete("task_legalOptions", VictimForms.moneyOwed("BOTH"));
        assertThat(due("task_fixAmount")).isEqualTo("2026-03-04T23:59:59Z");
        Task fix = as("vsc").task("task_fixAmount");
        assertThatThrownBy(() -> as("smelter").complete(fix, amount("FIXED"))).isNotNull();
        travelTo("2026-02-20T10:00:00Z");
        as("vsc").complete(fix, amount("FIXED"));
        assertThat(due(FOLLOW)).isEqualTo("2026-05-21T23:59:59Z");
        assertThat(String.valueOf(
                        as("vsc").formVariables(as("vsc").task(FOLLOW)).get("wagesOwed")))
                .startsWith("420");
    }

    /** What is owed is of the person alone (C.1): the engine holds a reference, and who watches or administers reads a mask. */
    @Test
    void whatIsOwedLiesSealedAndTheRepaymentBeginsAllTheSame() {
        accompanied();
        as("vsc").complete("task_legalOptions", VictimForms.moneyOwed("WAGES"));
        assertThat(keptOf("owedKind")).isNotEmpty().allMatch(Reference::is);
        assertThat(as("vsc").formVariables(as("vsc").task("task_fixAmount"))).containsEntry("owedKind", "WAGES");
        assertThat(keptOf("moneyOwed")).as("the name of before").isEmpty();
    }

    /** What is there, and what is not, would tell what is owed, which is sealed: both amounts are, whatever the kind. */
    @ParameterizedTest
    @CsvSource({"FEES, 800, 0", "WAGES, 0, 420", "BOTH, 800, 420"})
    void whichAmountsAreThereTellsNotWhatIsOwed(String kind, int fees, int wages) {
        accompanied();
        Map<String, Object> owed =
                VictimForms.moneyOwed(kind, "feesToRepay", fees, "wagesOwed", wages, "owedCurrency", "USD");
        for (String amount : List.of("feesToRepay", "wagesOwed")) {
            Map<String, Object> without = new HashMap<>(owed);
            without.remove(amount);
            assertThatThrownBy(() -> as("vsc").complete("task_legalOptions", without))
                    .as("asked for, whatever is owed")
                    .isInstanceOf(InvalidForm.class)
                    .hasMessageContaining(amount);
        }
        as("vsc").complete("task_legalOptions", owed);
        assertThat(keptOf("feesToRepay")).isNotEmpty().allMatch(Reference::is).hasSameSizeAs(keptOf("wagesOwed"));
        assertThat(keptOf("wagesOwed")).allMatch(Reference::is);
        Task follow = as("vsc").task(FOLLOW);
        assertThat(as("vsc").formVariables(follow).get("feesToRepay"))
                .asString()
                .startsWith(String.valueOf(fees));
        assertThat(as("vsc").formVariables(follow).get("wagesOwed")).asString().startsWith(String.valueOf(wages));
    }

    /** A task of an earlier model asks by the old name: it begins as well, and what follows is sealed. */
    @Test
    void aTaskOfAnEarlierModelBeginsTheRepaymentToo() {
        accompanied();
        deployForThisTest(repositoryService
                .createDeployment()
                .addModelInstance(
                        "legal-options-of-before.bpmn",
                        Bpmn.createExecutableProcess("legal-options-of-before")
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent()
                                .userTask("task_legalOptions")
                                .camundaCandidateGroups("vsc")
                                .camundaTaskListenerExpression("complete", "${repayments.begin(task)}")
                                .endEvent()
                                .done()));
        for (String owed : List.of("NONE", "FEES")) {
            String instance = start(
                            "legal-options-of-before",
                            caseNumber,
                            Map.of("victimRef", PERSON, "coordinator", "org-vsc"))
                    .getId();
            taskService.complete(
                    taskService
                            .createTaskQuery()
                            .processInstanceId(instance)
                            .singleResult()
                            .getId(),
                    Map.of("moneyOwed", owed, "amountFixed", "NO"));
            assertThat(as("vsc").sees("task_fixAmount")).as(owed).isEqualTo(owed.equals("FEES"));
        }
        assertThat(as("vsc").formVariables(as("vsc").task("task_fixAmount"))).containsEntry("owedKind", "FEES");
        assertThat(keptOf("owedKind")).isNotEmpty().allMatch(Reference::is);
    }

    /** Its form asks for one amount alone: the other is there as well. */
    @Test
    void aTaskOfAnEarlierModelLeavesBothAmountsToo() {
        accompanied();
        Deployment before = repositoryService
                .createDeployment()
                .addModelInstance(
                        "amounts-of-before.bpmn",
                        Bpmn.createExecutableProcess("amounts-of-before")
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent()
                                .userTask("task_legalOptions")
                                .camundaCandidateGroups("vsc")
                                .camundaTaskListenerExpression("complete", "${repayments.begin(task)}")
                                .endEvent()
                                .done())
                .deploy();
        try {
            String instance = start(
                            "amounts-of-before", caseNumber, Map.of("victimRef", PERSON, "coordinator", "org-vsc"))
                    .getId();
            taskService.complete(
                    taskService
                            .createTaskQuery()
                            .processInstanceId(instance)
                            .singleResult()
                            .getId(),
                    Map.of("moneyOwed", "WAGES", "amountFixed", "YES", "wagesOwed", 420, "owedCurrency", "USD"));
            assertThat(keptOf("feesToRepay")).hasSameSizeAs(keptOf("wagesOwed")).isNotEmpty();
            assertThat(keptOf("feesToRepay")).allMatch(Reference::is);
            Task follow = as("vsc").task(FOLLOW);
            assertThat(as("vsc").formVariables(follow)).containsEntry("feesToRepay", 0);
        } finally {
            repositoryService.deleteDeployment(before.getId(), true);
        }
    }

    @Test
    void whoDoesNotClaimItIsLeftInPeace() {
        accompanied();
        as("vsc").complete("task_legalOptions", VictimForms.moneyOwed("WAGES"));
        Task fix = as("vsc").task("task_fixAmount");
        as("vsc").complete(fix, Map.of("claimState", "DECLINED"));
        assertThat(endOf(fix.getProcessInstanceId())).isEqualTo("end_notClaimed");
        assertThat(repayments.of(caseNumber)).isEqualTo(Repayments.DECLINED);
    }

    @Test
    void whatIsNotRepaidStaysOpenIsCarriedBySomebodyAndStandsInTheClosing() {
        accompanied();
        as("vsc")
                .complete("task_legalOptions", VictimForms.moneyOwed("WAGES", "wagesOwed", 420, "owedCurrency", "USD"));
        travelTo("2026-03-02T10:00:00Z");
        as("vsc").complete(FOLLOW, notYet("NOBODY"));
        assertThat(due(FOLLOW)).as("the ninety days run on").isEqualTo("2026-05-03T23:59:59Z");
        assertThat(repayments.of(caseNumber).withoutCarrier()).isEqualTo(1);
        travelTo("2026-05-05T10:00:00Z");
        as("vsc").complete(FOLLOW, notYet("COURT"));
        assertThat(due(FOLLOW)).as("and then it is looked at again").isEqualTo("2026-06-04T23:59:59Z");
        assertThat(repayments.of(caseNumber)).isEqualTo(Repayments.open(true));
        assertThat(new FinalFigures(texts)
                        .of(
                                people.facts(caseNumber),
                                people.facts(caseNumber),
                                new ProgrammeCounts(List.of()),
                                repayments.of(caseNumber)))
                .contains("still owed: fewer than 5");
        assertThat(repayments.of(caseNumber, people.facts(caseNumber))).isEqualTo(Repayments.open(true));
        assertThat(repayments.of(caseNumber, new VictimCounts(List.of())))
                .as("who did not agree to be in reports")
                .isEqualTo(Repayments.NONE);

        begin("withdraw-consent", "vsc", withdrawal("helpWanted", "NONE"));
        assertThat(person().status()).isEqualTo("WITHDRAWN");
        assertThat(as("vsc").tasksOf(caseNumber)).as("it outlives the case").containsExactly(FOLLOW);
        Task follow = as("vsc").task(FOLLOW);
        as("vsc").complete(follow, given("NOT_OBTAINABLE"));
        assertThat(endOf(follow.getProcessInstanceId())).isEqualTo("end_notObtainable");
        assertThat(repayments.of(caseNumber)).isEqualTo(Repayments.NOT_OBTAINABLE);
    }

    @Test
    void thePersonMayDeclineAtAnyTimeAndIsAskedOnce() {
        accompanied();
        Map<String, Object> owed = VictimForms.moneyOwed("FEES", "feesToRepay", 800, "owedCurrency", "USD");
        as("vsc").complete("task_legalOptions", owed);
        begin("withdraw-consent", "vsc", withdrawal("helpWanted", "NONE"));
        begin("reopen-victim-case", "vsc", comingBack("NEEDS_HELP_AGAIN"));
        as("vsc").complete("task_immediateNeeds", VictimForms.immediateNeeds());
        as("vsc").complete("task_needsAssessment", VictimForms.needsAssessment());
        as("vsc").complete("task_legalOptions", owed);
        Task follow = as("vsc").task(FOLLOW);
        as("vsc").complete(follow, given("DECLINED"));
        assertThat(endOf(follow.getProcessInstanceId())).isEqualTo("end_declined");
        assertThat(repayments.of(caseNumber)).isEqualTo(Repayments.DECLINED);
    }

    private void accompanied() {
        assessed();
        assertThat(repayments.of(caseNumber).isNone()).isTrue();
    }

    private static Map<String, Object> repaid(String day) {
        return Map.of(
                "repaymentState", "REPAID",
                "feeTaker", "An agent at the bus station; the smelter pays it back",
                "paidOn", day,
                "repaidBy", "SMELTER",
                "repaymentProof", "Receipt with her thumbprint");
    }

    private static Map<String, Object> notYet(String carrier) {
        return Map.of(
                "repaymentState", "NOT_YET",
                "feeTaker", "The depot",
                "paidSoFar", 100,
                "repaymentCarrier", carrier,
                "repaymentNote", "They say the books are lost");
    }

    private static Map<String, Object> given(String up) {
        return Map.of("repaymentState", up, "repaymentNote", "I want to hear no more of that place");
    }

    private static Map<String, Object> amount(String state) {
        Map<String, Object> values = new HashMap<>();
        values.put("claimState", state);
        values.put("feesToRepay", 800);
        values.put("wagesOwed", 420);
        values.put("owedCurrency", "USD");
        values.put("amountBasis", "STATEMENT");
        return values;
    }
}
