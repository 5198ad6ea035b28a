package org.redress.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.calendar.DurationHelper;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaFailedJobRetryTimeCycle;
import org.redress.engine.Roles;

/** Who does it, on which form, by when; and what a service task needs to survive a bad day. */
final class TaskGate implements Gate {

    private static final String DEADLINES = "deadline-matrix";
    private static final String NOTIFICATIONS = "notification-matrix";
    private static final Pattern CLOCK = Pattern.compile("deadlines\\.\\w+\\(\\s*\\w+\\s*,\\s*'([^']*)'");
    private static final Pattern STATE = Pattern.compile("cases\\.enter\\(\\s*\\w+\\s*,\\s*'([^']*)'");
    private static final Pattern EVENT = Pattern.compile("[a-z]+(-[a-z]+)*");
    private static final Pattern PARTY_GROUP =
            Pattern.compile("[$#]\\{parties\\.(?:group\\(\\s*execution\\s*,\\s*|groupOf\\()'([^']*)'\\s*(,[^}]*)?\\)}");

    /** Whoever sits on the Steering Committee or holds the chair today and is no party to the case. */
    private static final Pattern SEATS =
            Pattern.compile("[$#]\\{committee\\.(?:groups|presiding)\\(\\s*[\\w.()', ]+\\s*\\)}");

    /** One group or another, as a plain fact of the case decides: {@code ${condition ? A : B}}. */
    private static final Pattern EITHER = Pattern.compile("[$#]\\{[^?]+\\?\\s*([^?:]+?)\\s*:\\s*([^?:]+?)\\s*}");

    /** remedy.md A.0 and contract.md, "State". */
    private static final Set<String> STATES = Set.of(
            "RECEIVED",
            "ACKNOWLEDGED",
            "SCREENING",
            "CLOSED_NOT_CREDIBLE",
            "CLOSED_NOT_ACTIONABLE",
            "IN_INVESTIGATION",
            "CLOSED_NOT_SUBSTANTIATED",
            "SUBSTANTIATED",
            "LEVEL_DECIDED",
            "PLANNING",
            "PLAN_SUBMITTED",
            "PLAN_RETURNED",
            "PLAN_APPROVED",
            "FUNDING",
            "IMPLEMENTING",
            "MONITORING",
            "EXTENDED",
            "REVISED",
            "FINAL_REPORT",
            "CLOSING_REVIEW",
            "CLOSED_COMPLETED",
            "CLOSED_PARTIAL",
            "CLOSED_DECLINED",
            "LESSONS",
            "REFERRED",
            "SUSPENDED_LEGAL",
            "REOPENED",
            "TRANSFERRED",
            "NOT_ELIGIBLE",
            "INFORMATION_WANTED",
            "LAPSED",
            "ASSESSED",
            "PROVISIONAL",
            "DECLINED",
            "WITHDRAWN",
            "ENGAGED",
            "FULL_APPLIED",
            "FULL",
            "IN_DIALOGUE",
            "SUBMITTED",
            "IN_CONSULTATION",
            "BEFORE_PLENARY",
            "FOLLOW_UP",
            "CLOSED",
            "REPORTING",
            "GOOD_STANDING",
            "INACTIVE");

    @Override
    public List<Finding> findings(Models models, House house) {
        List<Finding> findings = new ArrayList<>();
        Set<String> clocks = choices(models, DEADLINES, "clock");
        Set<String> events = choices(models, NOTIFICATIONS, "event");
        for (ProcessFile process : models.processes()) {
            process.all(UserTask.class).forEach(task -> userTask(models, process, task, findings));
            for (ServiceTask task : process.all(ServiceTask.class)) {
                serviceTask(process, task, events, findings);
            }
            for (BusinessRuleTask task : process.all(BusinessRuleTask.class)) {
                boolean byMapping = process.expressions().stream()
                        .filter(expression -> expression.element().equals(task.getId()))
                        .filter(expression -> expression.where().equals("outputParameter"))
                        .anyMatch(expression ->
                                Expressions.names(expression.text()).contains("decisionResult"));
                boolean byVariable =
                        task.getCamundaResultVariable() != null && task.getCamundaMapDecisionResult() != null;
                if (!byMapping && !byVariable) {
                    findings.add(
                            process.finding(
                                    task.getId(),
                                    "keeps no result; set camunda:resultVariable and camunda:mapDecisionResult, or map decisionResult"));
                }
            }
            for (ProcessFile.Expression expression : process.expressions()) {
                for (String clock : all(CLOCK, expression.text())) {
                    if (!clocks.contains(clock)) {
                        findings.add(process.finding(
                                expression.element(),
                                "names the clock " + clock + ", which is no row of " + DEADLINES));
                    }
                }
                for (String state : all(STATE, expression.text())) {
                    if (!STATES.contains(state)) {
                        findings.add(process.finding(
                                expression.element(), "enters " + state + ", which is no state of a case"));
                    }
                }
            }
        }
        return findings;
    }

