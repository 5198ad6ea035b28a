package org.redress.remedy;

import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.IdentityLink;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.Deadlines;
import org.redress.deadline.EmergencyClocks;
import org.redress.engine.InvalidInput;
import org.redress.engine.Lists;
import org.redress.engine.Parties;
import org.redress.engine.Roles;
import org.redress.engine.Words;
import org.springframework.stereotype.Component;

/**
 * Puts cases in the emergency mode and sets them back (remedy.md A.8 E23, B.12). Models ask here as {@code ${caseMode. …}}.
 * A case is in the mode while an emergency stands in the country of its site; everything that runs for it is, too.
 */
@Component("caseMode")
public class CaseModeWorkflow {

    static final String UNTIL = "emergencyUntil";

    private static final String CASE = "remedy-case";
    private static final String COUNTRY = "whereCountry";
    private static final String MODE = "mode";
    private static final String MODE_SINCE = "modeSince";
    private static final String NORMAL = "NORMAL";
    private static final String EMERGENCY = "EMERGENCY";
    private static final String LONGEST = "emergency";
    private static final String CHECK = "check-on-site";
    private static final String CHECK_DUE = "on-site-check-due";
    private static final String CHANGED = "emergency-mode-changed";
    private static final String ESTABLISHED = "determine-response";

    private final EmergencyRecord record;
    private final RemoteFindings findings;
    private final EmergencyClocks clocks;
    private final Deadlines deadlines;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final HistoryService history;
    private final Parties parties;
    private final Lists lists;
    private final Words words;

    CaseModeWorkflow(
            EmergencyRecord record,
            RemoteFindings findings,
            EmergencyClocks clocks,
            Deadlines deadlines,
            RuntimeService runtime,
            TaskService tasks,
            HistoryService history,
            Parties parties,
            Lists lists,
            Words words) {
        this.record = record;
        this.findings = findings;
        this.clocks = clocks;
        this.deadlines = deadlines;
        this.runtime = runtime;
        this.tasks = tasks;
        this.history = history;
        this.parties = parties;
        this.lists = lists;
        this.words = words;
    }

    /** In which mode a case begins whose site is in this country. */
    public String of(@Nullable Object country) {
        return record.in((String) country).isPresent() ? EMERGENCY : NORMAL;
    }

    /** The numbers of the cases that run and have their site in these countries. */
    public List<String> casesIn(@Nullable Object countries) {
        return lists.strings(countries).stream()
                .flatMap(country -> runtime
                        .createProcessInstanceQuery()
                        .processDefinitionKey(CASE)
                        .variableValueEquals(COUNTRY, country)
                        .list()
                        .stream())
                .map(ProcessInstance::getBusinessKey)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList();
    }

    /** Those of them that are not in the mode yet, with everything that runs for them. */
    public List<String> casesToEnter(@Nullable Object countries) {
        Set<String> known = record.casesInTheMode();
        return casesIn(countries).stream()
                .filter(number -> !known.contains(number)
                        || runtime.createProcessInstanceQuery()
                                        .processInstanceBusinessKey(number)
                                        .variableValueNotEquals(MODE, EMERGENCY)
                                        .count()
                                > 0)
                .toList();
    }

    /**
     * Checks that no other declaration for the same reason and one of these countries waits for its second person: a second
     * click, or a second person who had the same thought. Those who declare one in the same moment wait for one another, on
     * all nodes.
     *
     * @throws InvalidInput if one is open already
     */
    void checkAskedOnce(DelegateExecution execution, List<String> area, String reason) {
        record.takeTurns();
        runtime
                .createProcessInstanceQuery()
                .processDefinitionKey("declare-emergency")
                .activityIdIn("task_confirmEmergency")
                .variableValueEquals("emergencyReason", reason)
                .list()
                .stream()
                .filter(other -> !other.getId().equals(execution.getProcessInstanceId()))
                .flatMap(other -> lists.strings(runtime.getVariable(other.getId(), "emergencyArea")).stream())
                .filter(area::contains)
                .findFirst()
                .ifPresent(country -> {
                    throw new InvalidInput("emergencyArea: an emergency for this reason is declared already for "
                            + words.country(country)
                            + " and waits for a second person; go on with Confirm the emergency");
                });
    }

    /**
     * Checks until when an emergency is declared or renewed.
     *
     * @param field in which the day was entered
     * @param from the day from which it counts, {@code yyyy-MM-dd}
     * @throws InvalidInput if it ends before it begins, or too late
     */
    void checkDays(DelegateExecution execution, String field, String from) {
        String until = String.valueOf(execution.getVariable(field));
        String latest = deadlines.day(deadlines.dueFrom(execution, LONGEST, from));
        if (until.compareTo(from) <= 0) {
            throw new InvalidInput(field + ": choose a day after " + from);
        }
        if (until.compareTo(latest) > 0) {
            throw new InvalidInput(field + ": " + latest + " is the latest day; it can be renewed then");
        }
    }

    /** A renewal counts from the day on which the emergency would end. */
    public void checkRenewal(DelegateTask task) {
        if ("RENEW".equals(task.getVariable("emergencyRenewal"))) {
            checkDays(task.getExecution(), "renewUntil", String.valueOf(task.getVariable(UNTIL)));
        }
    }

