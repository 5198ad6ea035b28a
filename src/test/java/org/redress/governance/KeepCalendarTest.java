package org.redress.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redress.engine.InvalidForm;
import org.redress.governance.Term.Office;

/** The Secretariat keeps the calendar from Tasklist: one change at a time, through the form, or a refusal that helps. */
class KeepCalendarTest extends CalendarTest {

    private static final String CHANGE = "task_changeCalendar";

    @Test
    void theSecretariatMovesAPlenary() {
        governance.plan("2027-03-18", "2027-03-21", BY, WHY);
        ProcessInstance change = begin("MOVE_PLENARY");
        Task task = as("secretariat").task(CHANGE);
        assertThat(task.getAssignee()).as("handed to whoever began").isEqualTo("secretariat");
        assertThat(task.getDueDate()).isEqualTo("2026-02-09T23:59:59Z");
        assertThat(shown("plenaryLines"))
                .isEqualTo("[{\"line\":\"P-2027: annual, 2027-03-18 to 2027-03-21, planned\"}]");

        submit("plenaryChosen", "P-2027", "plenaryStartsOn", "2027-04-14", "plenaryEndsOn", "2027-04-16");

        assertThat(endOf(change.getId())).isEqualTo("end_calendarChanged");
        assertThat(governance.dayOf("P-2027")).isEqualTo("2027-04-14");
        assertThat(history("P-2027")).last().isEqualTo("MOVED 2027-03-18 to 2027-03-21 -> 2027-04-14 to 2027-04-16");
        assertThat(jdbc.sql("select changed_by || ': ' || reason from governance_change order by id desc limit 1")
                        .query(String.class)
                        .single())
                .isEqualTo("secretariat: " + WHY);
    }

    @Test
    void everyOtherChangeGoesThroughTheSameForm() {
        change("PLAN_ANNUAL", "plenaryStartsOn", "2026-05-12");
        assertThat(governance.plenary("P-2026").endsOn())
                .as("without a last day it is one day")
                .isEqualTo("2026-05-12");
        change(
                "CONVENE_SPECIAL",
                "plenaryStartsOn",
                "2026-03-02",
                "plenaryEndsOn",
                "2026-03-03",
                "specialReason",
                "CONCERN",
                "specialLatest",
                "2026-03-31");
        assertThat(governance.plenary("S-2026-1").reason()).isEqualTo(Plenary.Reason.CONCERN);
        change("SET_WINDOW", "windowName", "2026-spring", "windowClosesOn", "2026-03-31", "windowAssessed", "2026-03");
        assertThat(windows.closesOn("2026-spring")).isEqualTo("2026-03-31");
        change(
                "ENTER_MEMBER",
                "enteredOrganisation",
                "org-member-gov",
                "enteredName",
                "Government of Valdara",
                "enteredPillar",
                "government",
                "enteredStatus",
                "FULL");
        assertThat(roster.statusOf("org-member-gov")).isEqualTo("FULL");
        change("GIVE_CHAIR", "termHolder", "org-member-gov", "termFrom", "2026-02-02", "termUntil", "2026-05-12");
        assertThat(committee.chair()).isEqualTo("org-member-gov");
        change("GIVE_SEAT", "termHolder", "org-member-gov", "termFrom", "2026-01-01");
        Term seat = terms.running(Office.COMMITTEE_SEAT).get(0);
        assertThat(seat.until()).isNull();
        change("END_TERM", "termChosen", String.valueOf(seat.id()), "termLastDay", "2026-02-28");
        assertThat(terms.running(Office.COMMITTEE_SEAT).get(0).until()).isEqualTo(LocalDate.parse("2026-02-28"));

        travelTo("2026-03-02T09:00:00Z");
        change("HOLD_PLENARY", "plenaryChosen", "S-2026-1");
        assertThat(governance.stateOf("S-2026-1")).isEqualTo("HELD");
        change("CANCEL_PLENARY", "plenaryChosen", "P-2026");
        assertThat(governance.stateOf("P-2026")).isEqualTo("CANCELLED");
    }

