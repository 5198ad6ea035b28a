package org.redress.governance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.RunningClocks;
import org.redress.engine.InvalidInput;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The windows for applications, as models ask for them: {@code ${windows.closesOn(windowId)}} (membership.md A.1, 2). What
 * hangs on one and names the variable {@code windowId} follows when its last day moves, as with a Plenary.
 */
@Component("windows")
public class Windows {

    /** The variable by which a process says for which window it waits. */
    public static final String WINDOW_ID = "windowId";

    private static final String COLUMNS = "select id, opens_on, closes_on, assessed from intake_window ";

    private final JdbcClient jdbc;
    private final ChangeLog changes;
    private final RunningClocks clocks;
    private final Day day;

    Windows(JdbcClient jdbc, ChangeLog changes, RunningClocks clocks, Day day) {
        this.jdbc = jdbc;
        this.changes = changes;
        this.clocks = clocks;
        this.day = day;
    }

    /** Every window, the one that closes first before the others. */
    public List<Window> all() {
        return jdbc.sql(COLUMNS + "order by closes_on, id").query(Windows::read).list();
    }

    /** Whether the calendar holds this window. */
    public boolean isKnown(String id) {
        return find(id, "").isPresent();
    }

    /**
     * The last day of a window, {@code yyyy-MM-dd}.
     *
     * @throws InvalidInput if the calendar does not hold it
     */
    public String closesOn(String id) {
        return find(id, changes.shared())
                .map(window -> window.closesOn().toString())
                .orElseThrow(() -> new InvalidInput(
                        "There is no window " + id + ": the Secretariat sets it first (Keep the governance calendar)"));
    }

    /**
     * The cycle of an application that counts from this day: that of the window which closes first on this day or later. Of a
     * window that the calendar holds its last day counts, of another one the day that the decision {@code intake-cycle}
     * says (membership.md A.1 point 2).
     *
     * @param passedOver the last day of a window that is passed over with all before it, {@code yyyy-MM-dd}; null for none
     * @param advice the row of {@code intake-cycle} for the day, with the cycle after it
     * @throws InvalidInput if every one of these windows has closed before, or is passed over
     */
    @Transactional
    public String cycleOf(String from, @Nullable String passedOver, Map<String, Object> advice) {
        changes.lock();
        Map<String, LocalDate> closes = new LinkedHashMap<>();
        closes.put(text(advice, "cycle"), Day.of("The last day", text(advice, "closeDate")));
        closes.put(text(advice, "nextCycle"), Day.of("The last day", text(advice, "nextCloseDate")));
        all().forEach(window -> closes.put(window.id(), window.closesOn()));
        LocalDate earliest = Day.of("The day", from);
        LocalDate passed = Day.ofNullable("The window that is passed over", passedOver);
        return closes.entrySet().stream()
                .filter(window -> !window.getValue().isBefore(earliest))
                .filter(window -> passed == null || window.getValue().isAfter(passed))
                .min(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow(() -> new InvalidInput("No window is known that closes after "
                        + (passedOver == null ? from : passedOver)
                        + ": set the next one first (Keep the governance calendar)"));
    }

    /** When the window of a cycle closes: as the calendar says, or else as {@code intake-cycle} does. */
    public String closeOf(String cycle, Map<String, Object> advice) {
        if (isKnown(cycle)) {
            return closesOn(cycle);
        }
        return text(advice, cycle.equals(advice.get("cycle")) ? "closeDate" : "nextCloseDate");
    }

    private static String text(Map<String, Object> advice, String name) {
        return Objects.requireNonNull(advice.get(name), name).toString();
    }

    /**
     * Sets a window, a new one or one that is there; what hangs on its last day follows.
     *
     * @param id such as {@code 2027-spring}
     * @param opensOn first day or null
     * @param assessed {@code yyyy-MM}
     * @return in how many running process instances deadlines were counted anew
     * @throws InvalidInput if days are reversed, the window would close or has closed in the past, or the month is before
     *     its last day
     */
    @Transactional
    public int set(String id, @Nullable String opensOn, String closesOn, String assessed, String by, String why) {
        changes.lock();
        LocalDate opens = Day.ofNullable("The first day", opensOn);
        LocalDate closes = Day.of("The last day", closesOn);
        if (!id.matches("\\d{4}-(spring|autumn)")) {
            throw new InvalidInput("A window is called by year and season, such as 2027-spring");
        }
        if (opens != null && closes.isBefore(opens)) {
            throw new InvalidInput(
                    "The last day " + closes + " is before the first day " + opens + ": correct one of them");
        }
        if (closes.isBefore(day.today())) {
            throw new InvalidInput("The last day " + closes + " is in the past: choose today or a later day");
        }
        if (month(assessed).isBefore(YearMonth.from(closes))) {
            throw new InvalidInput("The applications cannot be assessed in " + assessed
                    + ", before the window closes on " + closes + ": correct one of them");
        }
        Optional<Window> known = find(id, "");
        known.filter(window -> window.closesOn().isBefore(day.today())).ifPresent(window -> {
            throw new InvalidInput(
                    "The window " + id + " closed on " + window.closesOn() + " and changes no more: set the next one");
        });
        Window window = new Window(id, opens, closes, assessed);
        if (known.isPresent()) {
            jdbc.sql("update intake_window set opens_on = ?, closes_on = ?, assessed = ? where id = ?")
                    .params(opens, closes, assessed, id)
                    .update();
        } else {
            jdbc.sql("insert into intake_window (opens_on, closes_on, assessed, id) values (?, ?, ?, ?)")
                    .params(opens, closes, assessed, id)
                    .update();
        }
        changes.note(id, "SET", known.map(Window::days).orElse(null), window.days(), by, why);
        try {
            return clocks.recount(WINDOW_ID, id);
        } catch (IllegalStateException e) {
            throw new InvalidInput(
                    "Nothing was changed. " + e.getMessage()
                            + ". Ask an administrator to mend that case, then try again",
                    e);
        }
    }

    private static YearMonth month(String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidInput("The month of assessment is no month: write it like 2027-03");
        }
    }

    private Optional<Window> find(String id, String lock) {
        return jdbc.sql(COLUMNS + "where id = ?" + lock)
                .param(id)
                .query(Windows::read)
                .optional();
    }

    private static Window read(ResultSet row, int index) throws SQLException {
        return new Window(
                row.getString("id"),
                row.getObject("opens_on", LocalDate.class),
                row.getObject("closes_on", LocalDate.class),
                row.getString("assessed"));
    }
}
