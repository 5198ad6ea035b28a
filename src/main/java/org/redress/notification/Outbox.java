package org.redress.notification;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.redress.engine.Person;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Mails to send: one row per notice and person. A mail goes out at least once; its state is committed at once and by
 * itself, so that what went out stays sent though the job fails later. Row locks keep two senders, on any two nodes, from
 * sending the same mail.
 *
 * <p>One mail tells a person of everything that waits, so it settles all rows of that person: after an outage nobody gets
 * a mail for each letter.
 */
@Component
class Outbox {

    /** What happened to a mail. */
    enum State {
        /** Not tried yet. */
        WAITING,
        /** The SMTP server took it. */
        SENT,
        /** The last try failed; it is tried again. */
        FAILED,
        /** Another mail covered it, the person read first, or has no mail address any more. */
        NEEDLESS,
        /** The case was erased, and its letters with it, before the mail went. */
        ERASED
    }

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final String UNSENT = "state in ('WAITING', 'FAILED')";
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

    private final JdbcClient jdbc;
    private final Letters letters;
    private final Addressees addressees;
    private final PostOffice postOffice;
    private final NotificationSettings settings;
    private final Clock clock;
    private final TransactionTemplate ownTransaction;

    Outbox(
            JdbcClient jdbc,
            Letters letters,
            Addressees addressees,
            PostOffice postOffice,
            NotificationSettings settings,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.letters = letters;
        this.addressees = addressees;
        this.postOffice = postOffice;
        this.settings = settings;
        this.clock = clock;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Puts a mail to a person in the outbox. Twice with the same message key is as good as once. */
    void put(String messageKey, Person recipient) {
        boolean known = jdbc.sql("select count(*) from outbox where message_key = ? and recipient = ?")
                        .params(messageKey, recipient.id())
                        .query(Long.class)
                        .single()
                > 0;
        if (known) {
            return;
        }
        jdbc.sql(
                        """
                        insert into outbox (message_key, recipient, message_id, state, created_at, next_attempt_at)
                        values (?, ?, ?, 'WAITING', ?, ?)
                        """)
                .params(messageKey, recipient.id(), messageId(messageKey, recipient.id()), now(), now())
                .update();
    }

    /**
     * Puts a mail in the outbox that goes to the address which an account had, whoever reads the letter meanwhile. Twice with
     * the same message key is as good as once.
     *
     * @param user id of the account
     */
    void putToFormer(String messageKey, String user, String address) {
        Person former = new Person(Addressee.FORMER + user, address, Set.of());
        put(messageKey, former);
        jdbc.sql("update outbox set address = ? where message_key = ? and recipient = ? and " + UNSENT)
                .params(address, messageKey, former.id())
                .update();
    }

    /**
     * Sends what a notice has not sent yet. Without an SMTP server everything waits, and that is no failure.
     *
     * @throws MailNotSent if at least one mail could not be sent; all of them were tried
     */
    void send(String messageKey) {
        if (!postOffice.isOpen()) {
            return;
        }
        List<String> recipients = jdbc.sql(
                        "select recipient from outbox where message_key = ? and " + UNSENT + " order by recipient")
                .param(messageKey)
                .query(String.class)
                .list();
        long failed = recipients.stream().filter(recipient -> !tell(recipient)).count();
        if (failed > 0) {
            throw new MailNotSent(failed, recipients.size());
        }
    }

    /** Sends what waits, to at most {@code most} people, whoever gave the notice. */
    void sweep(int most) {
        if (!postOffice.isOpen()) {
            return;
        }
        jdbc.sql("select distinct recipient from outbox where " + UNSENT
                        + " and next_attempt_at <= ? order by recipient limit ?")
                .params(now(), most)
                .query(String.class)
                .list()
                .forEach(this::tell);
    }

    /** No mail tells of the letters of this case any more. Before the letters are let go: this finds its mails by them. */
    void erase(String caseNumber) {
        jdbc.sql("update outbox set state = 'ERASED' where " + UNSENT
                        + " and message_key in (select l.notice_key from letter l where l.case_number = ?)")
                .param(caseNumber)
                .update();
    }

    /** How many mails are in each state. */
    Map<State, Long> counts() {
        return jdbc
                .sql("select state, count(*) as mails from outbox group by state")
                .query((row, index) -> Map.entry(State.valueOf(row.getString("state")), row.getLong("mails")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What is not sent, the longest waiting first, at most {@code limit}. */
    List<Mail> unsent(int limit) {
        return jdbc.sql("select * from outbox where " + UNSENT + " order by id limit ?")
                .param(limit)
                .query((row, index) -> new Mail(
                        row.getLong("id"),
                        row.getString("recipient"),
                        State.valueOf(row.getString("state")),
                        row.getInt("attempts"),
                        row.getString("last_error"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getObject("next_attempt_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /**
     * Sends one mail to a person who has unsent ones, unless somebody else is just doing so.
     *
     * @return false if it failed
     */
    private boolean tell(String recipient) {
        if (recipient.startsWith(Addressee.FORMER)) {
            return tellFormer(recipient);
        }
        Optional<Person> person = addressees.person(recipient).filter(found -> !found.mailAddress()
                .isEmpty());
        return Boolean.TRUE.equals(ownTransaction.execute(status -> {
            List<Row> rows = jdbc.sql("select id, message_id, attempts from outbox where recipient = ? and " + UNSENT
                            + " order by id for update skip locked")
                    .param(recipient)
                    .query((row, index) ->
                            new Row(row.getLong("id"), row.getString("message_id"), row.getInt("attempts")))
                    .list();
            return rows.isEmpty() || settle(rows, person);
        }));
    }

    /** Each by itself: another change may have been at another address. */
    private boolean tellFormer(String recipient) {
        return Boolean.TRUE.equals(ownTransaction.execute(status -> {
            boolean sent = true;
            for (Former former : jdbc.sql(
                            "select id, message_id, attempts, address from outbox where recipient = ? and " + UNSENT
                                    + " order by id for update skip locked")
                    .param(recipient)
                    .query((row, index) -> new Former(
                            new Row(row.getLong("id"), row.getString("message_id"), row.getInt("attempts")),
                            row.getString("address")))
                    .list()) {
                sent &= send(former);
            }
            return sent;
        }));
    }

    private boolean send(Former former) {
        String address = former.address();
        if (address == null) {
            mark(former.row(), State.NEEDLESS, null);
            return true;
        }
        try {
            postOffice.send(former.row().messageId(), address, 1);
        } catch (MailException e) {
            String reason = reason(e);
            LOG.warn("A mail of the outbox could not be sent: {}", reason);
            mark(former.row(), State.FAILED, reason);
            return false;
        }
        mark(former.row(), State.SENT, null);
        jdbc.sql("update outbox set address = null where id = ?")
                .param(former.row().id())
                .update();
        return true;
    }

    private boolean settle(List<Row> rows, Optional<Person> person) {
        long waiting =
                person.map(found -> letters.unread(Letters.Reader.of(found))).orElse(0L);
        if (waiting == 0) {
            rows.forEach(row -> mark(row, State.NEEDLESS, null));
            return true;
        }
        // The oldest row's id: the same again if this transaction is lost after the mail has gone.
        Row first = rows.get(0);
        try {
            postOffice.send(first.messageId(), person.orElseThrow().mailAddress(), waiting);
        } catch (MailException e) {
            String reason = reason(e);
            LOG.warn("A mail of the outbox could not be sent: {}", reason);
            rows.forEach(row -> mark(row, State.FAILED, reason));
            return false;
        }
        mark(first, State.SENT, null);
        // Who has no account reads nothing here: the next mail must not count this again.
        person.filter(told -> told.id().startsWith(Addressee.LISTED))
                .ifPresent(told -> letters.noteTold(Letters.Reader.of(told)));
        rows.stream().skip(1).forEach(row -> mark(row, State.NEEDLESS, null));
        return true;
    }

    private void mark(Row row, State state, @Nullable String error) {
        boolean tried = state == State.SENT || state == State.FAILED;
        int attempts = row.attempts() + (tried ? 1 : 0);
        jdbc.sql(
                        """
                        update outbox set state = ?, attempts = ?, last_error = ?, sent_at = ?, next_attempt_at = ?
                        where id = ?
                        """)
                .params(
                        state.name(),
                        attempts,
                        error,
                        state == State.SENT ? now() : null,
                        now().plus(pause(attempts)),
                        row.id())
                .update();
    }

    /** The sweep's patience: 2, 4, 8 … minutes, at most six hours. */
    private static Duration pause(int attempts) {
        Duration pause = Duration.ofMinutes(1L << Math.min(attempts, 10));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** Kinds of errors only: what SMTP servers say repeats addresses. */
    private static String reason(MailException e) {
        Throwable root = e instanceof MailSendException sending
                        && sending.getFailedMessages().size() == 1
                ? sending.getFailedMessages().values().iterator().next()
                : e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName();
    }

    private String messageId(String messageKey, String recipient) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((messageKey + "\n" + recipient).getBytes(StandardCharsets.UTF_8));
            return "<" + HexFormat.of().formatHex(hash, 0, 20) + "@"
                    + settings.publicUrl().getHost() + ">";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private OffsetDateTime now() {
        Instant now = clock.instant();
        return now.atOffset(ZoneOffset.UTC);
    }

    /**
     * A mail that is not sent, as an operator sees it.
     *
     * @param recipient id of the account
     * @param lastError kind of the last failure; null if there was none
     * @param nextAttemptAt when the sweep tries it (UTC)
     */
    record Mail(
            long id,
            String recipient,
            State state,
            int attempts,
            @Nullable String lastError,
            Instant createdAt,
            Instant nextAttemptAt) {}

    private record Row(long id, String messageId, int attempts) {}

    private record Former(Row row, @Nullable String address) {

        /** Says nothing of the address: it could end in a log. */
        @Override
        public String toString() {
            return row.toString();
        }
    }
}
