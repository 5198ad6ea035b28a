package org.redress.governance;

import java.sql.DatabaseMetaData;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.redress.engine.InvalidInput;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;

/** Lets changes of the calendar come one after the other, and remembers who changed what, and why. */
@Component("governanceLog")
class ChangeLog {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final String shared;

    ChangeLog(JdbcClient jdbc, DataSource database, Clock clock) throws MetaDataAccessException {
        this.jdbc = jdbc;
        this.clock = clock;
        boolean postgres = "PostgreSQL"
                .equals(JdbcUtils.extractDatabaseMetaData(database, DatabaseMetaData::getDatabaseProductName));
        // H2 knows no shared lock of a row; there one node reads after the other.
        this.shared = postgres ? " for share" : " for update";
    }

    /**
     * The end of a query for a day from which a deadline is counted. Whoever moves the day waits for transactions that have
     * read it, and finds what they began; whoever reads it while it moves waits, and gets the new one. Without this a case
     * that begins at that moment on another node would keep the old day.
     */
    String shared() {
        return shared;
    }

    /** The version of the calendar; each change makes a new one. */
    long version() {
        return jdbc.sql("select version from governance_calendar where id = 1")
                .query(Long.class)
                .single();
    }

    /** Waits until nobody else changes the calendar, and keeps others waiting until this transaction ends. */
    void lock() {
        jdbc.sql("select version from governance_calendar where id = 1 for update")
                .query(Long.class)
                .single();
    }

    /**
     * The same, for somebody who decided on what was shown before.
     *
     * @throws InvalidInput if the calendar has changed since that version
     */
    void lock(long shown) {
        lock();
        if (version() != shown) {
            throw new InvalidInput(
                    "The calendar has changed since it was shown to you (" + last()
                            + "). Nothing was changed: leave the calendar as it is here, and start again to see it as it is now");
        }
    }

    /** Records a change. To be called under the lock. */
    void note(String subject, String what, @Nullable String was, @Nullable String becomes, String by, String why) {
        jdbc.sql("insert into governance_change (subject, what, was, becomes, changed_by, changed_at, reason)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")
                .params(subject, what, was, becomes, by, Timestamp.from(clock.instant()), why)
                .update();
        jdbc.sql("update governance_calendar set version = version + 1 where id = 1")
                .update();
    }

    private String last() {
        return jdbc.sql("select subject, what, changed_by, changed_at from governance_change order by id desc limit 1")
                .query((row, index) ->
                        row.getString("subject") + " " + row.getString("what").toLowerCase(java.util.Locale.ROOT)
                                + " by " + row.getString("changed_by") + " at "
                                + DateTimeFormatter.ISO_INSTANT.format(
                                        row.getTimestamp("changed_at").toInstant()))
                .optional()
                .orElse("by somebody else");
    }
}
