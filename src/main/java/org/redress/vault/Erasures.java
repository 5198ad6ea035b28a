package org.redress.vault;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.redress.engine.MailAddresses;
import org.redress.engine.Roles;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Destroys the keys of a case or of one survivor: what remains in the engine, its history and every backup of the values is a
 * reference to nothing. A legal hold prevents it. Words that somebody wrote past the forms are deleted with a whole case; with a
 * survivor alone nobody can tell whom they are about, and they are counted.
 */
@Component
@EnableConfigurationProperties(ErasureSettings.class)
public class Erasures {

    /** Asks for erasures, and is told of them. */
    static final String PROTECTS_DATA = "dpo";

    private static final Set<String> OFFICERS = Set.of(PROTECTS_DATA, "legal");

    private final Reasons reasons;
    private final JdbcClient jdbc;
    private final CaseLock cases;
    private final Leftovers leftovers;
    private final Clock clock;
    private final List<StillNeeded> needs;
    private final ApplicationEventPublisher news;
    private final ErasureSettings settings;
    private final MailAddresses addresses;
    private final HoldsAndErasures record;

    Erasures(
            Reasons reasons,
            JdbcClient jdbc,
            CaseLock cases,
            Leftovers leftovers,
            Clock clock,
            List<StillNeeded> needs,
            ApplicationEventPublisher news,
            ErasureSettings settings,
            MailAddresses addresses,
            HoldsAndErasures record) {
        this.addresses = addresses;
        this.record = record;
        this.reasons = reasons;
        this.jdbc = jdbc;
        this.cases = cases;
        this.leftovers = leftovers;
        this.clock = clock;
        this.needs = List.copyOf(needs);
        this.news = news;
        this.settings = settings;
    }

    /**
     * Whether somebody with these groups holds cases, lifts holds, and asks for erasures or confirms what was asked for; nobody
     * does who operates.
     */
    public static boolean areOfAnOfficer(Collection<String> groups) {
        return Roles.inConfidence(groups).stream().anyMatch(OFFICERS::contains);
    }

    /**
     * What was destroyed, and what is left to look at by hand.
     *
     * @param keysDestroyed 0 when there was nothing, or nothing any more
     * @param valuesGone how many values nobody can open any more
     * @param filesGone how many documents
     * @param found what lay in the engine past the forms, for the whole case; choices, of the person
     * @param left what of it lies there still
     */
    public record Report(
            String caseNumber,
            @Nullable String person,
            Instant erasedAt,
            int keysDestroyed,
            int valuesGone,
            int filesGone,
            Leftovers.Count found,
            Leftovers.Count left) {}

    /** A case is under a legal hold. */
    public static final class Held extends RuntimeException {

        private Held(String caseNumber) {
            super("The case " + caseNumber
                    + " is under a legal hold: nothing of it is erased until the hold is lifted");
        }
    }

    /** Somebody is still helped by what would be erased. */
    public static final class Needed extends RuntimeException {

        private Needed(String why) {
            super(why);
        }
    }

    /** Who confirms is, as far as can be known, who asked. */
    public static final class AskedByTheSame extends RuntimeException {

        private AskedByTheSame() {
            super(
                    "This account has the mail address of the one that asked first, and two accounts of one person are not"
                            + " two people: somebody else confirms it, or each account gets an address of its own first");
        }
    }

    /**
     * Why the records are needed now; empty when they are not.
     *
     * @param person reference of the survivor; null for the whole case
     */
    public Optional<String> neededFor(String caseNumber, @Nullable String person) {
        return needs.stream()
                .flatMap(need -> need.why(caseNumber, person).stream())
                .findFirst();
    }

    /**
     * Erases as {@link #erase} does, though only what nobody is helped by any more.
     *
     * @throws Needed if somebody still is
     */
    @Transactional
    public Report eraseUnneeded(String caseNumber, @Nullable String person, String reason, String by) {
        neededFor(caseNumber, person).ifPresent(why -> {
            throw new Needed(why);
        });
        return erase(caseNumber, person, reason, by);
    }

    /** What became of a demand: done, or waiting for somebody else until then (UTC). */
    sealed interface Outcome {

        /** It is done. */
        record Done(Report report) implements Outcome {}

        /** It is on record, and waits. */
        record Waits(Instant until) implements Outcome {}
    }

