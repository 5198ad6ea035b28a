package org.redress.governance;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.redress.engine.InvalidInput;
import org.redress.governance.Term.Office;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads the form {@code change-calendar} and carries out the one change that it asks for. */
@Component
class CalendarChanges {

    private final Governance governance;
    private final Windows windows;
    private final Terms terms;
    private final Members members;
    private final ChangeLog changes;

    CalendarChanges(Governance governance, Windows windows, Terms terms, Members members, ChangeLog changes) {
        this.governance = governance;
        this.windows = windows;
        this.terms = terms;
        this.members = members;
        this.changes = changes;
    }

    /**
     * Changes the calendar, all of what was asked or nothing.
     *
     * @param form the fields of the form, by name
     * @param shown the version of the calendar that the form showed
     * @param by who changes it
     * @throws InvalidInput if a field is wrong, or the calendar has changed since it was shown
     */
    @Transactional
    public void apply(Map<String, @Nullable Object> form, long shown, String by) {
        changes.lock(shown);
        Fields fields = new Fields(form);
        String why = fields.needed("calendarReason", "The reason");
        String change = fields.needed("calendarChange", "What is to be changed");
        switch (change) {
            case "PLAN_ANNUAL" -> governance.plan(fields.firstDay(), fields.lastDay(), by, why);
            case "CONVENE_SPECIAL" ->
                governance.convene(
                        fields.firstDay(),
                        fields.lastDay(),
                        fields.needed("specialReason", "Why it is convened"),
                        fields.text("specialLatest"),
                        by,
                        why);
            case "MOVE_PLENARY" ->
                governance.movePlenary(fields.plenary(), fields.firstDay(), fields.lastDay(), by, why);
            case "HOLD_PLENARY" -> governance.hold(fields.plenary(), by, why);
            case "CANCEL_PLENARY" -> governance.cancel(fields.plenary(), by, why);
            case "SET_WINDOW" ->
                windows.set(
                        fields.needed("windowName", "The window"),
                        fields.text("windowOpensOn"),
                        fields.needed("windowClosesOn", "The last day"),
                        fields.needed("windowAssessed", "The month of assessment"),
                        by,
                        why);
            case "GIVE_SEAT", "GIVE_CHAIR" ->
                terms.give(
                        change.equals("GIVE_CHAIR") ? Office.CHAIR : Office.COMMITTEE_SEAT,
                        members.get(fields.needed("termHolder", "The member")),
                        Day.of("The first day", fields.text("termFrom")),
                        Day.ofNullable("The last day", fields.text("termUntil")),
                        by,
                        why);
            case "END_TERM" -> terms.end(fields.term(), fields.termLastDay(), by, why);
            case "ENTER_MEMBER" ->
                members.admit(
                        fields.needed("enteredOrganisation", "The id of the organisation"),
                        fields.needed("enteredName", "The member's name"),
                        fields.needed("enteredPillar", "The pillar"),
                        fields.needed("enteredStatus", "The status"),
                        null,
                        "ENTERED",
                        by);
            case "LIFT_INACTIVITY" -> members.liftInactivity(fields.needed("termHolder", "The member"), by);
            default -> throw new InvalidInput("There is no such change: " + change);
        }
    }

    private record Fields(Map<String, @Nullable Object> form) {

        @Nullable
        String text(String field) {
            Object value = form.get(field);
            return value == null || value.toString().isBlank()
                    ? null
                    : value.toString().strip();
        }

        String needed(String field, String what) {
            String text = text(field);
            if (text == null) {
                throw new InvalidInput(what + " is missing: fill it in");
            }
            return text;
        }

        String plenary() {
            return needed("plenaryChosen", "The Plenary");
        }

        String firstDay() {
            return needed("plenaryStartsOn", "The first day");
        }

        /** A Plenary of one day has no last day of its own. */
        String lastDay() {
            return Objects.requireNonNullElse(text("plenaryEndsOn"), firstDay());
        }

        long term() {
            try {
                return Long.parseLong(needed("termChosen", "The term"));
            } catch (NumberFormatException e) {
                throw new InvalidInput("There is no such term: choose one of those that are shown");
            }
        }

        LocalDate termLastDay() {
            return Day.of("The last day", text("termLastDay"));
        }
    }
}
