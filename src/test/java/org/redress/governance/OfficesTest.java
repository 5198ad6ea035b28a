package org.redress.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.governance.Term.Office;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Whose an open task is while seats and the chair pass on: by a change that somebody makes, and by a day that comes. */
@SuppressWarnings("NullAway.Init")
class OfficesTest extends CalendarTest {

    private static final String GOVERNMENT = "org-member-gov";
    private static final String COMPANY = "org-member";
    private static final String NGO = "org-member-ngo";
    private static final String OSTRENIA = "org-ostrenia";
    private static final String OF_GOVERNMENT = "steering-committee";
    private static final String OF_COMPANY = "steering-committee-corporate";
    private static final String OF_NGO = "steering-committee-ngo";

    @Autowired
    private Offices offices;

    @Autowired
    private PlatformTransactionManager transactions;

    @BeforeEach
    void aCaseWithATaskOfEachKind() {
        deployForThisTest(repositoryService
                .createDeployment()
                .addModelInstance(
                        "office-probe.bpmn",
                        Bpmn.createExecutableProcess("office-probe")
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent()
                                .parallelGateway("fork")
                                .userTask("screen")
                                .name("Screen it")
                                .camundaCandidateGroups("${committee.groups(recused)}")
                                .endEvent()
                                .moveToNode("fork")
                                .userTask("preside")
                                .name("Preside")
                                .camundaCandidateGroups("${committee.presiding(out)}")
                                .endEvent()
                                .moveToNode("fork")
                                .userTask("vote")
                                .name("Vote")
                                .camundaCandidateGroups("${parties.groupOf('steering-committee', elector)}")
                                .endEvent()
                                .done()));
        admit(GOVERNMENT, "government", "FULL");
        admit(OSTRENIA, "government", "FULL");
        admit(COMPANY, "corporate", "FULL");
        admit(NGO, "ngo", "FULL");
        User ostrenia = identityService.newUser("ostrenia");
        ostrenia.setPassword("ostrenia");
        identityService.saveUser(ostrenia);
        for (String group : List.of("government-chair", "steering-committee", OSTRENIA)) {
            identityService.createMembership("ostrenia", group);
        }
    }

    @AfterEach
    void nothingStays() {
        identityService.deleteUser("ostrenia");
        historyService
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey("keep-calendar")
                .finished()
                .list()
                .forEach(asked -> historyService.deleteHistoricProcessInstance(asked.getId()));
    }

    private String begin(String caseNumber, String... recused) {
        return start(
                        "office-probe",
                        caseNumber,
                        Map.of("recused", List.of(recused), "out", List.of(recused), "elector", COMPANY))
                .getId();
    }

    private void claimed(String user, String element) {
        Task task = as(user).task(element);
        actingAs(user, () -> {
            taskService.claim(task.getId(), user);
            return task;
        });
    }

    private Task open(String caseNumber, String element) {
        return taskService
                .createTaskQuery()
                .processInstanceBusinessKey(caseNumber)
                .taskDefinitionKey(element)
                .singleResult();
    }

    private List<String> groups(String caseNumber, String element) {
        return taskService.getIdentityLinksForTask(open(caseNumber, element).getId()).stream()
                .filter(link -> link.getType().equals("candidate"))
                .map(IdentityLink::getGroupId)
                .sorted()
                .toList();
    }

    private void at(String instant) {
        travelTo(instant);
        offices.passOnWithTheDay();
    }

    private void end(Office office, String organisation, String lastDay) {
        Term term = terms.running(office).stream()
                .filter(each -> each.organisation().equals(organisation))
                .findFirst()
                .orElseThrow();
        terms.end(term.id(), LocalDate.parse(lastDay), BY, WHY);
    }

    // Seats

    @Test
    void whoeverIsGivenASeatFindsWhatWaitsButNotWhereItStaysOut() {
        seat(COMPANY);
        begin("C-2026-0001");
        begin("C-2026-0002", NGO);
        assertThat(as(OF_NGO).tasks()).isEmpty();

        seat(NGO);
        assertThat(as(OF_NGO).tasksOf("C-2026-0001")).containsExactly("screen");
        assertThat(as(OF_NGO).tasksOf("C-2026-0002")).as("recused there").isEmpty();
        assertThat(groups("C-2026-0001", "screen"))
                .containsExactly("steering-committee.org-member", "steering-committee.org-member-ngo");
        as(OF_NGO).complete("screen", Map.of());
    }

