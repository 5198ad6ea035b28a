package org.redress.notification;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.redress.engine.Person;
import org.redress.engine.Roles;
import org.redress.vault.SealedTexts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The letters that were written. A person reads those of their role; where the letter is for one organisation, of that
 * role <em>and</em> that organisation; or where it is for them alone. To everybody else a letter does not exist, administrators among them.
 *
 * <p>What a letter says lies in the vault, under the key of its case, and goes with it; what stays is that there was one.
 */
@Component
class Letters {

    private static final String MINE =
            """
            l.addressee_role in (:groups)
            and (l.addressee_organisation is null or l.addressee_organisation in (:groups))
            """;
    private static final String UNREAD =
            "l.erased_at is null and not exists (select 1 from letter_read r where r.letter_id = l.id and r.reader = :reader)";
    private static final RowMapper<Letter> LETTER = (row, index) -> new Letter(
            row.getLong("id"),
            row.getString("case_number"),
            row.getString("event"),
            row.getString("subject"),
            null,
            row.getString("language"),
            row.getObject("created_at", OffsetDateTime.class).toInstant(),
            row.getObject("erased_at") != null,
            row.getLong("times_read") > 0);

    /** Its name in the read log, and what it is read for. */
    private static final String KIND = "letter";

    private static final Logger LOG = LoggerFactory.getLogger(Letters.class);

    private final JdbcClient jdbc;
    private final SealedTexts sealed;
    private final Clock clock;
    private final Counter unwritten;

    Letters(JdbcClient jdbc, SealedTexts sealed, Clock clock, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.sealed = sealed;
        this.clock = clock;
        this.unwritten = Counter.builder("redress.letters.unwritten")
                .description("Letters that were not written, since everything of their case was erased")
                .register(meters);
    }

    /**
     * Keeps a letter. The same message key again keeps the first one. A letter that says exactly what another one says
     * that waits unread for the same addressee is not kept: nobody is told the same thing twice (one event for each of
     * several smelters makes such letters). Nor is one of a case whose records were erased: there is nowhere to keep it.
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
        if (isSaid(notice.caseNumber(), post, text)) {
            return false;
        }
        Optional<String> reference =
                sealed.keep(ofCase(notice.caseNumber()), KIND, post.addressee().role(), text.body());
        if (reference.isEmpty()) {
            unwritten.increment();
            LOG.warn("A letter {} was not written: everything of its case was erased", post.letter());
            return false;
        }
        jdbc.sql(
                        """
                        insert into letter (message_key, notice_key, case_number, event, template, addressee_role,
                            addressee_organisation, language, subject, reference, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        messageKey,
                        notice.key(),
                        notice.caseNumber(),
                        notice.event(),
                        post.letter(),
                        post.addressee().role(),
                        organisation,
                        text.language(),
                        text.subject(),
                        reference.get(),
                        now())
                .update();
        return true;
    }

    private boolean isSaid(String caseNumber, Notice.Post post, LetterText text) {
        String organisation = post.addressee().organisation();
        List<Kept> waiting = jdbc.sql(
                        """
                        select l.id, l.case_number, l.reference, l.body from letter l
                        where l.case_number = ? and l.template = ? and l.addressee_role = ?
                        and coalesce(l.addressee_organisation, '') = ? and l.subject = ? and l.erased_at is null
                        and not exists (select 1 from letter_read r where r.letter_id = l.id)
                        """)
                .params(
                        caseNumber,
                        post.letter(),
                        post.addressee().role(),
                        organisation == null ? "" : organisation,
                        text.subject())
                .query(Letters::kept)
                .list();
        return waiting.stream().anyMatch(letter -> text.body().equals(letter.plain()))
                || sealed.anySays(
                        waiting.stream()
                                .flatMap(letter -> letter.inVault().stream())
                                .toList(),
                        text.body());
    }

    /**
     * Seals a letter that was written before letters lay in the vault; one whose case was erased is gone by this. Whatever
     * nodes do this at the same moment, one of them does.
     *
     * @return false if another one was faster: then the transaction is to be rolled back, or what it sealed is nobody's
     */
    boolean seal(long id) {
        return jdbc.sql(
                        "select id, case_number, reference, body, addressee_role from letter where id = ? and body is not null")
                .param(id)
                .query((row, index) -> Map.entry(kept(row, index), row.getString("addressee_role")))
                .optional()
                .map(found -> seal(found.getKey(), found.getValue()))
                .orElse(false);
    }

    private boolean seal(Kept letter, String role) {
        // The key before the letter, as an erasure takes them.
        String plain = Objects.requireNonNull(letter.plain());
        Optional<String> reference = sealed.keep(ofCase(letter.caseNumber()), KIND, role, plain);
        return jdbc.sql("update letter set reference = ?, erased_at = ?, body = null where id = ? and body is not null")
                        .params(reference.orElse(null), reference.isPresent() ? null : now(), letter.id())
                        .update()
                > 0;
    }

    /** The letters that are not sealed yet, at most {@code most} after that one. */
    List<Long> unsealed(long after, int most) {
        return jdbc.sql("select id from letter where reference is null and body is not null and id > ?"
                        + " order by id limit ?")
                .params(after, most)
                .query(Long.class)
                .list();
    }

    long countUnsealed() {
        return jdbc.sql("select count(*) from letter where reference is null and body is not null")
                .query(Long.class)
                .single();
    }

    /** Lets go of what a case was told; that there were letters stays on record. */
    void erase(String caseNumber) {
        jdbc.sql("update letter set erased_at = ?, body = null where case_number = ? and erased_at is null")
                .params(now(), caseNumber)
                .update();
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
        return letter.map(found -> {
            SealedTexts.Opened text = text(reader, id);
            if (text.plain() != null && !found.read()) {
                noteRead(reader, id);
            }
            return found.with(text.plain(), text.erased());
        });
    }

    private SealedTexts.Opened text(Reader reader, long id) {
        Kept kept = jdbc.sql("select id, case_number, reference, body from letter where id = ?")
                .param(id)
                .query(Letters::kept)
                .single();
        if (kept.reference() == null) {
            return new SealedTexts.Opened(kept.plain(), kept.plain() == null);
        }
        return sealed.open(kept.reference(), ofCase(kept.caseNumber()), reader.id(), KIND);
    }

    private static Kept kept(ResultSet row, int index) throws SQLException {
        return new Kept(
                row.getLong("id"), row.getString("case_number"), row.getString("reference"), row.getString("body"));
    }

    private static @Nullable String ofCase(String caseNumber) {
        return caseNumber.equals(Notice.OF_NO_CASE) ? null : caseNumber;
    }

    /** Where a letter's text lies: in the vault, or here still. */
    private record Kept(long id, String caseNumber, @Nullable String reference, @Nullable String plain) {

        private Optional<String> inVault() {
            return Optional.ofNullable(reference);
        }
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

        Reader {
            List<String> mine = new ArrayList<>(Roles.inConfidence(groups));
            mine.add(Addressee.person(id).role());
            groups = List.copyOf(mine);
        }

        static Reader of(Person person) {
            return new Reader(person.id(), person.groups());
        }
    }
}
