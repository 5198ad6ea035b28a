package org.redress.notification;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.redress.engine.Person;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The letters that were written. A person reads those of their role; where the letter is for one organisation, of that
 * role <em>and</em> that organisation. To everybody else a letter does not exist, administrators among them.
 */
@Component
class Letters {

    private static final String MINE =
            """
            l.addressee_role in (:groups)
            and (l.addressee_organisation is null or l.addressee_organisation in (:groups))
            """;
    private static final String UNREAD =
            "not exists (select 1 from letter_read r where r.letter_id = l.id and r.reader = :reader)";
    private static final RowMapper<Letter> LETTER = (row, index) -> new Letter(
            row.getLong("id"),
            row.getString("case_number"),
            row.getString("event"),
            row.getString("subject"),
            row.getString("body"),
            row.getString("language"),
            row.getObject("created_at", OffsetDateTime.class).toInstant(),
            row.getLong("times_read") > 0);

    private final JdbcClient jdbc;
    private final Clock clock;

    Letters(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Keeps a letter. The same message key again keeps the first one. A letter that says exactly what another one says
     * that waits unread for the same addressee is not kept: nobody is told the same thing twice (one event for each of
     * several smelters makes such letters).
     *
     * @return whether the letter with this message key waits
     */
    boolean keep(String messageKey, Notice notice, Notice.Post post, LetterText text) {
        boolean known = jdbc.sql("select count(*) from letter where message_key = ?")
                        .param(messageKey)
                        .query(Long.class)
                        .single()
                > 0;
        if (known) {
            return true;
        }
        String organisation = post.addressee().organisation();
        boolean said = jdbc.sql(
                                """
                                select count(*) from letter l
                                where l.case_number = ? and l.template = ? and l.addressee_role = ?
                                and coalesce(l.addressee_organisation, '') = ? and l.subject = ? and l.body = ?
                                and not exists (select 1 from letter_read r where r.letter_id = l.id)
                                """)
                        .params(
                                notice.caseNumber(),
                                post.letter(),
                                post.addressee().role(),
                                organisation == null ? "" : organisation,
                                text.subject(),
                                text.body())
                        .query(Long.class)
                        .single()
                > 0;
        if (said) {
            return false;
        }
        jdbc.sql(
                        """
                        insert into letter (message_key, case_number, event, template, addressee_role,
                            addressee_organisation, language, subject, body, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        messageKey,
                        notice.caseNumber(),
                        notice.event(),
                        post.letter(),
                        post.addressee().role(),
                        organisation,
                        text.language(),
                        text.subject(),
                        text.body(),
                        now())
                .update();
        return true;
    }

    /** The newest letters for a person, at most {@code limit}. */
    List<Letter> of(Reader reader, boolean unreadOnly, int limit) {
        if (reader.groups().isEmpty()) {
            return List.of();
        }
        return jdbc.sql(selecting(MINE + (unreadOnly ? " and " + UNREAD : "") + " order by l.id desc limit :limit"))
                .param("groups", reader.groups())
                .param("reader", reader.id())
                .param("limit", limit)
                .query(LETTER)
                .list();
    }

    /** One letter, which is read by this; empty if there is none or it is not for this person. */
    @Transactional
    Optional<Letter> open(Reader reader, long id) {
        if (reader.groups().isEmpty()) {
            return Optional.empty();
        }
        Optional<Letter> letter = jdbc.sql(selecting(MINE + " and l.id = :id"))
                .param("groups", reader.groups())
                .param("reader", reader.id())
                .param("id", id)
                .query(LETTER)
                .optional();
        letter.filter(found -> !found.read()).ifPresent(found -> noteRead(reader, id));
        return letter;
    }

    /** How many letters wait for a person. */
    long unread(Reader reader) {
        if (reader.groups().isEmpty()) {
            return 0;
        }
        return jdbc.sql("select count(*) from letter l where " + MINE + " and " + UNREAD)
                .param("groups", reader.groups())
                .param("reader", reader.id())
                .query(Long.class)
                .single();
    }

    /** All that waits for a reader counts as read. */
    void noteTold(Reader reader) {
        jdbc.sql("insert into letter_read (letter_id, reader, read_at) select l.id, :reader, :now from letter l where "
                        + MINE + " and " + UNREAD)
                .param("groups", reader.groups())
                .param("reader", reader.id())
                .param("now", now())
                .update();
    }

    private void noteRead(Reader reader, long id) {
        // Two windows of one person may open the letter at the same moment: the row lock lets them pass one by one.
        jdbc.sql("select id from letter where id = ? for update")
                .param(id)
                .query(Long.class)
                .single();
        jdbc.sql(
                        """
                        insert into letter_read (letter_id, reader, read_at)
                        select l.id, :reader, :now from letter l where l.id = :id and
                        """
                                + UNREAD)
                .param("id", id)
                .param("reader", reader.id())
                .param("now", now())
                .update();
    }

    private static String selecting(String condition) {
        return """
                select l.*, (select count(*) from letter_read r where r.letter_id = l.id and r.reader = :reader) as times_read
                from letter l
                where
                """
                + condition;
    }

    private OffsetDateTime now() {
        Instant now = clock.instant();
        return now.atOffset(ZoneOffset.UTC);
    }

    /**
     * Somebody who reads letters.
     *
     * @param groups ids of the person's roles and organisations
     */
    record Reader(String id, Collection<String> groups) {

        static Reader of(Person person) {
            return new Reader(person.id(), person.groups());
        }
    }
}