    @Test
    void aMemberThatBecomesInactiveLosesEvenWhatItHasClaimedUntilItIsCured() {
        seat(COMPANY);
        seat(GOVERNMENT);
        begin("C-2026-0001");
        claimed(OF_COMPANY, "screen");
        Task task = open("C-2026-0001", "screen");

        roster.changeStatus(COMPANY, "INACTIVE", "M-2026-0001", "DUES_OVERDUE");
        assertThat(open("C-2026-0001", "screen").getAssignee()).isNull();
        assertThat(as(OF_COMPANY).sees("screen")).isFalse();
        assertThatThrownBy(() -> as(OF_COMPANY).complete(task, Map.of())).isInstanceOf(AuthorizationException.class);
        claimed(OF_GOVERNMENT, "screen");

        roster.reinstate(COMPANY, "M-2026-0001", "CURED");
        assertThat(as(OF_COMPANY).sees("screen")).isTrue();
        assertThat(open("C-2026-0001", "screen").getAssignee())
                .as("whoever still holds a seat keeps what they have claimed")
                .isEqualTo(OF_GOVERNMENT);
    }

    @Test
    void whoeverIsExpelledLosesSeatAndChairAtOnce() {
        seat(GOVERNMENT);
        seat(COMPANY);
        give(Office.CHAIR, GOVERNMENT, "2026-01-01", null);
        begin("C-2026-0001");
        claimed("government-chair", "preside");

        roster.changeStatus(GOVERNMENT, "EXPELLED", "C-2026-0009", "PLENARY_DECISION");
        assertThat(groups("C-2026-0001", "screen")).containsExactly("steering-committee.org-member");
        assertThat(groups("C-2026-0001", "preside")).containsExactly("secretariat");
        assertThat(open("C-2026-0001", "preside").getAssignee()).isNull();
        assertThat(as("government-chair").sees("preside")).isFalse();
        as("secretariat").complete("preside", Map.of());
    }

    @Test
    void aTermThatBeginsOrEndsWithADayIsFollowedWithTheDay() {
        seat(COMPANY, "2026-01-01", "2026-02-10");
        seat(NGO, "2026-02-11", null);
        begin("C-2026-0001");
        claimed(OF_COMPANY, "screen");

        at("2026-02-10T23:59:59Z");
        assertThat(open("C-2026-0001", "screen").getAssignee())
                .as("the last day counts")
                .isEqualTo(OF_COMPANY);
        at("2026-02-11T00:00:00Z");
        assertThat(as(OF_COMPANY).sees("screen")).isFalse();
        assertThat(as(OF_NGO).task("screen").getAssignee()).isNull();

        Date followed = open("C-2026-0001", "screen").getLastUpdated();
        at("2026-02-11T00:01:00Z");
        assertThat(open("C-2026-0001", "screen").getLastUpdated())
                .as("a second time nothing happens")
                .isEqualTo(followed);
        as(OF_NGO).complete("screen", Map.of());
    }

    @Test
    void theVoteOfAnElectorStaysAsTheBallotOpened() {
        seat(COMPANY, "2026-01-01", "2026-02-10");
        seat(NGO);
        begin("C-2026-0001");
        at("2026-02-11T00:00:00Z");
        assertThat(as(OF_COMPANY).tasksOf("C-2026-0001")).containsExactly("vote");
        assertThat(groups("C-2026-0001", "vote")).containsExactly("steering-committee.org-member");
    }

    @Test
    void whatAnAdministratorChoseStays() {
        seat(COMPANY, "2026-01-01", "2026-02-10");
        seat(NGO);
        begin("C-2026-0001");
        taskService.addCandidateGroup(open("C-2026-0001", "screen").getId(), "legal");
        taskService.setAssignee(open("C-2026-0001", "screen").getId(), "dpo");

        at("2026-02-11T00:00:00Z");
        assertThat(groups("C-2026-0001", "screen")).containsExactly("legal", "steering-committee.org-member-ngo");
        assertThat(open("C-2026-0001", "screen").getAssignee()).isEqualTo("dpo");
    }

    // Nobody is left

