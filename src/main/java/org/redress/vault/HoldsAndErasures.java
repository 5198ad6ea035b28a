package org.redress.vault;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How a case stands between being kept and being erased; without the reasons, which nobody is shown. Who may see it is not its
 * business. Moments are UTC.
 */
@Component
class HoldsAndErasures {

    /** A legal hold that stands. */
    record Hold(String by, Instant since) {}

    /**
     * An erasure that somebody asked for and that waits for somebody else.
     *
     * @param person reference of the survivor; null for the whole case
     * @param forced though somebody is still helped
     * @param until when it comes to nothing
     */
    record Waiting(long id, @Nullable String person, boolean forced, String by, Instant until) {}

    /**
     * An erasure that was done.
     *
     * @param person reference of the survivor; null for the whole case
     * @param keys how many were destroyed; 0 when there was nothing, or nothing any more
     * @param values how many nobody can open any more
     * @param files how many documents
     * @param found what lay in the engine past the forms; null where it is not known any more
     * @param left what of it lies there still; null likewise
     * @param toldAgain whether something was told since of what was erased, so that it is gone no more
     */
    record Gone(
            @Nullable String person,
            String by,
            Instant at,
            int keys,
            int values,
            int files,
            Leftovers.@Nullable Count found,
            Leftovers.@Nullable Count left,
            boolean toldAgain) {}

    /**
     * How far the record of a case has come: another one as soon as something is held, lifted, asked for or erased.
     *
     * @param change number of the last change of a hold; 0 for none
     * @param erasure number of the last erasure
     * @param asked number of the last one that was asked for
     */
    record Mark(long change, long erasure, long asked) {

        private static final Pattern WRITTEN = Pattern.compile("(\\d{1,18})-(\\d{1,18})-(\\d{1,18})");

        /** As {@link #toString} wrote it; what nobody wrote so is the mark of no case. */
        static Mark of(String written) {
            Matcher parts = WRITTEN.matcher(written);
            return parts.matches()
                    ? new Mark(
                            Long.parseLong(parts.group(1)),
                            Long.parseLong(parts.group(2)),
                            Long.parseLong(parts.group(3)))
                    : new Mark(-1, -1, -1);
        }

        @Override
        public String toString() {
            return change + "-" + erasure + "-" + asked;
        }
    }

    private final JdbcClient jdbc;
    private final Reasons reasons;
    private final ErasureSettings settings;
    private final Clock clock;

    HoldsAndErasures(JdbcClient jdbc, Reasons reasons, ErasureSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.reasons = reasons;
        this.settings = settings;
        this.clock = clock;
    }

    Optional<Hold> hold(String caseNumber) {
        return jdbc.sql("select set_by, set_at from vault_hold where case_number = ?")
                .param(caseNumber)
                .query((row, index) -> new Hold(
                        row.getString("set_by"), row.getTimestamp("set_at").toInstant()))
                .optional();
    }

