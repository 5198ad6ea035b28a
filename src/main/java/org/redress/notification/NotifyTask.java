package org.redress.notification;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.jspecify.annotations.Nullable;
import org.redress.engine.CaseDecisions;
import org.redress.engine.Lists;
import org.redress.engine.Roles;
import org.springframework.stereotype.Component;

/**
 * {@code ${notify}} in models: gives notice of the event that the task's input parameter {@code event} names, to those
 * whom the decision {@code notification-matrix} of the case's own deployment says (remedy.md B.9).
 *
 * <p>A variable that is named like a role and holds an organisation narrows that role to it: within one smelter's duty,
 * the other smelters are not told.
 */
@Component("notify")
class NotifyTask implements JavaDelegate {

    private final CaseDecisions decisions;
    private final Addressees addressees;
    private final Notifications notifications;
    private final Lists lists;

    NotifyTask(CaseDecisions decisions, Addressees addressees, Notifications notifications, Lists lists) {
        this.decisions = decisions;
        this.addressees = addressees;
        this.notifications = notifications;
        this.lists = lists;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String event = text(execution, "event");
        String caseNumber = text(execution, "caseNumber");
        List<Map<String, Object>> rows = decisions.evaluate(
                execution, "notification-matrix", Map.of("event", event, "urgency", orNormal(execution, "urgency")));
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("notification-matrix has no row for the event '" + event + "'");
        }
        // A letter that is for some of these roles alone says so by their candidate groups.
        List<String> onlyTo = lists.strings(execution.getVariable("onlyTo"));
        List<Notice.Post> posts = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            String letter = (String) Objects.requireNonNull(row.get("letter"), "letter");
            for (String role : roles(row.get("to"))) {
                for (Addressee addressee : addressees.of(caseNumber, role)) {
                    if (concerns(execution, addressee) && (onlyTo.isEmpty() || onlyTo.contains(group(addressee)))) {
                        posts.add(new Notice.Post(letter, addressee));
                    }
                }
            }
        }
        notifications.give(new Notice(key(execution), caseNumber, event, posts, new Facts(execution)));
    }

    /** What stays the same when the job runs again: a visit's job, unlike its execution and activity instance. */
    private static String key(DelegateExecution execution) {
        String activity = execution.getCurrentActivityId();
        JobEntity job = Context.getCommandContext().getCurrentJob();
        if (job == null || !String.valueOf(job.getActivityId()).startsWith(activity)) {
            throw new IllegalStateException(activity + " must be asynchronous before: else it could not be repeated");
        }
        Object loop = execution.getVariable("loopCounter");
        return job.getId() + "/" + activity + (loop == null ? "" : "/" + loop);
    }

    private static String group(Addressee addressee) {
        String organisation = addressee.organisation();
        return organisation == null ? addressee.role() : Roles.ofOrganisation(addressee.role(), organisation);
    }

    private static boolean concerns(DelegateExecution execution, Addressee addressee) {
        return !Roles.OF_PARTIES.contains(addressee.role())
                || !(execution.getVariable(addressee.role()) instanceof String only)
                || !only.startsWith(Roles.ORGANISATION_PREFIX)
                || only.equals(addressee.organisation());
    }

    private static List<String> roles(@Nullable Object to) {
        if (to instanceof Collection<?> collection) {
            return collection.stream().map(Object::toString).toList();
        }
        throw new IllegalArgumentException("notification-matrix gives no list of roles");
    }

    private static String text(DelegateExecution execution, String name) {
        if (execution.getVariable(name) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new IllegalStateException(execution.getCurrentActivityId() + " has no " + name);
    }

    private static String orNormal(DelegateExecution execution, String name) {
        return execution.getVariable(name) instanceof String text ? text : "NORMAL";
    }

    /** The facts of a running case. */
    private final class Facts implements CaseFacts {

        private final DelegateExecution execution;

        private Facts(DelegateExecution execution) {
            this.execution = execution;
        }

        @Override
        public @Nullable Object variable(String name) {
            return execution.getVariable(name);
        }

        @Override
        public Span clock(String id) {
            List<Map<String, Object>> rows = decisions.evaluate(
                    execution,
                    "deadline-matrix",
                    Map.of(
                            "clock", id,
                            "urgency", orNormal(execution, "urgency"),
                            "mode", orNormal(execution, "mode")));
            if (rows.size() != 1) {
                throw new IllegalArgumentException("deadline-matrix has " + rows.size() + " rows for the clock " + id);
            }
            Map<String, Object> row = rows.get(0);
            Number amount = (Number) Objects.requireNonNull(row.get("amount"), "amount");
            return new Span(amount.intValue(), (String) Objects.requireNonNull(row.get("unit"), "unit"));
        }
    }
}