    /**
     * Erases for a person who demands it. Forced, or while a hold was lifted less than three days ago
     * ({@link ErasureSettings}), it takes two accounts: the first demand is put on record, the same one by another account
     * erases. The same person again changes nothing, and a hold makes it void.
     *
     * @param force though somebody is still helped
     * @param onlyAsSecond whether this person may not be the first
     * @return empty for whoever may not be the first, and is
     * @throws Held if a legal hold prevents it
     * @throws Needed if somebody is still helped, and it is not forced
     * @throws AskedByTheSame if the second account has the mail address of the first
     */
    @Transactional
    Optional<Outcome> demand(
            String caseNumber, @Nullable String person, boolean force, String reason, String by, boolean onlyAsSecond) {
        cases.take(caseNumber);
        Instant now = clock.instant();
        Optional<HoldsAndErasures.Waiting> asked = record.waiting(caseNumber).stream()
                .filter(open -> open.forced() == force && Objects.equals(open.person(), person))
                .findFirst();
        boolean second = asked.filter(open -> !open.by().equals(by)).isPresent();
        if (onlyAsSecond && !second) {
            return Optional.empty();
        }
        asked.filter(open -> !open.by().equals(by) && addresses.areOfOnePerson(open.by(), by))
                .ifPresent(open -> {
                    throw new AskedByTheSame();
                });
        if (holdOn(caseNumber).isPresent()) {
            throw new Held(caseNumber);
        }
        if (!force) {
            neededFor(caseNumber, person).ifPresent(why -> {
                throw new Needed(why);
            });
        }
        boolean takesTwo = (force || isFreshlyLifted(caseNumber)) && !isDone(caseNumber, person, force, now);
        if (second || !takesTwo) {
            asked.ifPresent(open -> jdbc.sql("update vault_erasure_asked set state = 'DONE' where id = ?")
                    .param(open.id())
                    .update());
            Report report = erase(caseNumber, person, reason, by);
            if (report.keysDestroyed() > 0) {
                news.publishEvent(new ErasureNews(ErasureNews.What.ERASED, caseNumber, by, now));
            }
            return Optional.of(new Outcome.Done(report));
        }
        if (asked.isPresent()) {
            return Optional.of(new Outcome.Waits(asked.get().until()));
        }
        Instant until = now.plus(settings.confirmWithin());
        jdbc.sql(
                        "insert into vault_erasure_asked (case_number, person, forced, reason, state, asked_by, asked_at, ends_at)"
                                + " values (?, ?, ?, ?, 'OPEN', ?, ?, ?)")
                .params(caseNumber, person, force, reasons.seal(reason), by, Timestamp.from(now), Timestamp.from(until))
                .update();
        news.publishEvent(new ErasureNews(ErasureNews.What.ERASURE_ASKED, caseNumber, by, now));
        return Optional.of(new Outcome.Waits(until));
    }

