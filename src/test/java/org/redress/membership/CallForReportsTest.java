package org.redress.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redress.engine.InvalidForm;
import org.redress.engine.InvalidInput;

/** One instance a member and year, however often and by whomever it is asked for (membership.md C, Annual report). */
class CallForReportsTest extends StandingTest {

    @Test
    void theSecretariatCallsForTheReportsOfAllMembersAndOfNoObserver() {
        ProcessInstance call = call("secretariat");
        assertThat(endOf(call.getId())).isEqualTo("end_reportsCalledFor");
        assertThat(years()).containsExactly(MEMBER, GOVERNMENT, NGO);
        assertThat(as("member").tasks()).hasSize(1);
        assertThat(as("member-gov").tasks()).hasSize(1);
        assertThat(as("member-ngo").tasks()).singleElement().satisfies(task -> assertThat(task.getName())
                .matches("File the annual report · M-2026-\\d{4}"));
    }

    @Test
    void aSecondCallAsksOnlyThoseWhoCameSince() {
        call("secretariat");
        call("secretariat");
        assertThat(years()).containsExactly(MEMBER, GOVERNMENT, NGO);
        admit("org-probe-late", "ngo", "ENGAGED");
        call("secretariat");
        assertThat(years()).containsExactly(MEMBER, GOVERNMENT, NGO, "org-probe-late");
        assertThat(instances()).isEqualTo(4);
    }

    @Test
    void whoIsInactiveIsAskedToo() {
        roster.changeStatus(NGO, "INACTIVE", "M-2026-0001", "DUES_OVERDUE");
        call("secretariat");
        assertThat(years()).contains(NGO);
    }

    @Test
    void aMemberWhoseLastYearIsStillBeingDecidedWaitsUntilItIs() {
        begin(MEMBER);
        travelTo("2027-03-18T09:00:00Z");
        governance.plan("2028-03-18", "2028-03-20", BY, WHY);
        governance.hold(PLENARY, BY, WHY);
        ProcessInstance call = call("secretariat");
        assertThat(jdbc.sql("select member from standing_year where plenary = 'P-2028' order by member")
                        .query(String.class)
                        .list())
                .as("the others are asked")
                .containsExactly(GOVERNMENT, NGO);
        assertThat(isEnded(call.getId())).isFalse();

        travelTo("2027-03-21T06:00:00Z");
        fireDueJobs();
        assertThat(roster.statusOf(MEMBER)).isEqualTo("INACTIVE");
        travelTo("2027-03-26T06:00:00Z");
        fireDueJobs();
        assertThat(endOf(call.getId())).isEqualTo("end_reportsCalledFor");
        assertThat(standing.begin(MEMBER, "P-2028")).isNotEmpty();
        assertThat(instances()).as("one open year a member").isEqualTo(3);
    }

    @Test
    void nobodyWaitsForAPlenaryThatIsNotPlannedAnyMore() {
        begin(MEMBER);
        governance.plan("2026-06-01", "2026-06-02", BY, WHY);
        ProcessInstance call = call("secretariat");
        assertThat(isEnded(call.getId()))
                .as("the member's year of 2027 is open")
                .isFalse();
        governance.cancel("P-2026", BY, WHY);
        travelTo("2026-02-10T06:00:00Z");
        fireDueJobs();
        assertThat(endOf(call.getId())).isEqualTo("end_reportsCalledFor");
    }

    @Test
    void withoutAPlenaryThereIsNothingToReportTo() {
        governance.cancel(PLENARY, BY, WHY);
        assertThatThrownBy(() -> call("secretariat"))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("No annual Plenary is planned: plan it first");
        assertThat(instances()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"member", "member-gov", "steering-committee", "association", "smelter"})
    void nobodyElseCallsForReports(String user) {
        assertThatThrownBy(() -> call(user)).isInstanceOf(AuthorizationException.class);
        assertThat(instances()).isZero();
    }

    @Test
    void aYearBeginsOnceAndOnlyForWhoOwesAReport() {
        String year = standing.begin(MEMBER, PLENARY);
        assertThat(standing.begin(MEMBER, PLENARY)).isEqualTo(year);
        assertThat(instances()).isEqualTo(1);
        assertThatThrownBy(() -> standing.begin(OBSERVER, PLENARY))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("owes no annual report");
        assertThatThrownBy(() -> standing.begin("org-luma", PLENARY)).isInstanceOf(InvalidInput.class);
        roster.changeStatus(NGO, "WITHDRAWN", "M-2026-0001", "WITHDRAWN");
        assertThatThrownBy(() -> standing.begin(NGO, PLENARY)).hasMessageContaining("owes no annual report");
        String special = governance.convene("2026-06-01", "2026-06-01", "OTHER", null, BY, WHY);
        assertThatThrownBy(() -> standing.begin(GOVERNMENT, special))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("choose the next one in the calendar");
        assertThatThrownBy(() -> standing.begin(GOVERNMENT, "P-2062"))
                .hasMessageContaining("There is no Plenary P-2062");
        assertThat(instances()).isEqualTo(1);
    }

    @Test
    void twoNodesThatBeginTheSameYearAtOnceBeginItOnce() throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            Callable<String> begin = () -> standing.begin(MEMBER, PLENARY);
            List<Future<String>> begun = nodes.invokeAll(List.of(begin, begin, begin, begin));
            String first = begun.get(0).get();
            for (Future<String> each : begun) {
                assertThat(each.get()).isEqualTo(first);
            }
        } finally {
            nodes.shutdownNow();
        }
        assertThat(instances()).isEqualTo(1);
    }

    private ProcessInstance call(String user) {
        ProcessInstance call = startByForm(user, "call-for-reports", Map.of());
        fireDueJobs();
        return call;
    }

    private List<String> years() {
        return jdbc.sql("select member from standing_year where plenary = ? order by member")
                .param(PLENARY)
                .query(String.class)
                .list();
    }

    private long instances() {
        return runtimeService
                .createProcessInstanceQuery()
                .processDefinitionKey("member-standing")
                .count();
    }
}
