package org.redress.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redress.ProcessTest;
import org.redress.governance.Governance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The Secretariat at its task list: begins a change, sees the calendar as it is, gets a day wrong, is told, and corrects it. */
@SuppressWarnings("NullAway.Init")
class CalendarInTasklistTest extends ProcessTest {

    @RegisterExtension
    static final Browsers people = new Browsers();

    @Autowired
    private Governance governance;

    @Autowired
    private JdbcClient jdbc;

    @AfterEach
    void anEmptyCalendar() {
        List.of("plenary", "governance_change")
                .forEach(table -> jdbc.sql("delete from " + table).update());
    }

    @Test
    void theSecretariatPlansAPlenaryAndMovesIt() {
        FormOnScreen plan = begin("PLAN_ANNUAL");
        assertThat(plan.text()).contains("Plan an annual Plenary", "nothing yet");
        assertThat(plan.shows("plenaryStartsOn"))
                .as("nothing is asked before it is to be changed")
                .isFalse();
        plan.fill(Map.of("calendarDecision", "APPLY"));
        assertThat(plan.shows("plenaryChosen")).isFalse();
        plan.fill(Map.of(
                        "plenaryStartsOn", "2027-03-18",
                        "plenaryEndsOn", "2027-03-17",
                        "calendarReason", "Minutes of the Steering Committee, January"))
                .tryToComplete();
        assertThat(plan.told()).contains("The last day 2027-03-17 is before the first day 2027-03-18");
        plan.fill(Map.of("plenaryEndsOn", "2027-03-21"))
                .picture("30-plan-plenary")
                .complete();
        assertThat(governance.dayOf("P-2027")).isEqualTo("2027-03-18");

        FormOnScreen move = begin("MOVE_PLENARY");
        assertThat(move.text()).contains("P-2027: annual, 2027-03-18 to 2027-03-21, planned");
        move.fill(Map.of(
                        "calendarDecision", "APPLY",
                        "plenaryChosen", "P-2027",
                        "plenaryStartsOn", "2027-04-14",
                        "plenaryEndsOn", "2027-04-16",
                        "calendarReason", "The hall is free only then"))
                .picture("31-move-plenary")
                .complete();
        assertThat(governance.dayOf("P-2027")).isEqualTo("2027-04-14");
    }

    private FormOnScreen begin(String change) {
        Tasklist secretariat = people.tasklist("secretariat").choose("All open");
        secretariat
                .startProcess("Keep the governance calendar")
                .readsWell()
                .fill(Map.of("calendarChange", change))
                .start();
        FormOnScreen form = secretariat
                .choose("My tasks")
                .open(as("secretariat").task("task_changeCalendar").getId())
                .readsWell();
        secretariat.claim();
        return form;
    }
}
