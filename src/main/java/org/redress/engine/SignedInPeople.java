package org.redress.engine;

import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The people and programs that sign in by a provider, as users of the engine: who they are was settled when they came first,
 * and their roles and organisation follow the provider's claims. Tasks, letters and offices look people up there.
 *
 * <p>Any number of nodes and tabs may do so at once. Claims that are older than those that count already change nothing, so
 * that a token from before a role was taken away does not bring it back; of two in the same second, taking away wins.
 */
@Component
class SignedInPeople {

    private static final Logger LOG = LoggerFactory.getLogger(SignedInPeople.class);

    /** What the engine takes as the id of a user, in small letters; its column has 64 characters. */
    private static final Pattern ID = Pattern.compile("[a-z0-9.@_\\-]{1,64}");

    /** What the product calls itself on its records. */
    static final Set<String> RESERVED = Set.of("system");

    private static final int MOST_TRIES = 3;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ProcessEngine engine;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final SystemWork asTheSystem;
    private final OpenTasks openTasks;

    SignedInPeople(
            @Lazy ProcessEngine engine,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            SystemWork asTheSystem,
            OpenTasks openTasks) {
        this.engine = engine;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.asTheSystem = asTheSystem;
        this.openTasks = openTasks;
    }

    /**
     * @param id of the engine's user
     * @param groups roles and organisation
     */
    record SignedIn(String id, Set<String> groups) {}

    private record Known(String id, Instant claimsAt) {}

    /** What the claims come to; no group when they are refused. */
    private record Wanted(Set<String> groups, Optional<SignInRefused.Reason> refused) {}