    @Test
    void whatAPlenaryDecidedAboutAMemberIsLiftedByHandAndNothingElse() {
        admit("org-member-gov", "government", "FULL");
        roster.changeStatus("org-member-gov", "INACTIVE", "M-2026-0001", "DUES_OVERDUE");
        ProcessInstance change = begin("LIFT_INACTIVITY");
        assertThatThrownBy(() -> submit("termHolder", "org-member-gov"))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("was not made inactive by a Plenary");
        roster.reinstate("org-member-gov", "M-2026-0001", "CURED");
        roster.changeStatus("org-member-gov", "INACTIVE", "C-2026-0001", "PLENARY_DECISION");
        submit("termHolder", "org-member-gov");
        assertThat(endOf(change.getId())).isEqualTo("end_calendarChanged");
        assertThat(roster.statusOf("org-member-gov")).isEqualTo("FULL");
        assertThat(jdbc.sql("select reason from member_status_change order by id desc limit 1")
                        .query(String.class)
                        .single())
                .isEqualTo("LIFTED_BY_PLENARY");
    }

    @Test
    void theFormShowsTheCalendarAsItIs() {
        governance.plan("2026-05-12", "2026-05-15", BY, WHY);
        windows.set("2026-spring", "2026-01-05", "2026-03-31", "2026-03", BY, WHY);
        admit("org-member-gov", "government", "FULL");
        give(Office.CHAIR, "org-member-gov", "2026-01-01", "2026-05-12");
        seat("org-member-gov");
        roster.changeStatus("org-member-gov", "INACTIVE", "M-2026-0001", "DUES_UNPAID");
        begin("END_TERM");
        assertThat(shown("windowLines")).contains("2026-spring: 2026-01-05 to 2026-03-31, assessed in 2026-03");
        assertThat(shown("termLines"))
                .contains("Chair: Name of org-member-gov, 2026-01-01 to 2026-05-12, inactive")
                .contains("Seat of the pillar government: Name of org-member-gov, 2026-01-01 on, inactive");
        assertThat(shown("memberChoices")).contains("Name of org-member-gov (government, inactive)");
        assertThat(shown("calendarVersion")).as("nobody's business").isEqualTo("null");
    }

    @Test
    void anEmptyCalendarSaysSo() {
        begin("PLAN_ANNUAL");
        assertThat(shown("plenaryLines")).isEqualTo("[{\"line\":\"nothing yet\"}]");
    }

    @Test
    void whatIsWrongIsToldAndNothingIsLost() {
        governance.plan("2027-03-18", "2027-03-21", BY, WHY);
        ProcessInstance change = begin("PLAN_ANNUAL");
        assertThatThrownBy(() -> submit("plenaryStartsOn", "2027-05-01", "plenaryEndsOn", "2027-05-02"))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("P-2027 is the annual Plenary of 2027 already: move or cancel that one first");
        assertThatThrownBy(() -> submit("plenaryStartsOn", "2028-05-01", "plenaryEndsOn", "2028-04-02"))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("The last day 2028-04-02 is before the first day 2028-05-01");
        assertThat(governance.plenaries()).hasSize(1);

        submit("plenaryStartsOn", "2028-05-01", "plenaryEndsOn", "2028-05-02");
        assertThat(endOf(change.getId())).isEqualTo("end_calendarChanged");
        assertThat(governance.dayOf("P-2028")).isEqualTo("2028-05-01");
    }

