package org.redress.engine;

import java.time.Clock;
import java.util.Set;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.cmd.CreateMembershipCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Whoever operates works on no case and watches none: nobody makes one account both, and whoever is both from before, or by a
 * provider's claims, reads nothing ({@link Roles#inConfidence}). That somebody is put into a role or an organisation is told
 * ({@link RoleGiven}): an administrator can make an account, give it a role, read as it, and delete it.
 */
final class RolesApart extends CommandInterceptor {

    private final ApplicationEventPublisher news;
    private final Clock clock;

    RolesApart(ApplicationEventPublisher news, Clock clock) {
        this.news = news;
        this.clock = clock;
    }

    @Override
    public <T> T execute(Command<T> command) {
        CommandContext context = Context.getCommandContext();
        Authentication who = context.getAuthentication();
        if (!(command instanceof CreateMembershipCmd)
                || who == null
                || who.getUserId() == null
                || !context.isAuthorizationCheckEnabled()
                || !(CommandFields.value(command, "userId") instanceof String user)
                || !(CommandFields.value(command, "groupId") instanceof String group)) {
            return next.execute(command);
        }
        // By rights before by contents.
        context.getAuthorizationManager().checkAuthorization(Permissions.CREATE, Resources.GROUP_MEMBERSHIP, group);
        refuseBoth(context, user, group);
        T result = next.execute(command);
        if (Roles.all().contains(group) || group.startsWith(Roles.ORGANISATION_PREFIX)) {
            news.publishEvent(new RoleGiven(user, group, who.getUserId(), clock.instant()));
        }
        return result;
    }

    private static void refuseBoth(CommandContext context, String user, String group) {
        boolean operates = group.equals(Roles.ADMINISTRATOR);
        if (!operates && !isOfCases(group)) {
            return;
        }
        Set<String> has = Set.copyOf(Memberships.groupsOf(context, user));
        if (operates ? has.stream().anyMatch(RolesApart::isOfCases) : has.contains(Roles.ADMINISTRATOR)) {
            throw new AuthorizationException("Nobody is an administrator (" + Roles.ADMINISTRATOR
                    + ") and works on cases or watches them as well: give the person a second account for the other role,"
                    + " or take this one out of the role that it has first");
        }
    }

    private static boolean isOfCases(String group) {
        return Roles.OF_CASE_WORKERS.contains(group) || group.equals(Roles.OVERSEER);
    }
}