    /** Whether the last hold was lifted. */
    boolean isLifted(String caseNumber) {
        return jdbc.sql("select count(*) from vault_hold_change where what = 'LIFTED'"
                                + " and id = (select max(id) from vault_hold_change where case_number = ?)")
                        .param(caseNumber)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Until when one person alone erases nothing, since a hold was lifted not long ago; empty when that is not so. */
    Optional<Instant> takesTwoUntil(String caseNumber) {
        Instant now = clock.instant();
        return jdbc.sql("select max(changed_at) as lifted_at from vault_hold_change where case_number = ?"
                        + " and what = 'LIFTED' and changed_at > ?")
                .params(caseNumber, Timestamp.from(now.minus(settings.afterHold())))
                .query((row, index) -> Optional.ofNullable(row.getTimestamp("lifted_at")))
                .single()
                .map(lifted -> lifted.toInstant().plus(settings.afterHold()));
    }

    /** What waits now, the newest first. */
    List<Waiting> waiting(String caseNumber) {
        return jdbc.sql("select id, person, forced, asked_by, ends_at from vault_erasure_asked where case_number = ?"
                        + " and state = 'OPEN' and ends_at > ? order by id desc")
                .params(caseNumber, Timestamp.from(clock.instant()))
                .query((row, index) -> new Waiting(
                        row.getLong("id"),
                        row.getString("person"),
                        row.getBoolean("forced"),
                        row.getString("asked_by"),
                        row.getTimestamp("ends_at").toInstant()))
                .list();
    }

    /** What was erased, the newest first. */
    List<Gone> gone(String caseNumber) {
        return jdbc.sql("select e.*, (select count(*) from vault_key k where k.case_number = e.case_number"
                        + " and k.destroyed_at is null and (e.person is null or k.person = e.person)) as keys_since"
                        + " from vault_erasure e where e.case_number = ? order by e.id desc")
                .param(caseNumber)
                .query((row, index) -> new Gone(
                        row.getString("person"),
                        row.getString("erased_by"),
                        row.getTimestamp("erased_at").toInstant(),
                        row.getInt("keys_destroyed"),
                        row.getInt("values_gone"),
                        row.getInt("files_gone"),
                        count(row, "_found"),
                        count(row, "_left"),
                        row.getInt("keys_since") > 0))
                .list();
    }

    private static Leftovers.@Nullable Count count(ResultSet row, String which) throws SQLException {
        long comments = row.getLong("comments" + which);
        return row.wasNull()
                ? null
                : new Leftovers.Count(
                        comments,
                        row.getLong("attachments" + which),
                        row.getLong("failures" + which),
                        row.getLong("words" + which),
                        row.getLong("choices" + which));
    }

    Mark mark(String caseNumber) {
        return new Mark(
                last("vault_hold_change", caseNumber),
                last("vault_erasure", caseNumber),
                last("vault_erasure_asked", caseNumber));
    }

    private long last(String table, String caseNumber) {
        return jdbc.sql("select coalesce(max(id), 0) from " + table + " where case_number = ?")
                .param(caseNumber)
                .query(Long.class)
                .single();
    }

    /** Whether the last change of a hold, and one since, is just this: it was sent twice. */
    boolean isChanged(String caseNumber, Mark since, String what, String by, String reason) {
        return jdbc.sql("select reason from vault_hold_change where case_number = ? and id > ? and what = ?"
                        + " and changed_by = ? and id = (select max(id) from vault_hold_change where case_number = ?)")
                .params(caseNumber, since.change(), what, by, caseNumber)
                .query((row, index) -> is(row.getString("reason"), reason))
                .optional()
                .orElse(false);
    }

    /** Whether this was erased since by this account for this reason. */
    boolean isErased(String caseNumber, Mark since, @Nullable String person, String by, String reason) {
        return jdbc.sql("select reason from vault_erasure where case_number = ? and id > ? and erased_by = ?"
                        + " and coalesce(person, '') = ?")
                .params(caseNumber, since.erasure(), by, person == null ? "" : person)
                .query((row, index) -> is(row.getString("reason"), reason))
                .list()
                .contains(true);
    }

    /** Whether this was asked for since by this account for this reason, and waits still: no hold and no time has made it void. */
    boolean isAsked(String caseNumber, Mark since, @Nullable String person, String by, String reason) {
        return jdbc.sql("select reason from vault_erasure_asked where case_number = ? and id > ? and asked_by = ?"
                        + " and coalesce(person, '') = ? and state = 'OPEN' and ends_at > ?")
                .params(caseNumber, since.asked(), by, person == null ? "" : person, Timestamp.from(clock.instant()))
                .query((row, index) -> is(row.getString("reason"), reason))
                .list()
                .contains(true);
    }

    /** Whether what was asked for was erased since by this account for this reason. */
    boolean isConfirmed(String caseNumber, Mark since, long asked, String by, String reason) {
        return jdbc.sql("select coalesce(person, '') from vault_erasure_asked where case_number = ? and id = ?"
                        + " and state = 'DONE'")
                .params(caseNumber, asked)
                .query(String.class)
                .optional()
                .filter(person -> isErased(caseNumber, since, person, by, reason))
                .isPresent();
    }

    private boolean is(@Nullable String kept, String reason) {
        return kept != null && !kept.isEmpty() && reasons.open(kept).equals(reason);
    }
}
