package org.redress.remedy;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.runtime.ProcessInstanceModificationBuilder;
import org.camunda.bpm.engine.runtime.TransitionInstance;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;
import org.redress.engine.InvalidInput;
import org.redress.engine.Lists;
import org.springframework.stereotype.Component;

/**
 * What we ask of {@code victim-case}: to begin for a person, and to tell how all persons of a case are, by query over
 * history, since a person's case may be over before its incident and the other way round.
 */
@Component
final class VictimWorkflow {

    static final String PROCESS = "victim-case";
    static final String VICTIM_REGISTERED = "victim-registered";
    static final String VICTIM_REF = "victimRef";
    static final String CONSENT_WITHDRAWN = "consent-withdrawn";
    static final String HELP_REJECTED = "help-rejected";
    static final String ALL_HELP_REJECTED = "all-help-rejected";
    static final String GUARDIAN_CONFLICT = "guardian-conflict";
    static final String PROVIDER_FAILING = "provider-failing";
    static final String VICTIM_RETURNED = "victim-returned";

    private static final String REFER = "task_referToService";
    private static final String CONFIRM = "task_confirmService";
    private static final String REPORT = "task_reportService";
    private static final String GIVE_OWN_HELP = "task_giveOwnHelp";
    private static final String GIVEN = "end_serviceGiven";
    private static final String NOT_GIVEN = "end_serviceNotGiven";
    private static final String REJECTED = "end_helpRejected";
    private static final String WITHDRAWN = "end_withdrawn";
    private static final String PLANNED = "services";

    private final RuntimeService runtime;
    private final HistoryService history;
    private final Lists lists;
    private final Clock clock;

    VictimWorkflow(RuntimeService runtime, HistoryService history, Lists lists, Clock clock) {
        this.runtime = runtime;
        this.history = history;
        this.lists = lists;
        this.clock = clock;
    }

    /**
     * Begins the case of one person. Twice with the same {@code victimRef} is as good as once.
     *
     * @param variables with {@code victimRef}, {@code isChild}, {@code riskLevel} and {@code coordinator}; the confidential
     *     ones of remedy.md C.1 as far as they are known
     */
    void register(String caseNumber, Map<String, Object> variables) {
        Object victimRef = variables.get(VICTIM_REF);
        boolean known = victimRef != null
                && history.createHistoricProcessInstanceQuery()
                                .processDefinitionKey(PROCESS)
                                .processInstanceBusinessKey(caseNumber)
                                .variableValueEquals(VICTIM_REF, victimRef)
                                .count()
                        > 0;
        if (!known) {
            runtime.createMessageCorrelation(VICTIM_REGISTERED)
                    .processInstanceBusinessKey(caseNumber)
                    .setVariables(variables)
                    .correlateStartMessage();
        }
    }

    /** The organisation that coordinates this person's case, or did until it ended; empty if there is no such case. */
    Optional<String> coordinatorOf(String caseNumber, String victimRef) {
        return runs(caseNumber, victimRef)
                .flatMap(person -> set("coordinator", person.getId()))
                .filter(known -> known.getProcessInstanceId().equals(known.getExecutionId()))
                .map(known -> known.getValue().toString())
                .findFirst();
    }

    /**
     * Ends the person's open referrals to these providers: their tasks are gone, and the coordinator looks anew who helps.
     *
     * @return how many there were
     */
    int endReferrals(String caseNumber, String victimRef, Collection<String> providers) {
        List<Execution> waiting = running(caseNumber, victimRef)
                .map(instance -> runtime.createExecutionQuery()
                        .processInstanceId(instance)
                        .messageEventSubscriptionName(CONSENT_WITHDRAWN)
                        .list())
                .orElse(List.of());
        List<Execution> ended = waiting.stream()
                .filter(execution ->
                        providers.contains(String.valueOf(runtime.getVariable(execution.getId(), "provider"))))
                .toList();
        ended.forEach(execution -> runtime.messageEventReceived(CONSENT_WITHDRAWN, execution.getId()));
        return ended.size();
    }

    /** Notes in the person's case that nothing is shared any more. */
    void nothingIsShared(String caseNumber, String victimRef) {
        running(caseNumber, victimRef).ifPresent(instance -> {
            runtime.setVariable(instance, "consentSharing", "NO");
            if ("FULL".equals(runtime.getVariable(instance, "consentState"))) {
                runtime.setVariable(instance, "consentState", "SERVICES_ONLY");
            }
        });
    }

