package org.redress.engine;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.cmd.SaveUserCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Whoever sets another person's password can sign in as that person, and read and act in their name. For the engine it is an
 * update of a user like any other: here it is said on the record of operations, and told ({@link PasswordReset}). An account
 * that is deleted and made anew under its id is the same to whoever did it.
 */
final class PasswordsOnRecord extends CommandInterceptor {

    /** What the record of operations calls it. */
    static final String OPERATION = "Password";

    /** Characters of a password, the first administrator's too. */
    static final int SHORTEST = 12;

    private final PasswordChanges changes;
    private final ApplicationEventPublisher news;
    private final Clock clock;

    PasswordsOnRecord(PasswordChanges changes, ApplicationEventPublisher news, Clock clock) {
        this.changes = changes;
        this.news = news;
        this.clock = clock;
    }

    @Override
    public <T> T execute(Command<T> command) {
        if (!(command instanceof SaveUserCmd)
                || !(CommandFields.value(command, "user") instanceof UserEntity user)
                || !user.hasNewPassword()) {
            return next.execute(command);
        }
        if (Context.getCommandContext().getAuthentication() == null) {
            // The product's own: the accounts of the first look, and passwords that nobody knows.
            CommandFields.put(command, "skipPasswordPolicy", true);
        } else if (!user.checkPasswordAgainstPolicy()) {
            // By rights before by contents.
            Context.getCommandContext()
                    .getAuthorizationManager()
                    .checkAuthorization(
                            user.getRevision() == 0 ? Permissions.CREATE : Permissions.UPDATE,
                            Resources.USER,
                            user.getId());
            throw new InvalidInput("A password has at least " + SHORTEST + " characters: take three or four words");
        }
        boolean made = user.getRevision() == 0;
        T result = next.execute(command);
        set(user.getId(), made);
        return result;
    }

    private void set(String user, boolean made) {
        CommandContext context = Context.getCommandContext();
        String by = Optional.ofNullable(context.getAuthentication())
                .map(Authentication::getUserId)
                .orElse(null);
        boolean isTold = made ? changes.since(0, user) : hasARole(context, user);
        Instant now = clock.instant();
        changes.note(user, by, now);
        if (!made) {
            context.getOperationLogManager().logUserOperation(OPERATION, user);
        }
        if (isTold && by != null && !Objects.equals(by, user)) {
            news.publishEvent(new PasswordReset(user, by, now));
        }
    }

    private static boolean hasARole(CommandContext context, String user) {
        return Memberships.groupsOf(context, user).stream().anyMatch(Roles.all()::contains);
    }
}