    /**
     * Puts a case in the mode if an emergency stands in its country by now. What is in the mode already stays as it is.
     *
     * @param latest how far a due date may move at most
     */
    void enter(String caseNumber, UnaryOperator<Date> latest) {
        record.takeTurns(caseNumber);
        EmergencyRecord.Standing standing =
                country(caseNumber).flatMap(record::in).orElse(null);
        if (standing == null) {
            return;
        }
        boolean first = record.by(caseNumber).isEmpty();
        long entry = record.enter(caseNumber, standing);
        for (ProcessInstance running : all(caseNumber)) {
            if (!isIn(running)) {
                clocks.enter(
                        running.getId(),
                        caseNumber,
                        "emergency/" + entry,
                        latest,
                        standing.reason(),
                        standing.declaredBy(),
                        standing.confirmedBy());
                runtime.setVariable(running.getId(), MODE_SINCE, deadlines.now());
                runtime.setVariable(running.getId(), MODE, EMERGENCY);
            }
        }
        if (first) {
            tell(caseNumber, "ENTERED", standing);
        }
    }

    /** Tells those whose cases are in the mode that one declaration stands longer now. */
    void renewed(String declaration, @Nullable Object countries) {
        Set<String> inTheMode = record.casesInTheMode();
        casesIn(countries).stream().filter(inTheMode::contains).forEach(caseNumber -> country(caseNumber)
                .flatMap(country -> record.declared(declaration, country))
                .ifPresent(longer -> tell(caseNumber, "RENEWED", longer)));
    }

    /** In the transaction of the change, so that each is told once. */
    private void tell(String caseNumber, String change, EmergencyRecord.Standing standing) {
        runtime.createMessageCorrelation(CHANGED)
                .processInstanceBusinessKey(caseNumber)
                .setVariables(Map.of(
                        "caseNumber",
                        caseNumber,
                        "modeChange",
                        change,
                        "emergencyReason",
                        standing.reason(),
                        "emergencyEndsAt",
                        deadlines.endOf(standing.lastDay().toString()),
                        "onlyTo",
                        Lists.json(concerned(caseNumber))))
                .correlateStartMessage();
    }

    /**
     * Whose clocks change: the programme, the companies that were told of the case, and whoever works on it now. A smelter
     * hears of it only once it was told what was established: not by this letter (PROPOSED).
     */
    private Set<String> concerned(String caseNumber) {
        Set<String> groups = new TreeSet<>(Set.of("audit-programme"));
        boolean established = history.createHistoricProcessInstanceQuery()
                        .processDefinitionKey(ESTABLISHED)
                        .processInstanceBusinessKey(caseNumber)
                        .count()
                > 0;
        (established ? List.of("downstream", "smelter", "facilitator", "vsc") : List.of("downstream"))
                .forEach(role -> parties.organisations(caseNumber, role)
                        .forEach(organisation -> groups.add(Roles.ofOrganisation(role, organisation))));
        tasks.createTaskQuery().processInstanceBusinessKey(caseNumber).list().stream()
                .flatMap(task -> tasks.getIdentityLinksForTask(task.getId()).stream())
                .map(IdentityLink::getGroupId)
                .filter(Objects::nonNull)
                .forEach(groups::add);
        return groups;
    }

    /** An outside system reports an emergency: what the person reads who weighs it (contract, emergency-declared). */
    public void proposed(DelegateExecution execution) {
        execution.setVariable(
                "emergencyAreaNames",
                lists.strings(execution.getVariable("emergencyArea")).stream()
                        .distinct()
                        .sorted()
                        .map(words::country)
                        .collect(Collectors.joining(", ")));
        if (!execution.hasVariable("proposedBy")) {
            execution.setVariable("proposedBy", null);
        }
    }

    /**
     * Sets a case back if no emergency stands in its country any more, and has the site looked at if nobody has seen it.
     *
     * @param liftedAt from when the clock of that check counts
     */
    void leave(String caseNumber, Date liftedAt) {
        record.takeTurns(caseNumber);
        if (country(caseNumber).flatMap(record::in).isPresent()) {
            return;
        }
        EmergencyRecord.Standing left = record.by(caseNumber).orElse(null);
        for (ProcessInstance running : all(caseNumber)) {
            if (isIn(running)) {
                clocks.keep(
                        running.getId(),
                        caseNumber,
                        "emergency/left/" + liftedAt.getTime(),
                        left == null ? null : left.reason(),
                        left == null ? null : left.declaredBy(),
                        left == null ? null : left.confirmedBy());
                runtime.setVariable(running.getId(), MODE, NORMAL);
            }
        }
        record.by(caseNumber).ifPresent(by -> tell(caseNumber, "LEFT", by));
        record.leave(caseNumber);
        if (findings.isUnchecked(caseNumber)
                && all(caseNumber).stream().noneMatch(running -> CHECK.equals(keyOf(running)))) {
            Map<String, Object> known = new HashMap<>();
            known.put("caseNumber", caseNumber);
            known.put("liftedAt", liftedAt);
            runtime.createMessageCorrelation(CHECK_DUE)
                    .processInstanceBusinessKey(caseNumber)
                    .setVariables(known)
                    .correlateStartMessage();
        }
    }

    private boolean isIn(ProcessInstance running) {
        return EMERGENCY.equals(runtime.getVariable(running.getId(), MODE));
    }

    private List<ProcessInstance> all(String caseNumber) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .list();
    }

    private static String keyOf(ProcessInstance running) {
        String definition = running.getProcessDefinitionId();
        return definition.substring(0, definition.indexOf(':'));
    }

    /** The country of the site, ISO 3166-1 alpha-2, while the case runs. */
    Optional<String> country(String caseNumber) {
        return runtime
                .createProcessInstanceQuery()
                .processDefinitionKey(CASE)
                .processInstanceBusinessKey(caseNumber)
                .list()
                .stream()
                .map(running -> runtime.getVariable(running.getId(), COUNTRY))
                .filter(Objects::nonNull)
                .map(Object::toString)
                .findFirst();
    }
}