    @Test
    void theFormItselfIsCheckedAgainOnTheServer() {
        governance.plan("2027-03-18", "2027-03-21", BY, WHY);
        begin("MOVE_PLENARY");
        assertThatThrownBy(() -> submit("plenaryChosen", "P-2062", "plenaryStartsOn", "2027-04-14"))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("plenaryChosen – Which Plenary?: must be one of the choices");
        assertThatThrownBy(() -> submit("plenaryChosen", "P-2027"))
                .hasMessageContaining("First day of the Plenary?: Field is required");
        assertThatThrownBy(
                        () -> submit("plenaryChosen", "P-2027", "plenaryStartsOn", "2027-04-14", "calendarVersion", 7))
                .hasMessageContaining("calendarVersion – is no field of the form");
        assertThatThrownBy(() -> beginAs("secretariat", "REPLACE_EVERYTHING"))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("What is to be changed?: must be one of the choices");
    }

    @Test
    void whoDecidedOnAnOlderCalendarIsAskedToLookAgain() {
        governance.plan("2027-03-18", "2027-03-21", BY, WHY);
        ProcessInstance change = begin("MOVE_PLENARY");
        governance.convene("2026-06-01", "2026-06-01", "CONCERN", null, "C-2026-0001", WHY);

        assertThatThrownBy(() -> submit("plenaryChosen", "P-2027", "plenaryStartsOn", "2027-04-14"))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("S-2026-1 convened by C-2026-0001 at 2026-02-02T09:00:00Z")
                .hasMessageContaining("start again to see it as it is now");
        assertThat(governance.dayOf("P-2027")).isEqualTo("2027-03-18");

        as("secretariat").complete(CHANGE, Map.of("calendarDecision", "LEAVE"));
        assertThat(endOf(change.getId())).isEqualTo("end_calendarLeft");
        assertThat(governance.dayOf("P-2027")).isEqualTo("2027-03-18");
    }

    @Test
    void aSecondClickFindsTheTaskDone() {
        ProcessInstance change = begin("PLAN_ANNUAL");
        Task task = as("secretariat").task(CHANGE);
        Map<String, Object> form = form("plenaryStartsOn", "2027-03-18");
        as("secretariat").complete(task, form);
        assertThatThrownBy(() -> as("secretariat").complete(task, form)).isInstanceOf(ProcessEngineException.class);
        assertThat(governance.plenaries()).hasSize(1);
        assertThat(isEnded(change.getId())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"member", "smelter", "steering-committee", "government-chair", "downstream", "overseer"})
    void nobodyElseKeepsTheCalendar(String user) {
        assertThatThrownBy(() -> beginAs(user, "PLAN_ANNUAL")).isInstanceOf(AuthorizationException.class);
        begin("PLAN_ANNUAL");
        Task task = as("secretariat").task(CHANGE);
        if (!user.equals("overseer")) {
            assertThat(as(user).sees(CHANGE)).isFalse();
        }
        assertThatThrownBy(() -> as(user).complete(task, form("plenaryStartsOn", "2027-03-18")))
                .isInstanceOf(AuthorizationException.class);
        assertThat(governance.plenaries()).isEmpty();
    }

    /** What the form of the open task shows under this name. */
    private String shown(String variable) {
        return String.valueOf(
                as("secretariat").formVariables(as("secretariat").task(CHANGE)).get(variable));
    }

    private void change(String what, Object... fields) {
        ProcessInstance change = begin(what);
        submit(fields);
        assertThat(endOf(change.getId())).isEqualTo("end_calendarChanged");
    }

    private ProcessInstance begin(String what) {
        return beginAs("secretariat", what);
    }

    private ProcessInstance beginAs(String user, String what) {
        return startByForm(user, "keep-calendar", Map.of("calendarChange", what));
    }

    private void submit(Object... fields) {
        as("secretariat").complete(CHANGE, form(fields));
    }

    private static Map<String, Object> form(@Nullable Object... fields) {
        Map<String, Object> form = new HashMap<>(Map.of("calendarDecision", "APPLY", "calendarReason", WHY));
        for (int each = 0; each < fields.length; each += 2) {
            form.put(String.valueOf(fields[each]), java.util.Objects.requireNonNull(fields[each + 1]));
        }
        return form;
    }
}