    /** Whether two have done just this, and nothing was told since: sent again, it is no new demand. */
    private boolean isDone(String caseNumber, @Nullable String person, boolean force, Instant now) {
        return jdbc.sql("select count(*) from vault_erasure_asked where case_number = :case and forced = :force"
                                + " and coalesce(person, '') = :person and state = 'DONE' and ends_at > :now"
                                + " and not exists (select 1 from vault_key where case_number = :case"
                                + " and destroyed_at is null and (:person = '' or person = :person))")
                        .param("case", caseNumber)
                        .param("force", force)
                        .param("person", person == null ? "" : person)
                        .param("now", Timestamp.from(now))
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Whether the case is held, or was until a while ago: then nothing of it goes by itself or by one person alone. */
    public boolean isProtected(String caseNumber) {
        return holdOn(caseNumber).isPresent() || isFreshlyLifted(caseNumber);
    }

    private boolean isFreshlyLifted(String caseNumber) {
        return record.takesTwoUntil(caseNumber).isPresent();
    }

    /**
     * Lets new values be kept again where everything was erased: a case that is taken up again by new facts (E22). What was
     * erased does not come back.
     *
     * @param person reference of the survivor; null for the case and all its survivors
     * @param reason for the record; holds no name
     */
    @Transactional
    public void reopen(String caseNumber, @Nullable String person, String reason, String by) {
        cases.take(caseNumber);
        jdbc.sql("insert into vault_reopening (case_number, person, reason, reopened_by, reopened_at)"
                        + " values (?, ?, ?, ?, ?)")
                .params(caseNumber, person, reasons.seal(reason), by, Timestamp.from(clock.instant()))
                .update();
    }

    /**
     * Erases a survivor's file, or everything that is confidential in the case, the files of all its survivors too. Repeated,
     * it erases what came since.
     *
     * @param person reference of the survivor; null for the whole case
     * @param reason for the record; holds no name
     * @throws Held if a legal hold prevents it
     */
    @Transactional
    public Report erase(String caseNumber, @Nullable String person, String reason, String by) {
        cases.take(caseNumber);
        if (holdOn(caseNumber).isPresent()) {
            throw new Held(caseNumber);
        }
        Instant now = clock.instant();
        List<String> keys = jdbc.sql("select id from vault_key where case_number = :case and destroyed_at is null"
                        + (person == null ? "" : " and person = :person") + " for update")
                .param("case", caseNumber)
                .param("person", person)
                .query(String.class)
                .list();
        int values = 0;
        int files = 0;
        for (String key : keys) {
            values += jdbc.sql("update vault_value set sealed = ? where key_id = ?")
                    .params(new byte[0], key)
                    .update();
            files += jdbc.sql("update vault_file set sealed = ?, sealed_label = ? where key_id = ?")
                    .params(new byte[0], new byte[0], key)
                    .update();
            jdbc.sql("update vault_break_glass set sealed_reason = ? where key_id = ?")
                    .params(new byte[0], key)
                    .update();
            jdbc.sql("update vault_key set wrapped = null, destroyed_at = ? where id = ?")
                    .params(Timestamp.from(now), key)
                    .update();
        }
        jdbc.sql("insert into vault_erasure (case_number, person, reason, erased_by, erased_at, keys_destroyed,"
                        + " values_gone, files_gone) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(caseNumber, person, reasons.seal(reason), by, Timestamp.from(now), keys.size(), values, files)
                .update();
        if (person == null) {
            news.publishEvent(new CaseErased(caseNumber));
            forgetWords(caseNumber);
        }
        Leftovers.Count found = leftovers.of(caseNumber, person);
        Leftovers.Count left = person == null ? leftovers.delete(caseNumber) : leftovers.delete(caseNumber, person);
        report(caseNumber, found, left);
        return new Report(caseNumber, person, now, keys.size(), values, files, found, left);
    }

    /** Of the last erasure, by which the case is locked. */
    private void report(String caseNumber, Leftovers.Count found, Leftovers.Count left) {
        jdbc.sql("update vault_erasure set comments_found = ?, attachments_found = ?, failures_found = ?,"
                        + " words_found = ?, choices_found = ?, comments_left = ?, attachments_left = ?,"
                        + " failures_left = ?, words_left = ?, choices_left = ?"
                        + " where id = (select max(id) from vault_erasure where case_number = ?)")
                .params(
                        found.comments(),
                        found.attachments(),
                        found.failures(),
                        found.words(),
                        found.choices(),
                        left.comments(),
                        left.attachments(),
                        left.failures(),
                        left.words(),
                        left.choices(),
                        caseNumber)
                .update();
    }

    /**
     * Earlier reasons lie in clear beside the vault, and somebody may have written a name into one. The reason of this erasure
     * stays.
     */
    private void forgetWords(String caseNumber) {
        jdbc.sql("update vault_hold_change set reason = null where case_number = ?")
                .param(caseNumber)
                .update();
        jdbc.sql("update vault_reopening set reason = '' where case_number = ?")
                .param(caseNumber)
                .update();
        jdbc.sql("update vault_erasure_asked set reason = '' where case_number = ?")
                .param(caseNumber)
                .update();
        jdbc.sql("update vault_erasure set reason = '' where case_number = :case and id <"
                        + " (select max(id) from vault_erasure where case_number = :case)")
                .param("case", caseNumber)
                .update();
    }

    /** Why nothing of the case may be erased; empty when it may. */
    public Optional<String> holdOn(String caseNumber) {
        return jdbc.sql("select reason from vault_hold where case_number = ?")
                .param(caseNumber)
                .query(String.class)
                .optional()
                .map(reasons::open);
    }

    /** Puts the case under a legal hold; a second one replaces the reason. */
    @Transactional
    public void hold(String caseNumber, String reason, String by) {
        cases.take(caseNumber);
        jdbc.sql("delete from vault_hold where case_number = ?")
                .param(caseNumber)
                .update();
        change(caseNumber, "SET", reason, by);
        jdbc.sql("update vault_erasure_asked set state = 'VOID' where case_number = ? and state = 'OPEN'")
                .param(caseNumber)
                .update();
        jdbc.sql("insert into vault_hold (case_number, reason, set_by, set_at) values (?, ?, ?, ?)")
                .params(caseNumber, reasons.seal(reason), by, Timestamp.from(clock.instant()))
                .update();
        news.publishEvent(new CaseHeld(caseNumber));
    }

    /** Whether there is, or was, anything of such a case: its file, or something told in it. */
    boolean isKnown(String caseNumber) {
        return jdbc.sql("select (select count(*) from case_file where case_number = :case)"
                                + " + (select count(*) from vault_key where case_number = :case)")
                        .param("case", caseNumber)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Whether the case knows, or knew, this person: a mistyped reference would be erased in vain, and believed to be gone. */
    boolean isKnown(String caseNumber, String person) {
        return jdbc.sql("select (select count(*) from vault_key where case_number = :case and person = :person)"
                                + " + (select count(*) from vault_consent where case_number = :case and person = :person)"
                                + " + (select count(*) from vault_coordinator where case_number = :case"
                                + " and person = :person)")
                        .param("case", caseNumber)
                        .param("person", person)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /**
     * Ends the legal hold, which stays on record, and those who may hold and erase are told; none is as good.
     *
     * @param reason for the record; holds no name
     */
    @Transactional
    public void lift(String caseNumber, String reason, String by) {
        cases.take(caseNumber);
        int held = jdbc.sql("delete from vault_hold where case_number = ?")
                .param(caseNumber)
                .update();
        if (held > 0) {
            change(caseNumber, "LIFTED", reason, by);
            news.publishEvent(new ErasureNews(ErasureNews.What.HOLD_LIFTED, caseNumber, by, clock.instant()));
        }
    }

    private void change(String caseNumber, String what, String reason, String by) {
        jdbc.sql("insert into vault_hold_change (case_number, what, reason, changed_by, changed_at)"
                        + " values (?, ?, ?, ?, ?)")
                .params(caseNumber, what, reasons.seal(reason), by, Timestamp.from(clock.instant()))
                .update();
    }
}