    @Test
    void whereNobodyIsLeftTheChangeStandsAndTheSecretariatIsAskedForASeat() {
        seat(COMPANY);
        begin("C-2026-0001");
        roster.changeStatus(COMPANY, "INACTIVE", "M-2026-0001", "DUES_OVERDUE");

        assertThat(roster.statusOf(COMPANY)).isEqualTo("INACTIVE");
        assertThat(groups("C-2026-0001", "screen")).isEmpty();
        for (String user : List.of(OF_COMPANY, OF_NGO, OF_GOVERNMENT, "secretariat", "government-chair")) {
            assertThat(as(user).sees("screen")).as(user).isFalse();
        }
        Task asked = as("secretariat").task("task_changeCalendar");
        assertThat(asked.getAssignee())
                .as("of whoever of the Secretariat comes first")
                .isNull();
        assertThat(String.valueOf(as("secretariat").formVariables(asked).get("waitingLines")))
                .isEqualTo("[{\"line\":\"Screen it · C-2026-0001\"}]");

        as("secretariat")
                .complete(
                        asked,
                        Map.of(
                                "calendarDecision",
                                "APPLY",
                                "termHolder",
                                NGO,
                                "termFrom",
                                "2026-02-02",
                                "calendarReason",
                                WHY));
        assertThat(as(OF_NGO).tasksOf("C-2026-0001")).containsExactly("screen");
    }

    @Test
    void theSecretariatIsAskedOnceADay() {
        seat(COMPANY, "2026-01-01", "2026-02-10");
        begin("C-2026-0001");
        at("2026-02-10T12:00:00Z");
        assertThat(as("secretariat").sees("task_changeCalendar")).isFalse();
        at("2026-02-11T00:00:00Z");
        at("2026-02-11T00:01:00Z");
        as("secretariat").complete("task_changeCalendar", Map.of("calendarDecision", "LEAVE"));
        at("2026-02-11T12:00:00Z");
        assertThat(as("secretariat").sees("task_changeCalendar")).isFalse();
        at("2026-02-12T00:00:00Z");
        assertThat(as("secretariat").sees("task_changeCalendar")).isTrue();
    }

    /** Whoever causes it is not handed the calendar, whatever they may start. */
    @Test
    void theMemberThatCausesItIsNotAskedToGiveTheSeat() {
        seat(COMPANY);
        begin("C-2026-0001");
        actingAs("member", () -> {
            roster.changeStatus(COMPANY, "INACTIVE", "M-2026-0001", "DUES_OVERDUE");
            return COMPANY;
        });
        assertThat(as("member").tasks()).isEmpty();
        assertThat(as("secretariat").task("task_changeCalendar").getAssignee()).isNull();
    }

    @Test
    void aCalendarInWhichNothingWaitsShowsNoSuchTask() {
        seat(COMPANY);
        begin("C-2026-0001");
        assertThat(offices.waitingTasks()).isEmpty();
    }

    // What goes wrong

    @Test
    void aTaskThatCannotBeAskedStaysAsItIsAndStopsNobody() {
        seat(COMPANY, "2026-01-01", "2026-02-10");
        seat(NGO);
        String broken = begin("C-2026-0001");
        begin("C-2026-0002");
        runtimeService.setVariable(broken, "recused", 7);

        at("2026-02-11T00:00:00Z");
        assertThat(groups("C-2026-0001", "screen"))
                .containsExactly("steering-committee.org-member", "steering-committee.org-member-ngo");
        assertThat(groups("C-2026-0002", "screen")).containsExactly("steering-committee.org-member-ngo");

        runtimeService.setVariable(broken, "recused", json(List.of()));
        at("2026-02-11T00:01:00Z");
        assertThat(groups("C-2026-0001", "screen")).containsExactly("steering-committee.org-member-ngo");
    }

    @Test
    void aSuspendedCaseFollowsOnceItGoesOn() {
        seat(COMPANY, "2026-01-01", "2026-02-10");
        seat(NGO);
        String suspended = begin("C-2026-0001");
        runtimeService.suspendProcessInstanceById(suspended);
        at("2026-02-11T00:00:00Z");
        runtimeService.activateProcessInstanceById(suspended);
        at("2026-02-11T00:01:00Z");
        assertThat(groups("C-2026-0001", "screen")).containsExactly("steering-committee.org-member-ngo");
    }

    @Test
    void whenTheTransactionOfTheChangeFailsNothingHasFollowed() {
        seat(COMPANY);
        begin("C-2026-0001");
        assertThatThrownBy(() -> new TransactionTemplate(transactions).executeWithoutResult(status -> {
                    seat(NGO);
                    assertThat(groups("C-2026-0001", "screen")).hasSize(2);
                    throw new IllegalStateException("something else goes wrong");
                }))
                .hasMessage("something else goes wrong");
        assertThat(groups("C-2026-0001", "screen")).containsExactly("steering-committee.org-member");
        assertThat(as(OF_NGO).sees("screen")).isFalse();
    }

