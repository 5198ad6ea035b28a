package org.redress.vault;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.redress.engine.DocumentDoor;
import org.redress.engine.Parties;
import org.redress.engine.Reference;
import org.redress.engine.Roles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The documents of cases: who may add, list and read which, within the limits, and on record. Who may do nothing in a case
 * learns not even that there is one.
 */
@Component
@EnableConfigurationProperties(FileSettings.class)
class Files implements DocumentDoor {

    private static final Logger LOG = LoggerFactory.getLogger(Files.class);
    private static final int LONGEST_NAME = 200;

    private final FileSettings settings;
    private final SealedFiles sealed;
    private final CaseLock cases;
    private final Readers readers;
    private final Parties parties;
    private final ReadLog log;
    private final ObjectProvider<Filings> filings;
    private final TransactionTemplate transaction;
    private final Clock clock;

    /** @throws IllegalStateException if a kind names a role or a type that is not there */
    Files(
            FileSettings settings,
            SealedFiles sealed,
            CaseLock cases,
            Readers readers,
            Parties parties,
            ReadLog log,
            ObjectProvider<Filings> filings,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.settings = settings;
        this.sealed = sealed;
        this.cases = cases;
        this.readers = readers;
        this.parties = parties;
        this.log = log;
        this.filings = filings;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        check(settings);
    }

    static void check(FileSettings settings) {
        Set<String> types = new LinkedHashSet<>(settings.types());
        types.removeAll(FileTypes.known());
        if (!types.isEmpty()) {
            throw new IllegalStateException(
                    "redress.vault.files.types: nobody can tell these by their content: " + String.join(", ", types));
        }
        settings.kinds().forEach((name, kind) -> {
            Set<String> roles = new LinkedHashSet<>(kind.readers());
            roles.addAll(kind.adders());
            roles.removeAll(Roles.all());
            if (!roles.isEmpty()) {
                throw new IllegalStateException(
                        "redress.vault.files.kinds." + name + ": no roles: " + String.join(", ", roles));
            }
            if (kind.readers().contains(Roles.PARTNER) || kind.readers().contains(Roles.ADMINISTRATOR)) {
                throw new IllegalStateException(
                        "redress.vault.files.kinds." + name + ": neither partners nor administrators read documents");
            }
            if (!Roles.OF_PARTIES.containsAll(kind.ownOnly()) || !kind.readers().containsAll(kind.ownOnly())) {
                throw new IllegalStateException(
                        "redress.vault.files.kinds." + name + ".own-only: readers that are roles of parties");
            }
        });
    }

    /**
     * Somebody who asks.
     *
     * @param user id of the account
     * @param groups roles and organisations
     */
    record Asker(String user, Set<String> groups) {

        Asker {
            groups = Roles.inConfidence(groups);
        }
    }

    /**
     * A document as somebody sees it.
     *
     * @param label null for whoever may not read it, and where it does not open
     */
    record Seen(SealedFiles.Document document, SealedFiles.@Nullable Label label) {}

    /**
     * What somebody may see and do in a case.
     *
     * @param addable the kinds that they may add
     * @param people the survivors whom they may name
     */
    record Shelf(List<Seen> files, Map<String, FileSettings.Kind> addable, List<String> people) {}

    /** What somebody sees of a case; empty when there is no such case, or none for them. */
    Optional<Shelf> shelf(Asker who, String caseNumber) {
        Map<String, FileSettings.Kind> addable = addable(who, caseNumber);
        if (isClosed(who, caseNumber, addable)) {
            return Optional.empty();
        }
        Readers.Reader reader = reader(who);
        List<SealedFiles.Kept> all = sealed.of(caseNumber);
        List<Seen> seen = new ArrayList<>();
        List<Entry> read = new ArrayList<>();
        for (SealedFiles.Kept kept : all) {
            Entry entry = kept.document().entry();
            if (reader.mayRead(entry)) {
                Seen one = new Seen(kept.document(), labelOf(kept));
                seen.add(one);
                if (one.label() != null) {
                    read.add(entry);
                }
            } else if (maySeeThatItIsThere(who, kept.document(), addable)) {
                seen.add(new Seen(kept.document(), null));
            }
        }
        noteList(who, reader, read);
        List<String> people = sealed.people(caseNumber).stream()
                .filter(person -> addable.values().stream()
                        .anyMatch(kind -> kind.person() && mayAdd(who, kind, new Subject(caseNumber, person))))
                .toList();
        return Optional.of(new Shelf(seen, addable, people));
    }

    private static SealedFiles.@Nullable Label labelOf(SealedFiles.Kept kept) {
        try {
            return kept.label();
        } catch (Unopened e) {
            LOG.error("A document is shown without its name: {}", e.getMessage());
            return null;
        }
    }

    @Override
    public boolean isOpen(String user, Set<String> groups, String caseNumber) {
        return sealed.isCase(caseNumber)
                && !addable(new Asker(user, groups), caseNumber).isEmpty();
    }

