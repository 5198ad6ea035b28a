package org.redress.notification;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.OpenClocks;
import org.redress.deadline.OpenClocks.Kind;
import org.redress.deadline.OpenClocks.Ring;
import org.redress.deadline.OpenClocks.Waiting;
import org.redress.engine.Roles;
import org.redress.engine.SystemWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reminds people of their tasks before these are due, and tells whom B.9 names once they are late (remedy.md A.7, B.9). Once
 * for each task, kind and due date: the row of that key and the letters are written together, so of two nodes at the same
 * moment one writes. Never to a complainant: only to those whose task it is, and to recipients of the table.
 */
@Component
class Reminders {

    private static final Logger LOG = LoggerFactory.getLogger(Reminders.class);
    private static final int AT_ONCE = 500;

    private final OpenClocks clocks;
    private final Addressees addressees;
    private final Notifications notifications;
    private final SystemWork asTheSystem;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final TransactionTemplate ownTransaction;

    Reminders(
            OpenClocks clocks,
            Addressees addressees,
            Notifications notifications,
            SystemWork asTheSystem,
            JdbcClient jdbc,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.clocks = clocks;
        this.addressees = addressees;
        this.notifications = notifications;
        this.asTheSystem = asTheSystem;
        this.jdbc = jdbc;
        this.clock = clock;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Tells what is to be told now. One that fails does not stop the others; the next round tries it again. */
    void tell() {
        List<Ring> rings = clocks.ringing();
        for (int from = 0; from < rings.size(); from += AT_ONCE) {
            List<Ring> some = rings.subList(from, Math.min(from + AT_ONCE, rings.size()));
            Set<Ring> told = told(some);
            some.stream().filter(ring -> !told.contains(ring)).forEach(this::tell);
        }
    }

    private void tell(Ring ring) {
        try {
            Optional<Notice> kept = Optional.ofNullable(ownTransaction.execute(status -> keep(ring)));
            kept.ifPresent(notice -> asTheSystem.run(() -> notifications.send(notice)));
        } catch (DuplicateKeyException e) {
            LOG.debug("Another node has told it");
        } catch (RuntimeException e) {
            LOG.warn(
                    "The {} of the task {} waits for the next round: {}",
                    ring.kind().name().toLowerCase(Locale.ROOT),
                    ring.taskId(),
                    e.getClass().getSimpleName());
        }
    }

    private @Nullable Notice keep(Ring ring) {
        return asTheSystem.call(() -> {
            Optional<Waiting> waiting = clocks.waiting(ring);
            if (waiting.isEmpty()) {
                return null;
            }
            jdbc.sql("insert into task_reminder (task, kind, due_at, told_at) values (?, ?, ?, ?)")
                    .params(ring.taskId(), ring.kind().name(), utc(ring.due()), utc(clock.instant()))
                    .update();
            Notice notice = notice(ring, waiting.get());
            notifications.keep(notice);
            return notice;
        });
    }

    private Notice notice(Ring ring, Waiting task) {
        String letter = ring.kind() == Kind.REMINDER ? "task-reminder" : "task-late";
        Set<Addressee> whom = new LinkedHashSet<>();
        if (ring.kind() == Kind.REMINDER) {
            task.groups().forEach(group -> whom.add(ofGroup(group)));
        } else {
            task.escalateTo().forEach(role -> whom.addAll(addressees.of(task.caseNumber(), role)));
            whom.removeIf(addressee -> addressees.people(addressee).isEmpty());
            if (whom.isEmpty()) {
                whom.add(new Addressee(Roles.OVERSEER, null));
            }
        }
        whom.removeIf(Addressee::isComplainant);
        List<Notice.Post> posts = new ArrayList<>();
        whom.forEach(addressee -> posts.add(new Notice.Post(letter, addressee)));
        return new Notice(
                letter + "/" + ring.taskId() + "/" + ring.due().toEpochMilli(),
                task.caseNumber(),
                letter,
                posts,
                new Facts(task, Date.from(ring.due())));
    }

    private static Addressee ofGroup(String group) {
        int end = group.indexOf('.');
        return end < 0 ? new Addressee(group, null) : new Addressee(group.substring(0, end), group.substring(end + 1));
    }

    private Set<Ring> told(List<Ring> rings) {
        return new HashSet<>(jdbc.sql("select task, kind, due_at from task_reminder where task in (:tasks)")
                .param("tasks", rings.stream().map(Ring::taskId).toList())
                .query((row, index) -> new Ring(
                        row.getString("task"),
                        Kind.valueOf(row.getString("kind")),
                        row.getObject("due_at", OffsetDateTime.class).toInstant()))
                .list());
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    private record Facts(Waiting task, Date due) implements CaseFacts {

        @Override
        public @Nullable Object variable(String name) {
            return switch (name) {
                case "caseNumber" -> task.caseNumber();
                case "taskName" -> task.name();
                case "taskDueAt" -> due;
                default -> null;
            };
        }

        @Override
        public Span clock(String id) {
            throw new IllegalArgumentException("There is no clock in this letter");
        }
    }
}
