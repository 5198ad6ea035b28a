package org.redress.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.jspecify.annotations.Nullable;

/**
 * Who may see and do which task (contract, "Who may act"): a member of one of its candidate groups, the assignee too;
 * and where a group belongs to an organisation ({@code smelter.org-luma}), only the people of that organisation, while it
 * has to do with the case. The engine's own grants stop at the definition; this is the guard of each row.
 */
final class RowGuard {

    private RowGuard() {}

    /** Whether the rule applies: not to jobs, not to administrators, not to code that runs as the system. */
    static boolean applies() {
        CommandContext context = Context.getCommandContext();
        if (context == null || !context.isAuthorizationCheckEnabled()) {
            return false;
        }
        Authentication who = context.getAuthentication();
        return who != null && who.getUserId() != null && !groupsOf(who).contains(Roles.ADMINISTRATOR);
    }

    /** Whether somebody who is signed in asked for the command that runs, administrators included. */
    static boolean isAskedByAPerson() {
        Authentication who = who();
        return who != null && who.getUserId() != null;
    }

    /** Runs a task query so that it finds only the rows of the person who asks. */
    static <T> T narrowed(TaskQueryImpl query, Supplier<T> run) {
        Authentication who = who();
        if (!applies() || who == null || groupsOf(who).contains(Roles.OVERSEER)) {
            return run.get();
        }
        TaskQueryImpl mine = new TaskQueryImpl();
        mine.setOrQueryActive();
        List<String> groups = candidateGroups(groupsOf(who));
        if (groups.isEmpty()) {
            mine.taskAssignee(who.getUserId());
        } else {
            // Whoever was named on a task, by an administrator too, is still to be of one of its groups.
            mine.taskCandidateGroupIn(groups);
            mine.includeAssignedTasks();
        }
        query.getQueries().add(mine);
        try {
            return run.get();
        } finally {
            query.getQueries().remove(mine);
        }
    }

    static void checkRead(TaskEntity task) {
        if (!mayRead(task)) {
            throw refused();
        }
    }

    /** What was answered in the case: for whoever does the task, and not for whoever oversees beside another role. */
    static void checkReadValues(TaskEntity task) {
        if (!mayReadValues(task)) {
            throw refused();
        }
    }

    /** Whether whoever asks may read what was answered before, where the task shows it. */
    static boolean mayReadValues(TaskEntity task) {
        Authentication who = who();
        return !applies() || who == null || isMine(task, who);
    }

    /** Whether whoever asks may read the task; the system and administrators may. */
    static boolean mayRead(TaskEntity task) {
        Authentication who = who();
        return !applies() || who == null || groupsOf(who).contains(Roles.OVERSEER) || isMine(task, who);
    }

    static void checkWork(TaskEntity task) {
        Authentication who = who();
        if (!applies() || who == null) {
            return;
        }
        if (!isMine(task, who)) {
            // A colleague may have ended it since it was read, and with it the links that made it theirs.
            FormGate.sayWhatIsOver(task.getId());
            throw refused();
        }
        String assignee = task.getAssignee();
        if (assignee != null && !assignee.equals(who.getUserId())) {
            throw new AuthorizationException("Somebody else has claimed this task: it is theirs until they release it");
        }
    }

    /**
     * The candidate groups of a person: the roles that do not depend on an organisation, and every role of a party or of a
     * seat joined with each of the person's organisations.
     */
    static List<String> candidateGroups(List<String> groups) {
        Set<String> effective = new LinkedHashSet<>();
        List<String> organisations = groups.stream()
                .filter(group -> group.startsWith(Roles.ORGANISATION_PREFIX))
                .toList();
        for (String group : groups) {
            if (Roles.OF_PARTIES.contains(group) || Roles.OF_SEATS.contains(group)) {
                organisations.forEach(organisation -> effective.add(Roles.ofOrganisation(group, organisation)));
            }
            if (!Roles.OF_PARTIES.contains(group)
                    && !group.startsWith(Roles.ORGANISATION_PREFIX)
                    && group.indexOf('.') < 0) {
                effective.add(group);
            }
        }
        return new ArrayList<>(effective);
    }

    /** To be named on a task, by an administrator too, makes nobody party to its case: the group decides where there is one. */
    private static boolean isMine(TaskEntity task, Authentication who) {
        List<String> mine = candidateGroups(groupsOf(who));
        boolean named = who.getUserId().equals(task.getAssignee());
        boolean ofGroups = false;
        for (IdentityLink link : task.getIdentityLinks()) {
            if (IdentityLinkType.CANDIDATE.equals(link.getType())) {
                if (mine.contains(link.getGroupId()) && isOfTheCase(task, link.getGroupId())) {
                    return true;
                }
                ofGroups |= link.getGroupId() != null;
                named |= who.getUserId().equals(link.getUserId());
            }
        }
        return named && !ofGroups;
    }

    /**
     * Whether the group of a party has to do with the case: the organisation is party to it in that role, or the process names
     * it itself, as whoever takes over or votes. A group that stands on the task and nowhere else was written there by somebody.
     */
    private static boolean isOfTheCase(TaskEntity task, String group) {
        int end = group.indexOf('.');
        if (end < 0 || !Roles.OF_PARTIES.contains(group.substring(0, end))) {
            return true;
        }
        String caseNumber = task.getVariable(EngineCases.CASE_NUMBER) instanceof String number ? number : "";
        return Context.getCommandContext().getTaskManager() instanceof GuardedTaskManager guarded
                && guarded.parties()
                        .concerns(
                                caseNumber,
                                task.getProcessInstanceId(),
                                group.substring(0, end),
                                group.substring(end + 1));
    }

    private static AuthorizationException refused() {
        return new AuthorizationException("This task is not yours: it belongs to another role or organisation");
    }

    private static @Nullable Authentication who() {
        CommandContext context = Context.getCommandContext();
        return context == null ? null : context.getAuthentication();
    }

    private static List<String> groupsOf(Authentication who) {
        return who.getGroupIds() == null ? List.of() : who.getGroupIds();
    }
}
