package org.redress.engine;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.cmd.DeleteGroupCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteMembershipCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteUserCmd;
import org.camunda.bpm.engine.impl.cmd.SaveUserCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * The engine lets people delete their own account: here administrators alone delete accounts, since the tasks that somebody
 * claimed would be left to nobody; and the last administrator and the last data protection officer stay, and so does every role.
 * Nobody is called as the product calls itself on its records.
 */
final class AccountsStay extends CommandInterceptor {

    private static final Map<String, String> NEVER_WITHOUT =
            Map.of(Roles.ADMINISTRATOR, "administrator", "dpo", "data protection officer");

    @Override
    public <T> T execute(Command<T> command) {
        if (RowGuard.isAskedByAPerson() && Context.getCommandContext().isAuthorizationCheckEnabled()) {
            if (command instanceof DeleteGroupCmd
                    && CommandFields.value(command, "groupId") instanceof String group
                    && (Roles.all().contains(group) || group.startsWith(Roles.ORGANISATION_PREFIX))) {
                throw new AuthorizationException("Roles and organisations stay: take people out of one, each by name");
            }
            if (command instanceof SaveUserCmd
                    && CommandFields.value(command, "user") instanceof User saved
                    && SignedInPeople.RESERVED.contains(
                            String.valueOf(saved.getId()).strip().toLowerCase(Locale.ROOT))) {
                throw new AuthorizationException("The product itself has this name on its records: choose another one");
            }
            String user = CommandFields.value(command, "userId") instanceof String id ? id : "";
            if (command instanceof DeleteUserCmd) {
                if (RowGuard.applies()) {
                    throw new AuthorizationException("Accounts are deleted by an administrator, one's own too");
                }
                NEVER_WITHOUT.keySet().forEach(role -> keepLast(role, user));
            } else if (command instanceof DeleteMembershipCmd
                    && CommandFields.value(command, "groupId") instanceof String role
                    && NEVER_WITHOUT.containsKey(role)) {
                keepLast(role, user);
            }
        }
        return next.execute(command);
    }

    private static void keepLast(String role, String user) {
        CommandContext context = Context.getCommandContext();
        IdentityService people = context.getProcessEngineConfiguration().getIdentityService();
        boolean last = context.runWithoutAuthorization(() -> {
            List<String> groups = people.createGroupQuery().groupMember(user).list().stream()
                    .map(Group::getId)
                    .toList();
            return groups.contains(role)
                    && people.createUserQuery().memberOfGroup(role).count() <= 1;
        });
        if (last) {
            throw new AuthorizationException(
                    "This is the last " + NEVER_WITHOUT.get(role) + ": give the role to somebody else first");
        }
    }
}