    /** Whether any of these services is planned for the person or runs. */
    boolean isHelped(String caseNumber, String victimRef, Collection<String> services) {
        return running(caseNumber, victimRef)
                .map(instance -> Stream.concat(
                                waiting(instance, HELP_REJECTED, CONSENT_WITHDRAWN)
                                        .map(execution -> value(execution, "service")),
                                plans(instance).flatMap(plan -> lists.strings(plan.getValue()).stream()))
                        .anyMatch(services::contains))
                .orElse(false);
    }

    /** The organisations that give or are asked for these services and for none that is still wanted. */
    Collection<String> providersOfOnly(String caseNumber, String victimRef, Collection<String> services) {
        Map<String, Set<String>> given = new TreeMap<>();
        running(caseNumber, victimRef).ifPresent(instance -> waiting(instance, CONSENT_WITHDRAWN)
                .forEach(execution -> given.computeIfAbsent(value(execution, "provider"), id -> new TreeSet<>())
                        .add(value(execution, "service"))));
        return given.entrySet().stream()
                .filter(each -> services.containsAll(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether the organisation gives the person other help than this, or is asked for it. */
    boolean givesOtherHelp(String caseNumber, String victimRef, String provider, String service) {
        return running(caseNumber, victimRef).stream()
                .flatMap(instance -> waiting(instance, CONSENT_WITHDRAWN))
                .filter(execution -> provider.equals(value(execution, "provider")))
                .anyMatch(execution -> !service.equals(value(execution, "service")));
    }

    /**
     * Stops these services, and takes out of the plan what has not begun (remedy.md E09). A case of an earlier model, which
     * knows no such end, brings a running service back to the coordinator.
     */
    void stopHelp(String caseNumber, String victimRef, Collection<String> services) {
        running(caseNumber, victimRef).ifPresent(instance -> {
            plans(instance)
                    .forEach(plan -> runtime.setVariableLocal(
                            plan.getExecutionId(),
                            PLANNED,
                            Lists.json(lists.strings(plan.getValue()).stream()
                                    .filter(service -> !services.contains(service))
                                    .toList())));
            String message = waiting(instance, HELP_REJECTED).findAny().isPresent() ? HELP_REJECTED : CONSENT_WITHDRAWN;
            List<Execution> rejected = waiting(instance, message)
                    .filter(execution -> services.contains(value(execution, "service")))
                    .toList();
            rejected.forEach(execution -> runtime.messageEventReceived(message, execution.getId()));
        });
    }

    /** Ends the person's case as withdrawn (remedy.md E09); one that is over stays as it is. */
    void endAllHelp(String caseNumber, String victimRef) {
        running(caseNumber, victimRef).ifPresent(instance -> {
            runtime.setVariable(instance, "consentSharing", "NO");
            waiting(instance, ALL_HELP_REJECTED)
                    .findAny()
                    .ifPresentOrElse(
                            execution -> runtime.messageEventReceived(ALL_HELP_REJECTED, execution.getId()),
                            () -> withdrawFromEarlierModel(instance));
        });
    }

    /** A case of a model that does not hear of it is brought to its own end "Help declined". */
    void withdrawFromEarlierModel(String instance) {
        runtime.setVariable(instance, "victimOutcome", "WITHDRAWN");
        runtime.setVariable(instance, "consentState", "REFUSED");
        ActivityInstance tree = runtime.getActivityInstance(instance);
        ProcessInstanceModificationBuilder end = runtime.createProcessInstanceModification(instance);
        for (ActivityInstance activity : tree.getChildActivityInstances()) {
            end.cancelActivityInstance(activity.getId());
        }
        for (TransitionInstance job : tree.getChildTransitionInstances()) {
            end.cancelTransitionInstance(job.getId());
        }
        end.startBeforeActivity(WITHDRAWN).execute();
    }

    /**
     * The case of somebody who is back goes on in a new run with the values of the last one (remedy.md E09, E10).
     *
     * @throws InvalidInput if the case is not over, or the person has died
     */
    void returned(String caseNumber, String victimRef) {
        HistoricProcessInstance last = runs(caseNumber, victimRef).findFirst().orElseThrow();
        if (last.getEndTime() == null) {
            throw new InvalidInput("victimRef: the case of this person is open; go on with its tasks");
        }
        Map<String, Object> file = new HashMap<>();
        history
                .createHistoricVariableInstanceQuery()
                .processInstanceId(last.getId())
                .disableCustomObjectDeserialization()
                .list()
                .stream()
                .filter(variable -> last.getId().equals(variable.getExecutionId()))
                .filter(variable -> variable.getValue() != null)
                .forEach(variable -> file.put(variable.getName(), variable.getTypedValue()));
        if ("DECEASED".equals(text(file.get("victimStatus")))) {
            throw new InvalidInput("victimRef: this person has died, as the case says");
        }
        ChildTasks.underNewNames(file);
        runtime.createMessageCorrelation(VICTIM_RETURNED)
                .processInstanceBusinessKey(caseNumber)
                .setVariables(file)
                .correlateStartMessage();
    }

    /** Whoever helps a person of this case sees that a court or a state interviews them (remedy.md E20). */
    void areInterviewedElsewhere(String caseNumber) {
        runtime.createProcessInstanceQuery()
                .processDefinitionKey(PROCESS)
                .processInstanceBusinessKey(caseNumber)
                .list()
                .forEach(person -> runtime.setVariable(person.getId(), "interviewedElsewhere", "YES"));
    }

    /** Whether a court or a state interviews the people of this case, as whoever investigates it was told. */
    boolean interviewedElsewhere(String caseNumber) {
        return runtime.createProcessInstanceQuery()
                        .processDefinitionKey("remedy-case")
                        .processInstanceBusinessKey(caseNumber)
                        .variableValueEquals("interviewedElsewhere", "YES")
                        .count()
                > 0;
    }

    /**
     * A guardian in conflict decides nothing any more (remedy.md E08): the child is without one until another is appointed.
     *
     * @return whether the case was asking that guardian, and now asks who decides instead
     */
    boolean guardianInConflict(String caseNumber, String victimRef) {
        return running(caseNumber, victimRef)
                .map(instance -> {
                    runtime.setVariable(instance, "guardianConflictStands", "YES");
                    runtime.setVariable(instance, ChildTasks.GUARDIAN_PART, "YES");
                    if (runtime.getVariables(instance).containsKey(ChildTasks.GUARDIAN_PART_OF_BEFORE)) {
                        // A case of an earlier model goes by it.
                        runtime.setVariable(instance, ChildTasks.GUARDIAN_PART_OF_BEFORE, "YES");
                    }
                    runtime.setVariable(instance, "guardianRoute", "NONE");
                    List<Execution> asking =
                            waiting(instance, GUARDIAN_CONFLICT).toList();
                    asking.forEach(execution -> runtime.messageEventReceived(GUARDIAN_CONFLICT, execution.getId()));
                    return !asking.isEmpty();
                })
                .orElse(false);
    }

    /**
     * Who decides in the place of a guardian from now on.
     *
     * @param route AUTHORITY or APPOINTED
     * @return whether the person's case still runs
     */
    boolean guardianIs(String caseNumber, String victimRef, String route) {
        Optional<String> run = running(caseNumber, victimRef);
        run.ifPresent(instance -> runtime.setVariable(instance, "guardianRoute", route));
        return run.isPresent();
    }

    /**
     * Has the quality of this help checked at once (remedy.md E14).
     *
     * @throws InvalidInput if no provider gives it, or the check waits already
     */
    void checkQuality(String caseNumber, String victimRef, String service) {
        List<Execution> watched = running(caseNumber, victimRef).stream()
                .flatMap(instance -> waiting(instance, PROVIDER_FAILING))
                .filter(execution -> service.equals(value(execution, "service")))
                .toList();
        if (watched.isEmpty()) {
            throw new InvalidInput("failingHelp: no provider gives this help, or the check of its quality is among your"
                    + " tasks already; complete it there");
        }
        watched.forEach(execution -> runtime.messageEventReceived(PROVIDER_FAILING, execution.getId()));
    }

    private Stream<HistoricProcessInstance> runs(String caseNumber, String victimRef) {
        return history
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey(PROCESS)
                .processInstanceBusinessKey(caseNumber)
                .variableValueEquals(VICTIM_REF, victimRef)
                .orderByProcessInstanceStartTime()
                .desc()
                .list()
                .stream();
    }

    private Stream<Execution> waiting(String instance, String... messages) {
        return Stream.of(messages)
                .flatMap(message -> runtime
                        .createExecutionQuery()
                        .processInstanceId(instance)
                        .messageEventSubscriptionName(message)
                        .list()
                        .stream());
    }

    /** The services of each plan that waits or runs. */
    private Stream<VariableInstance> plans(String instance) {
        return runtime.createVariableInstanceQuery().processInstanceIdIn(instance).variableName(PLANNED).list().stream()
                .filter(plan -> plan.getValue() != null);
    }

    private String value(Execution execution, String variable) {
        return String.valueOf(runtime.getVariable(execution.getId(), variable));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof TypedValue typed && typed.getValue() != null
                ? typed.getValue().toString()
                : null;
    }

    private Optional<String> running(String caseNumber, String victimRef) {
        return runtime
                .createProcessInstanceQuery()
                .processDefinitionKey(PROCESS)
                .processInstanceBusinessKey(caseNumber)
                .variableValueEquals(VICTIM_REF, victimRef)
                .list()
                .stream()
                .map(ProcessInstance::getId)
                .findFirst();
    }

    /**
     * Begins the letters that a provider is replaced, without who the person is.
     *
     * @param seenBy COORDINATOR (a check) or PROVIDER (its own report)
     */
    void tellReplacement(
            String caseNumber, String provider, String coordinator, @Nullable String facilitator, String seenBy) {
        Map<String, @Nullable Object> known = new HashMap<>();
        known.put("caseNumber", caseNumber);
        known.put("provider", provider);
        known.put("coordinator", coordinator);
        known.put("facilitator", facilitator);
        known.put("failureSeenBy", seenBy);
        runtime.createMessageCorrelation("provider-to-be-told")
                .processInstanceBusinessKey(caseNumber)
                .setVariables(known)
                .correlateStartMessage();
    }

    /** Begins to tell those outside, each by a task, that a consent has ended by which they were told of the person. */
    void recall(String caseNumber, String victimRef, String coordinator, List<String> told) {
        runtime.createMessageCorrelation("sharing-to-be-recalled")
                .processInstanceBusinessKey(caseNumber)
                .setVariables(Map.of(
                        "caseNumber",
                        caseNumber,
                        VICTIM_REF,
                        victimRef,
                        "coordinator",
                        coordinator,
                        "toldOutside",
                        Lists.json(told)))
                .correlateStartMessage();
    }

    /** Everybody who was registered in the case, in the order of registration; whoever came back, once. */
    List<VictimFacts> people(String caseNumber) {
        List<HistoricTaskInstance> open = history.createHistoricTaskInstanceQuery()
                .processDefinitionKey(PROCESS)
                .processInstanceBusinessKey(caseNumber)
                .taskDefinitionKeyIn(REFER, CONFIRM, REPORT, GIVE_OWN_HELP)
                .unfinished()
                .list();
        return runs(caseNumber)
                .map(id -> person(
                        id,
                        open.stream()
                                .filter(task -> task.getProcessInstanceId().equals(id))
                                .toList()))
                .collect(Collectors.toMap(
                        VictimFacts::victimRef, person -> person, VictimFacts::goingOnFrom, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    /** The runs of all people of the case, in the order of registration. */
    private Stream<String> runs(String caseNumber) {
        return history
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey(PROCESS)
                .processInstanceBusinessKey(caseNumber)
                .orderByProcessInstanceStartTime()
                .asc()
                .list()
                .stream()
                .map(HistoricProcessInstance::getId);
    }

    /**
     * How many contacts told of harm or threats (remedy.md C.7): for each person what their latest run holds, a reference to a
     * number.
     */
    Map<String, Object> harmTold(String caseNumber) {
        Map<String, Object> held = new HashMap<>();
        runs(caseNumber).forEach(id -> set(VICTIM_REF, id).findFirst().ifPresent(person -> set("harmTold", id)
                .filter(told -> id.equals(told.getExecutionId()))
                .forEach(told -> held.put((String) person.getValue(), told.getValue()))));
        return held;
    }

    /**
     * Whether an instance of the case has recorded the start of the remedy, on bridge money too. In a case that was opened
     * again, the start of an earlier remedy is none (remedy.md E22).
     */
    boolean remedyHasStarted(String caseNumber) {
        String[] instances =
                history.createHistoricProcessInstanceQuery().processInstanceBusinessKey(caseNumber).list().stream()
                        .map(HistoricProcessInstance::getId)
                        .toArray(String[]::new);
        if (instances.length == 0) {
            return false;
        }
        Date reopened = set("reopenedAt", instances)
                .map(moment -> (Date) moment.getValue())
                .max(Comparator.naturalOrder())
                .orElse(new Date(0));
        return set("startDate", instances)
                .anyMatch(start -> start.getCreateTime().after(reopened));
    }

    private Stream<HistoricVariableInstance> set(String variable, String... instances) {
        return history
                .createHistoricVariableInstanceQuery()
                .processInstanceIdIn(instances)
                .variableName(variable)
                .list()
                .stream()
                .filter(known -> known.getValue() != null);
    }

    private VictimFacts person(String instance, List<HistoricTaskInstance> open) {
        Values values = valuesOf(instance);
        return new VictimFacts(
                values.text(VICTIM_REF, ""),
                values.text("victimStatus", "ACTIVE"),
                values.text("casePlanState", "NONE"),
                values.text("consentState", "NONE"),
                values.isTrue("isChild"),
                values.isTrue("childSpecialist"),
                values.text("guardianRoute", "NONE"),
                values.text("childAgreement", "NONE"),
                values.isTrue("goalsFitPerson") && values.isTrue("goalsFitPlace"),
                values.isTrue("servicesAvailable"),
                values.isTrue("monitoringReachable"),
                Optional.ofNullable(values.value("handoverAt"))
                        .map(day -> LocalDate.parse(day.toString()))
                        .orElse(null),
                values.number("followUpsAfterHandover").orElse(0),
                values.isTrue("openSafetyRisk"),
                values.number("safetyIncidents").orElse(0),
                services(instance, open),
                values.number("reintegrationDegree").orElse(null),
                values.number("satisfaction").orElse(null));
    }

    private VictimFacts.Services services(String instance, List<HistoricTaskInstance> open) {
        int unanswered = count(open, REFER, CONFIRM);
        int running = count(open, REPORT, GIVE_OWN_HELP);
        int completed = visits(instance, GIVEN);
        int overdue = Math.toIntExact(open.stream()
                .filter(task -> task.getDueDate() != null
                        && task.getDueDate().toInstant().isBefore(clock.instant()))
                .count());
        return new VictimFacts.Services(
                unanswered + running + completed + visits(instance, NOT_GIVEN) + visits(instance, REJECTED),
                unanswered,
                running,
                completed,
                overdue);
    }

    private static int count(List<HistoricTaskInstance> tasks, String... definitions) {
        List<String> wanted = List.of(definitions);
        return Math.toIntExact(tasks.stream()
                .filter(task -> wanted.contains(task.getTaskDefinitionKey()))
                .count());
    }

    private int visits(String instance, String activity) {
        return Math.toIntExact(history.createHistoricActivityInstanceQuery()
                .processInstanceId(instance)
                .activityId(activity)
                .count());
    }

    private Values valuesOf(String instance) {
        Map<String, Object> values = new HashMap<>();
        history
                .createHistoricVariableInstanceQuery()
                .processInstanceId(instance)
                .variableNameIn(Values.NAMES)
                .list()
                .stream()
                .filter(variable -> instance.equals(variable.getExecutionId()))
                .filter(variable -> variable.getValue() != null)
                .forEach((HistoricVariableInstance variable) -> values.put(variable.getName(), variable.getValue()));
        return new Values(values);
    }

    /** The plain variables of one person's case. */
    private record Values(Map<String, Object> values) {

        static final String[] NAMES = {
            VICTIM_REF,
            "victimStatus",
            "casePlanState",
            "consentState",
            "isChild",
            "childSpecialist",
            "guardianRoute",
            "childAgreement",
            "goalsFitPerson",
            "goalsFitPlace",
            "servicesAvailable",
            "monitoringReachable",
            "handoverAt",
            "followUpsAfterHandover",
            "openSafetyRisk",
            "safetyIncidents",
            "reintegrationDegree",
            "satisfaction"
        };

        @Nullable
        Object value(String name) {
            return values.get(name);
        }

        String text(String name, String otherwise) {
            Object value = values.get(name);
            return value == null ? otherwise : value.toString();
        }

        boolean isTrue(String name) {
            Object value = values.get(name);
            return Boolean.TRUE.equals(value) || "YES".equals(value);
        }

        Optional<Integer> number(String name) {
            Object value = values.get(name);
            if (value instanceof Number number) {
                return Optional.of(number.intValue());
            }
            return value instanceof String digits && !digits.isBlank()
                    ? Optional.of(Integer.valueOf(digits))
                    : Optional.empty();
        }
    }
}