    /** A document to open, which is on record from here on; empty when there is none that this person may read. */
    Optional<SealedFiles.Kept> open(Asker who, String caseNumber, String id) {
        Readers.Reader reader = reader(who);
        Optional<SealedFiles.Kept> found = sealed.find(caseNumber, id)
                .filter(kept -> reader.mayRead(kept.document().entry()));
        found.ifPresent(
                kept -> note(who, reader, "download", List.of(kept.document().entry())));
        return found;
    }

    /**
     * Takes a document.
     *
     * @param kind one of those that this person may add
     * @param person reference of the survivor whom it is about; for kinds that are about one, and only for these
     * @param name as the sender gave it
     * @return what the sender may know of it; empty when there is no such case, or none for them
     * @throws FileRefused with what is wrong
     */
    Optional<Seen> add(
            Asker who,
            String caseNumber,
            @Nullable String kind,
            @Nullable String person,
            @Nullable String name,
            byte @Nullable [] content) {
        Map<String, FileSettings.Kind> addable = addable(who, caseNumber);
        if (isClosed(who, caseNumber, addable)) {
            return Optional.empty();
        }
        FileSettings.Kind of = kind == null ? null : addable.get(kind);
        if (kind == null || of == null) {
            throw new FileRefused(HttpStatus.BAD_REQUEST, "kind", String.join(", ", addable.keySet()));
        }
        String about = person == null || person.isBlank() ? null : person.strip();
        if (of.person()
                && (about == null
                        || !sealed.people(caseNumber).contains(about)
                        || !mayAdd(who, of, new Subject(caseNumber, about)))) {
            throw new FileRefused(HttpStatus.BAD_REQUEST, "person");
        }
        if (!of.person() && about != null) {
            throw new FileRefused(HttpStatus.BAD_REQUEST, "no-person");
        }
        if (content == null || content.length == 0) {
            throw new FileRefused(HttpStatus.BAD_REQUEST, "empty");
        }
        if (content.length > settings.size().toBytes()) {
            throw new FileRefused(
                    HttpStatus.PAYLOAD_TOO_LARGE, "size", settings.size().toMegabytes());
        }
        String type = FileTypes.of(content)
                .filter(settings.types()::contains)
                .orElseThrow(() -> new FileRefused(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "type"));
        SealedFiles.Document document = new SealedFiles.Document(
                Reference.random(),
                new Subject(caseNumber, about),
                kind,
                type,
                audience(of, who, caseNumber),
                content.length,
                who.user(),
                Instant.ofEpochMilli(clock.millis()));
        SealedFiles.Label label = new SealedFiles.Label(plainName(name), sha256(content));
        transaction.executeWithoutResult(status -> {
            cases.take(caseNumber);
            if (about != null && !sealed.people(caseNumber).contains(about)) {
                // Erased since we looked.
                throw new FileRefused(HttpStatus.BAD_REQUEST, "person");
            }
            SealedFiles.Amount amount = sealed.lock(caseNumber).orElseThrow();
            if (amount.files() >= settings.perCase()) {
                throw new FileRefused(HttpStatus.CONFLICT, "count", settings.perCase());
            }
            if (amount.bytes() + content.length > settings.totalPerCase().toBytes()) {
                throw new FileRefused(
                        HttpStatus.CONFLICT, "total", settings.totalPerCase().toMegabytes());
            }
            String sender = sender(who);
            if (!hasReserve(who, of, document.subject())) {
                refusePastTheShare(amount, sealed.ofSender(caseNumber, sender), content.length);
            }
            sealed.keep(document, label, content, sender);
        });
        return Optional.of(new Seen(document, label));
    }

    /** Whoever fills a case with what they send keeps nobody else from adding to it. */
    private void refusePastTheShare(SealedFiles.Amount all, SealedFiles.Amount theirs, int more) {
        if (theirs.files() >= settings.perSender()
                || theirs.bytes() + more > settings.totalPerSender().toBytes()) {
            throw new FileRefused(
                    HttpStatus.CONFLICT,
                    "share",
                    settings.perSender(),
                    settings.totalPerSender().toMegabytes());
        }
        if (all.files() >= settings.perCase() - settings.reserved()
                || all.bytes() + more
                        > settings.totalPerCase().toBytes()
                                - settings.totalReserved().toBytes()) {
            throw new FileRefused(HttpStatus.CONFLICT, "reserve");
        }
    }

    private boolean hasReserve(Asker who, FileSettings.Kind kind, Subject subject) {
        Set<String> roles = new LinkedHashSet<>(kind.adders());
        roles.retainAll(settings.reservedFor());
        return reader(who).mayRead(roles, subject);
    }

    /** The organisation; of a partner the account, since several outside systems may be one's. */
    private static String sender(Asker who) {
        return who.groups().contains(Roles.PARTNER)
                ? who.user()
                : who.groups().stream()
                        .filter(group -> group.startsWith(Roles.ORGANISATION_PREFIX))
                        .sorted()
                        .findFirst()
                        .orElse(who.user());
    }