    /**
     * Lets somebody in, and brings their roles and organisation in line with the claims. Who is refused for what the claims
     * lack loses what they had.
     *
     * @throws SignInRefused if they do not get in; the change to what they have stands
     */
    SignedIn signIn(TokenClaims claims, boolean administrators) {
        for (int tries = 1; ; tries++) {
            try {
                Result result = asTheSystem
                        .call(() -> asItIs(claims, administrators))
                        .orElseGet(() -> inOneTransaction(() -> change(claims, administrators)));
                result.refused().ifPresent(reason -> {
                    LOG.info("A sign-in was refused: {}", reason);
                    throw new SignInRefused(reason);
                });
                return result.person();
            } catch (DuplicateKeyException | ProcessEngineException e) {
                // Another tab, node or administrator did the same just now.
                if (tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Whether this id was given to somebody who signs in by a provider. */
    boolean isOne(String id) {
        return jdbc.sql("select count(*) from signed_in_person where user_id = ?")
                        .param(id)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private record Result(SignedIn person, Optional<SignInRefused.Reason> refused) {}

    /** As it is for every request but the first of a token: nothing to change, and nothing is locked. */
    private Optional<Result> asItIs(TokenClaims claims, boolean administrators) {
        return find(claims, "").filter(known -> isThere(known.id())).flatMap(known -> {
            Wanted wanted = wanted(claims, administrators);
            Set<String> had = groupsOf(known.id());
            return changes(claims, known, had, wanted, administrators)
                    ? Optional.empty()
                    : Optional.of(letIn(known.id(), had, wanted));
        });
    }

    private Result change(TokenClaims claims, boolean administrators) {
        Wanted wanted = wanted(claims, administrators);
        Optional<Known> known = find(claims, " for update");
        if (known.isEmpty()) {
            Optional<SignInRefused.Reason> refused =
                    letIn("", wanted.groups(), wanted).refused().or(() -> reasonAgainst(claims));
            if (refused.isPresent()) {
                return new Result(new SignedIn("", Set.of()), refused);
            }
            insert(claims);
        }
        String id = known.map(Known::id).orElse(claims.user());
        Instant since = known.map(Known::claimsAt).orElse(Instant.MIN);
        Set<String> had = known.isEmpty() ? Set.of() : groupsOf(id);
        makeUser(id, claims, since);
        Set<String> has = bringInLine(id, had, claims.issuedAt(), since, wanted, administrators);
        if (claims.issuedAt().isAfter(since)) {
            jdbc.sql("update signed_in_person set claims_at = ? where user_id = ?")
                    .params(Timestamp.from(claims.issuedAt()), id)
                    .update();
        }
        return letIn(id, has, wanted);
    }

    private static Result letIn(String id, Set<String> groups, Wanted wanted) {
        boolean hasRole = groups.stream().anyMatch(Roles.all()::contains);
        return new Result(
                new SignedIn(id, groups),
                wanted.refused().or(() -> hasRole ? Optional.empty() : Optional.of(SignInRefused.Reason.NO_ROLE)));
    }

    private boolean changes(TokenClaims claims, Known known, Set<String> had, Wanted wanted, boolean administrators) {
        if (claims.issuedAt().isBefore(known.claimsAt())) {
            return false;
        }
        return claims.issuedAt().isAfter(known.claimsAt())
                || had.stream()
                        .anyMatch(group -> isOurs(group, administrators)
                                && !wanted.groups().contains(group));
    }

    private Set<String> bringInLine(
            String id, Set<String> had, Instant issuedAt, Instant since, Wanted wanted, boolean administrators) {
        Set<String> has = new HashSet<>(had);
        IdentityService identity = engine.getIdentityService();
        if (!issuedAt.isBefore(since)) {
            for (String group : had) {
                if (isOurs(group, administrators) && !wanted.groups().contains(group)) {
                    identity.deleteMembership(id, group);
                    has.remove(group);
                }
            }
        }
        if (issuedAt.isAfter(since)) {
            for (String group : wanted.groups()) {
                if (has.add(group)) {
                    identity.createMembership(id, group);
                }
            }
        }
        if (!has.containsAll(had)) {
            openTasks.release(id, had, has);
        }
        return has;
    }

    /** Groups that an administrator made for other ends stay as they are. */
    private static boolean isOurs(String group, boolean administrators) {
        if (group.equals(Roles.ADMINISTRATOR)) {
            return administrators;
        }
        return Roles.all().contains(group) || group.startsWith(Roles.ORGANISATION_PREFIX);
    }

    private Wanted wanted(TokenClaims claims, boolean administrators) {
        Set<String> roles = claims.groups().stream()
                .filter(Roles.all()::contains)
                .filter(role -> isOurs(role, administrators))
                .collect(Collectors.toUnmodifiableSet());
        if (roles.size() < claims.groups().size()) {
            LOG.debug(
                    "Groups of a token that are no roles here: {}",
                    claims.groups().size() - roles.size());
        }
        if (claims.organisations().size() > 1) {
            return refused(SignInRefused.Reason.ORGANISATIONS_SEVERAL);
        }
        Optional<String> registered = claims.organisation().filter(this::isRegistered);
        boolean needsOne =
                roles.stream().anyMatch(role -> Roles.OF_PARTIES.contains(role) || Roles.OF_SEATS.contains(role));
        if (needsOne && registered.isEmpty()) {
            return refused(
                    claims.organisation().isEmpty()
                            ? SignInRefused.Reason.ORGANISATION_MISSING
                            : SignInRefused.Reason.ORGANISATION_UNKNOWN);
        }
        if (roles.isEmpty()) {
            return new Wanted(Set.of(), Optional.empty());
        }
        return new Wanted(
                Stream.concat(roles.stream(), registered.stream()).collect(Collectors.toUnmodifiableSet()),
                Optional.empty());
    }

    private static Wanted refused(SignInRefused.Reason reason) {
        return new Wanted(Set.of(), Optional.of(reason));
    }

    private boolean isRegistered(String organisation) {
        return engine.getIdentityService()
                        .createGroupQuery()
                        .groupId(organisation)
                        .groupType(Organisations.GROUP_TYPE)
                        .count()
                > 0;
    }

    private Optional<SignInRefused.Reason> reasonAgainst(TokenClaims claims) {
        String id = claims.user();
        if (!ID.matcher(id).matches()) {
            return Optional.of(SignInRefused.Reason.NAME_UNUSABLE);
        }
        boolean taken = RESERVED.contains(id)
                || isOne(id)
                || engine.getIdentityService().createUserQuery().list().stream()
                        .anyMatch(user -> user.getId().equalsIgnoreCase(id));
        if (taken && find(claims, "").isPresent()) {
            throw new DuplicateKeyException("The same person signed in at the same moment");
        }
        return taken ? Optional.of(SignInRefused.Reason.NAME_TAKEN) : Optional.empty();
    }

    private Optional<Known> find(TokenClaims claims, String lock) {
        return jdbc.sql("select user_id, claims_at from signed_in_person where issuer = ? and subject = ?" + lock)
                .params(claims.issuer(), claims.subject())
                .query((row, index) -> new Known(
                        row.getString("user_id"), row.getTimestamp("claims_at").toInstant()))
                .optional();
    }

    private void insert(TokenClaims claims) {
        jdbc.sql("insert into signed_in_person (user_id, issuer, subject, claims_at) values (?, ?, ?, ?)")
                .params(claims.user(), claims.issuer(), claims.subject(), Timestamp.from(claims.issuedAt()))
                .update();
    }

    /** Made at the first sign-in, or again after an administrator deleted it; the mail address is the provider's. */
    private void makeUser(String id, TokenClaims claims, Instant since) {
        IdentityService identity = engine.getIdentityService();
        User user = identity.createUserQuery().userId(id).singleResult();
        if (user == null) {
            user = identity.newUser(id);
            user.setFirstName(id);
            user.setLastName("");
            // Nobody knows it, and no door asks for it.
            user.setPassword(unknownPassword());
        } else if (claims.issuedAt().isBefore(since) || claims.mailAddress().equals(user.getEmail())) {
            return;
        }
        user.setEmail(claims.mailAddress());
        identity.saveUser(user);
    }

    static String unknownPassword() {
        byte[] password = new byte[32];
        RANDOM.nextBytes(password);
        return Base64.getEncoder().encodeToString(password);
    }

    private boolean isThere(String id) {
        return engine.getIdentityService().createUserQuery().userId(id).count() > 0;
    }

    private Set<String> groupsOf(String id) {
        List<Group> groups =
                engine.getIdentityService().createGroupQuery().groupMember(id).list();
        return groups.stream().map(Group::getId).collect(Collectors.toUnmodifiableSet());
    }

    private <T> T inOneTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> asTheSystem.call(work)));
    }
}