    private static void userTask(Models models, ProcessFile process, UserTask task, List<Finding> findings) {
        String id = task.getId();
        if (task.getCamundaFormRef() == null) {
            findings.add(process.finding(id, "has no form; set camunda:formRef"));
        }
        if (task.getCamundaDueDate() == null) {
            findings.add(process.finding(
                    id, "has no due date; name its clock: camunda:dueDate=\"${deadlines.due(execution, 'D03')}\""));
        }
        if (task.getCamundaAssignee() != null || task.getCamundaCandidateUsers() != null) {
            findings.add(process.finding(id, "is given to a person; models give work to roles"));
        }
        if (task.getCamundaCandidateGroups() == null) {
            findings.add(process.finding(id, "has no candidate group"));
        } else {
            groups(task.getCamundaCandidateGroups()).forEach(group -> group(process, id, group, findings));
        }
        ProcessFile.property(task, "secondPersonOf").ifPresent(firsts -> {
            for (String first : firsts.split(",", -1)) {
                boolean there = models.processes().stream()
                        .flatMap(other -> Stream.concat(
                                other.all(UserTask.class).stream(),
                                other.equals(process)
                                        ? other.all(StartEvent.class).stream()
                                                .filter(start -> start.getCamundaFormRef() != null)
                                        : Stream.empty()))
                        .map(FlowNode::getId)
                        .anyMatch(other -> other.equals(first.strip()) && !other.equals(id));
                if (!there) {
                    findings.add(process.finding(
                            id,
                            "is to be done by a second person after " + first
                                    + ", which is no other user task and no start by a form here"));
                }
            }
        });
    }

    /** Splits at commas outside of expressions. */
    private static List<String> groups(String text) {
        List<String> groups = new ArrayList<>();
        Matcher matcher = Pattern.compile("(?:[$#]\\{[^}]*}|[^,])+").matcher(text);
        while (matcher.find()) {
            groups.add(matcher.group().trim());
        }
        return groups;
    }

    private static void group(ProcessFile process, String id, String group, List<Finding> findings) {
        Matcher either = EITHER.matcher(group);
        if (either.matches()) {
            for (String branch : List.of(either.group(1), either.group(2))) {
                boolean plain = branch.matches("'[^']*'");
                group(process, id, plain ? branch.substring(1, branch.length() - 1) : "${" + branch + "}", findings);
            }
            return;
        }
        if (SEATS.matcher(group).matches()) {
            return;
        }
        Matcher ofParty = PARTY_GROUP.matcher(group);
        if (ofParty.matches()) {
            // One elector of the Steering Committee; the chair is asked for by its office.
            boolean ofSeat = ofParty.group(1).equals("steering-committee") && group.contains("groupOf(");
            if (!ofSeat && !Roles.OF_PARTIES.contains(ofParty.group(1))) {
                findings.add(process.finding(
                        id, "asks for the parties in the role " + ofParty.group(1) + ", which is no role of parties"));
            }
        } else if (Expressions.isExpression(group)) {
            findings.add(
                    process.finding(
                            id,
                            "has the candidate group " + group
                                    + "; write a role, ${parties.group(execution, 'role')}, ${parties.groupOf('role', organisation)}, ${committee.groups(recused)} or ${committee.presiding(out)}"));
        } else if (Roles.OF_PARTIES.contains(group)) {
            findings.add(process.finding(
                    id,
                    "is open to every " + group + "; give it to the party of this case: ${parties.group(execution, '"
                            + group + "')}"));
        } else if (Roles.OF_SEATS.contains(group)) {
            findings.add(
                    process.finding(
                            id,
                            "is open to every " + group
                                    + "; give it to whoever holds the office: ${committee.groups(recused)} or ${committee.presiding(out)}"));
        } else if (!Roles.OF_CASE_WORKERS.contains(group)) {
            findings.add(process.finding(id, "has the candidate group " + group + ", which is no role"));
        }
    }

    private static void serviceTask(ProcessFile process, ServiceTask task, Set<String> events, List<Finding> findings) {
        String id = task.getId();
        if (task.getCamundaDelegateExpression() == null && task.getCamundaExpression() == null) {
            findings.add(process.finding(id, "does nothing; name a bean in camunda:delegateExpression"));
        }
        String cycle = ProcessFile.extensions(task, CamundaFailedJobRetryTimeCycle.class).stream()
                .map(element -> element.getTextContent().trim())
                .findFirst()
                .orElse("");
        // One that says none is tried again as everything is (UsualRetries).
        if (!cycle.isEmpty() && !isRetryCycle(cycle)) {
            findings.add(process.finding(id, "has the retry cycle " + cycle + ", which does not parse"));
        }
        if (!"${notify}".equals(task.getCamundaDelegateExpression())) {
            return;
        }
        if (!task.isCamundaAsyncBefore()) {
            findings.add(process.finding(id, "sends inside the case's transaction; set camunda:asyncBefore"));
        }
        String event = ProcessFile.input(task, "event").orElse("");
        if (event.isEmpty()) {
            findings.add(process.finding(id, "does not say which event it tells; add the input parameter event"));
        }
        for (String name : Expressions.texts(event)) {
            if (EVENT.matcher(name).matches() && !events.contains(name)) {
                findings.add(
                        process.finding(id, "tells of the event " + name + ", which is no row of " + NOTIFICATIONS));
            }
        }
    }

    private static boolean isRetryCycle(String cycle) {
        try {
            for (String interval : cycle.split(",", -1)) {
                new DurationHelper(interval.trim());
            }
            return true;
        } catch (Exception e) {
            return false;
        }
    }

    private static Set<String> choices(Models models, String decision, String input) {
        return models.decisionFile(decision).map(file -> file.choices(input)).orElse(Set.of());
    }

    private static Set<String> all(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
