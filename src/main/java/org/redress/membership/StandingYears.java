package org.redress.membership;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which member has a reporting year for which Plenary, and its case: one a member and year (membership.md E.5). */
@Component
class StandingYears {

    private final JdbcClient jdbc;
    private final Clock clock;

    StandingYears(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The case number of the member's year; empty while it has none. */
    Optional<String> caseOf(String member, String plenary) {
        return jdbc.sql("select case_number from standing_year where member = ? and plenary = ?")
                .params(member, plenary)
                .query(String.class)
                .optional();
    }

    /** The case number of the year that the member began last; empty when it had none. */
    Optional<String> lastCaseOf(String member) {
        return jdbc
                .sql("select case_number from standing_year where member = ? order by begun_at desc, plenary desc")
                .param(member)
                .query(String.class)
                .list()
                .stream()
                .findFirst();
    }

    /** Records a year that has begun. To be called with the calendar kept still, so that nobody else records the same. */
    void record(String member, String plenary, String caseNumber) {
        jdbc.sql("insert into standing_year (member, plenary, case_number, begun_at) values (?, ?, ?, ?)")
                .params(member, plenary, caseNumber, Timestamp.from(clock.instant()))
                .update();
    }
}