    @Test
    void severalNodesFollowTheSameDayOnce() {
        seat(COMPANY, "2026-01-01", "2026-02-10");
        seat(NGO, "2026-02-11", null);
        for (int each = 1; each <= 20; each++) {
            begin("C-2026-%04d".formatted(each));
        }
        travelTo("2026-02-11T00:00:00Z");
        CompletableFuture.allOf(IntStream.range(0, 4)
                        .mapToObj(node -> CompletableFuture.runAsync(offices::passOnWithTheDay))
                        .toArray(CompletableFuture[]::new))
                .join();
        for (int each = 1; each <= 20; each++) {
            assertThat(groups("C-2026-%04d".formatted(each), "screen"))
                    .containsExactly("steering-committee.org-member-ngo");
        }
    }

    @Test
    void aHundredTasksAreAskedInOneTransaction() {
        seat(COMPANY);
        for (int each = 1; each <= 50; each++) {
            begin("C-2026-%04d".formatted(each));
        }
        long start = System.nanoTime();
        seat(NGO);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(as(OF_NGO).tasks()).hasSize(50);
    }

    // The chair

    @Test
    void theChairPassesOnAndItsTasksWithIt() {
        give(Office.CHAIR, GOVERNMENT, "2026-01-01", "2026-02-10");
        give(Office.CHAIR, OSTRENIA, "2026-02-11", null);
        seat(COMPANY);
        begin("C-2026-0001");
        begin("C-2026-0002", OSTRENIA);
        Task task = open("C-2026-0001", "preside");
        claimed("government-chair", "C-2026-0001", "preside");
        assertThat(groups("C-2026-0001", "preside")).containsExactly("government-chair.org-member-gov");
        assertThat(as("ostrenia").sees("preside")).isFalse();

        at("2026-02-11T00:00:00Z");
        assertThat(as("government-chair").sees("preside")).isFalse();
        assertThatThrownBy(() -> as("government-chair").complete(task, Map.of()))
                .isInstanceOf(AuthorizationException.class);
        assertThat(groups("C-2026-0002", "preside"))
                .as("the new chair stays out of this case")
                .containsExactly("secretariat");
        as("ostrenia").complete("preside", Map.of());
        assertThat(open("C-2026-0001", "preside")).isNull();
    }

    private void claimed(String user, String caseNumber, String element) {
        Task task = open(caseNumber, element);
        actingAs(user, () -> {
            taskService.claim(task.getId(), user);
            return task;
        });
    }

    @Test
    void whileNobodyHoldsTheChairTheSecretariatTakesItsPart() {
        seat(COMPANY);
        begin("C-2026-0001");
        assertThat(as("government-chair").sees("preside")).isFalse();
        assertThat(as("secretariat").sees("preside")).isTrue();

        give(Office.CHAIR, GOVERNMENT, "2026-02-02", null);
        assertThat(as("secretariat").sees("preside")).isFalse();
        assertThat(as("government-chair").sees("preside")).isTrue();

        roster.changeStatus(GOVERNMENT, "INACTIVE", "M-2026-0001", "DUES_OVERDUE");
        assertThat(committee.chair()).as("takes no part").isEmpty();
        assertThat(as("government-chair").sees("preside")).isFalse();
        assertThat(as("secretariat").sees("preside")).isTrue();
        roster.reinstate(GOVERNMENT, "M-2026-0001", "CURED");

        end(Office.CHAIR, GOVERNMENT, "2026-02-02");
        assertThat(as("government-chair").sees("preside")).as("its last day").isTrue();
        at("2026-02-03T00:00:00Z");
        assertThat(as("government-chair").sees("preside")).isFalse();
        as("secretariat").complete("preside", Map.of());
    }

    @Test
    void aTaskThatWasOpenToEverybodyWithTheRoleGoesToTheChair() {
        give(Office.CHAIR, GOVERNMENT, "2026-01-01", null);
        seat(COMPANY);
        begin("C-2026-0001");
        String task = open("C-2026-0001", "preside").getId();
        taskService.deleteCandidateGroup(task, "government-chair.org-member-gov");
        taskService.addCandidateGroup(task, "government-chair");
        assertThat(as("ostrenia").sees("preside")).as("as it was before").isTrue();

        offices.passOnWithTheDay();
        assertThat(groups("C-2026-0001", "preside")).containsExactly("government-chair.org-member-gov");
        assertThat(as("ostrenia").sees("preside")).isFalse();
    }
}
