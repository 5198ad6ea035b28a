package org.redress.governance;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.redress.ProcessTest;
import org.redress.governance.Term.Office;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The calendar on PostgreSQL, empty at the beginning of each test; it is the second of February 2026. */
@SuppressWarnings("NullAway.Init")
abstract class CalendarTest extends ProcessTest {

    static final String BY = "anna";
    static final String WHY = "Decided by the Steering Committee in January";

    @Autowired
    Governance governance;

    @Autowired
    Windows windows;

    @Autowired
    RosterTasks roster;

    @Autowired
    Committee committee;

    @Autowired
    Terms terms;

    @Autowired
    Members members;

    @Autowired
    JdbcClient jdbc;

    @AfterEach
    void anEmptyCalendar() {
        for (String table :
                List.of("term", "member_status_change", "member", "intake_window", "plenary", "governance_change")) {
            jdbc.sql("delete from " + table).update();
        }
    }

    void admit(String organisation, String pillar, String status) {
        roster.admit(organisation, "Name of " + organisation, pillar, status, "M-2026-0001", "RATIFIED");
    }

    void seat(String organisation) {
        seat(organisation, "2026-01-01", null);
    }

    void seat(String organisation, String from, @Nullable String until) {
        give(Office.COMMITTEE_SEAT, organisation, from, until);
    }

    void give(Office office, String organisation, String from, @Nullable String until) {
        terms.give(
                office,
                members.get(organisation),
                LocalDate.parse(from),
                until == null ? null : LocalDate.parse(until),
                BY,
                WHY);
    }

    /** What was recorded of a subject, oldest first: what, before, after. */
    List<String> history(String subject) {
        return jdbc.sql("select what, was, becomes from governance_change where subject = ? order by id")
                .param(subject)
                .query((row, index) ->
                        row.getString("what") + " " + row.getString("was") + " -> " + row.getString("becomes"))
                .list();
    }
}
