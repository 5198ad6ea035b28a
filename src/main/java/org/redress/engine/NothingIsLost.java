package org.redress.engine;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * A case ends by its own ways, and what was done in it stays on record: nobody who is signed in deletes a case, a model with
 * its cases, a history or how long it is kept, administrators included, by whichever door. What a person does to a running case
 * runs its listeners, so that parties, ballots and clocks follow. Notes and files are given in forms: a comment or an attachment
 * of the engine would lie readable beside the vault.
 */
final class NothingIsLost extends CommandInterceptor {

    private static final Map<Pattern, String> REFUSED = Map.of(
            Pattern.compile("Delete(Deployment|ProcessDefinition.*)Cmd"),
            "Deleting a model deletes its cases; old versions stay, they cost nothing",
            Pattern.compile("Delete(Task|ProcessInstance(s|Batch)?)Cmd"),
            "A case is not deleted: it is withdrawn, ended or closed by its own tasks",
            Pattern.compile("Delete(Historic|UserOperationLog).*Cmd|SetRemovalTime.*Cmd|Update.*HistoryTimeToLiveCmd"),
            "What was done stays on record, as long as the model says",
            Pattern.compile("(Add|Delete)GroupIdentityLinkCmd"),
            "Whose task it is says the model, and who is party to the case: a person of the group is named instead",
            Pattern.compile("SetAnnotationForOperationLog"),
            "Nobody writes on the record of what was done",
            Pattern.compile(
                    "(Add|Update)CommentCmd|Delete.*CommentCmd|(Create|Save)AttachmentCmd|Delete.*AttachmentCmd"),
            "Notes and files are given in the form of a task, where they are kept safe");

    @Override
    public <T> T execute(Command<T> command) {
        // What the product does as the system, such as erasing a case, is not what a person asks the engine for.
        if (RowGuard.isAskedByAPerson() && Context.getCommandContext().isAuthorizationCheckEnabled()) {
            String name = command.getClass().getSimpleName();
            REFUSED.forEach((refused, reason) -> {
                if (refused.matcher(name).matches()) {
                    throw new AuthorizationException(reason);
                }
            });
            if (skipsListeners(command)) {
                throw new AuthorizationException(
                        "What changes a running case runs its listeners: parties, ballots and clocks follow by them");
            }
        }
        return next.execute(command);
    }

    private static boolean skipsListeners(Command<?> command) {
        return Optional.ofNullable(CommandFields.value(command, "builder"))
                .or(() -> Optional.ofNullable(CommandFields.value(command, "executionBuilder")))
                .filter(builder -> isSet(builder, "skipCustomListeners") || isSet(builder, "skipIoMappings"))
                .isPresent();
    }

    private static boolean isSet(Object builder, String flag) {
        return Boolean.TRUE.equals(CommandFields.value(builder, flag));
    }
}