    /** A list that is looked at again and again is one reading: or the log would be drowned by it. */
    private void noteList(Asker who, Readers.Reader reader, List<Entry> shown) {
        log.noteAfresh(
                who.user(),
                "list of files",
                shown.stream().filter(reader::isAudience).toList(),
                settings.listAgain());
        log.noteAfresh(
                who.user(),
                BreakGlass.PURPOSE,
                shown.stream().filter(entry -> !reader.isAudience(entry)).toList(),
                settings.listAgain());
    }

    private void note(Asker who, Readers.Reader reader, String purpose, List<Entry> shown) {
        log.note(who.user(), purpose, shown.stream().filter(reader::isAudience).toList());
        log.note(
                who.user(),
                BreakGlass.PURPOSE,
                shown.stream().filter(entry -> !reader.isAudience(entry)).toList());
    }

    private boolean isClosed(Asker who, String caseNumber, Map<String, FileSettings.Kind> addable) {
        if (!sealed.isCase(caseNumber)) {
            return true;
        }
        return addable.isEmpty()
                && !reader(who).breaksGlassIn(caseNumber)
                && kindsOf(caseNumber).values().stream().noneMatch(kind -> subjects(kind, caseNumber).stream()
                        .anyMatch(subject -> reader(who).mayRead(kind.readers(), subject)));
    }

    /** Whom documents of a kind can be about: a provider, for one, has to do with some survivors only. */
    private List<Subject> subjects(FileSettings.Kind kind, String caseNumber) {
        return kind.person()
                ? sealed.people(caseNumber).stream()
                        .map(person -> new Subject(caseNumber, person))
                        .toList()
                : List.of(new Subject(caseNumber, null));
    }

    private Readers.Reader reader(Asker who) {
        return readers.with(who.user(), who.groups());
    }

    private Map<String, FileSettings.Kind> kindsOf(String caseNumber) {
        Map<String, FileSettings.Kind> kinds = new TreeMap<>(settings.kinds());
        kinds.values().removeIf(kind -> !caseNumber.startsWith(kind.cases() + "-"));
        return kinds;
    }

    private Map<String, FileSettings.Kind> addable(Asker who, String caseNumber) {
        Map<String, FileSettings.Kind> kinds = kindsOf(caseNumber);
        kinds.values()
                .removeIf(kind -> subjects(kind, caseNumber).stream().noneMatch(subject -> mayAdd(who, kind, subject)));
        return kinds;
    }

    private boolean mayAdd(Asker who, FileSettings.Kind kind, Subject subject) {
        Set<String> roles = new LinkedHashSet<>(kind.adders());
        boolean filed = roles.remove(Roles.PARTNER) && isFiler(who, String.valueOf(subject.caseNumber()));
        return filed || reader(who).mayRead(roles, subject);
    }

    private boolean isFiler(Asker who, String caseNumber) {
        return who.groups().contains(Roles.PARTNER)
                && filings.stream().anyMatch(each -> each.filedBy(who.user(), caseNumber));
    }

    /** Their own, and for who adds by a role that is no guest's, that others of the kind are there. */
    private boolean maySeeThatItIsThere(
            Asker who, SealedFiles.Document document, Map<String, FileSettings.Kind> addable) {
        if (document.addedBy().equals(who.user())) {
            return true;
        }
        FileSettings.Kind kind = addable.get(document.kind());
        if (kind == null) {
            return false;
        }
        Set<String> roles = new LinkedHashSet<>(kind.adders());
        roles.remove(Roles.PARTNER);
        roles.removeAll(kind.ownOnly());
        return reader(who).mayRead(roles, document.subject());
    }

    /** The kind's readers; those that read their own only, with the organisation for which this person adds it. */
    private Set<String> audience(FileSettings.Kind kind, Asker who, String caseNumber) {
        Set<String> audience = new LinkedHashSet<>(kind.readers());
        audience.removeAll(kind.ownOnly());
        for (String role : kind.ownOnly()) {
            if (who.groups().contains(role)) {
                parties.organisations(caseNumber, role).stream()
                        .filter(who.groups()::contains)
                        .forEach(organisation -> audience.add(role + Readers.IN + organisation));
            }
        }
        return audience;
    }

    /**
     * A name without a path, and without signs that show it otherwise than it is (line ends, marks that turn the direction of
     * writing).
     */
    static String plainName(@Nullable String given) {
        String name = given == null ? "" : given;
        name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        StringBuilder plain = new StringBuilder();
        name.codePoints()
                .filter(sign -> switch (Character.getType(sign)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> false;
                    default -> true;
                })
                .limit(LONGEST_NAME)
                .forEach(plain::appendCodePoint);
        String stripped = plain.toString().strip();
        return stripped.replace(".", "").isEmpty() ? "file" : stripped;
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
