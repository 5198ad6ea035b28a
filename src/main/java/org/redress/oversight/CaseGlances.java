package org.redress.oversight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.DeadlineMoves;
import org.redress.deadline.DeadlineMoves.Move;
import org.redress.deadline.DeadlineMoves.Recorded;
import org.redress.engine.Cases;
import org.redress.engine.Roles;
import org.redress.engine.StartedCase;
import org.redress.engine.SystemWork;
import org.redress.oversight.CaseGlance.Answer;
import org.redress.oversight.CaseGlance.Happened;
import org.redress.oversight.CaseGlance.People;
import org.redress.oversight.CaseGlance.Step;
import org.redress.oversight.CaseGlance.Waiting;
import org.redress.oversight.CaseRecord.Told;
import org.redress.oversight.Outcomes.Question;
import org.redress.vault.Seats;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Puts a case together for one look (remedy.md A.0, and C for who may see what). Whoever works for the programme sees the
 * whole case; the people of a party what is theirs: the tasks and the letters of their organisation in their role, and what
 * was decided for all. Neither sees the case of a person in it. What was picked in a task is shown with the task, never what was
 * written; of a person's case, of the cases of the Initiative, and to whoever watches only, not even that.
 *
 * <p>Where a case ended early, its complaint withdrawn or made in bad faith (A.0, E24), A.0 has no state for it: {@code
 * caseState} says {@code CLOSED_NOT_SUBSTANTIATED}, as the contract has it, and the page what really happened, as {@code
 * verificationOutcome} knows it (basis PROPOSED). Companies learn no more than their letter says: that it was closed early, and
 * no harm was found.
 *
 * <p>How many statements this takes does not depend on how much the case holds. Some of them read tables of the engine, for
 * which its API has a query for one task or one process only.
 */
@Component
class CaseGlances {

    /** The six steps, in their order. */
    static final List<String> STEPS = List.of(
            "verify-allegation",
            "determine-response",
            "plan-remedy",
            "implement-remedy",
            "close-incident",
            "learn-lessons");

    private static final String STEP_1 = STEPS.get(0);
    private static final String CASE = "remedy-case";
    private static final String PERSON = "victim-case";
    private static final Set<String> OF_PEOPLE = Set.of(
            PERSON,
            "withdraw-consent",
            "reopen-victim-case",
            "guardian-conflict",
            "renew-safety-plan",
            "report-failing-service");
    private static final Set<String> OF_CASES = java.util.stream.Stream.concat(
                    STEPS.stream(), java.util.stream.Stream.of(CASE))
            .collect(Collectors.toSet());

    /** Of the cases of the Initiative: the Secretariat keeps all of them. */
    private static final Set<String> SEE_ALL_OF_MEMBERS = Set.of("secretariat", Roles.OVERSEER);

    private static final String REMEDY = "R-";
    private static final String CONCERN = "C-";
    private static final String MEMBER = "member";
    private static final String COORDINATOR = "vsc";

    private static final Set<String> SEE_ALL = Set.of("audit-programme", "protection", "legal", "dpo", Roles.OVERSEER);
    private static final Set<String> COUNT_EXACTLY = Set.of("audit-programme", "protection", "dpo");
    /** What was decided for all; how credible somebody was is not. */
    private static final Set<String> DECIDED_FOR_ALL = Set.of("response-level", "monitoring-decision");

    /** What is decided about the case, and not what the engine looks up by a table. */
    private static final Set<String> DECIDED = Set.of(
            "urgency",
            "credibility",
            "actionability",
            "ungp-duty",
            "response-level",
            "plan-gate",
            "plan-widening",
            "funding-gate",
            "monitoring-decision",
            "closing-gate");

    private static final Set<String> ABOUT_A_DECISION = Set.of("rule", "relationshipRule", "basis", "row");
    private static final int FEW = 5;

    /** Who gives help, or answers for it, and asks why it does not begin. */
    private static final Set<String> GIVE_HELP = Set.of(COORDINATOR, "provider", "facilitator");

    /** What help waits for until the remedy begins (guideline step 4; A.0), by the state of the case. */
    private static final Map<String, String> BEFORE_HELP = Map.ofEntries(
            Map.entry("RECEIVED", "VERIFICATION"),
            Map.entry("ACKNOWLEDGED", "VERIFICATION"),
            Map.entry("SCREENING", "VERIFICATION"),
            Map.entry("IN_INVESTIGATION", "VERIFICATION"),
            Map.entry("SUSPENDED_LEGAL", "VERIFICATION"),
            Map.entry("SUBSTANTIATED", "LEVEL"),
            Map.entry("LEVEL_DECIDED", "PLAN"),
            Map.entry("PLANNING", "PLAN"),
            Map.entry("PLAN_RETURNED", "PLAN"),
            Map.entry("PLAN_SUBMITTED", "APPROVAL"),
            Map.entry("PLAN_APPROVED", "MONEY"),
            Map.entry("FUNDING", "MONEY"),
            Map.entry("IMPLEMENTING", "NOTHING"),
            Map.entry("MONITORING", "NOTHING"),
            Map.entry("EXTENDED", "NOTHING"),
            Map.entry("REVISED", "NOTHING"));

    /** People of these coordinators who agreed to a plan, and whose help waits for the remedy. */
    private static final String AGREED =
            """
            select count(distinct a.PROC_INST_ID_) from ACT_HI_ACTINST a
            join ACT_HI_PROCINST p on p.ID_ = a.PROC_INST_ID_
            join ACT_HI_VARINST v on v.PROC_INST_ID_ = p.ID_ and v.NAME_ = 'coordinator'
            where p.BUSINESS_KEY_ = :number and p.END_TIME_ is null and v.TEXT_ in (:organisations)
            and a.ACT_ID_ = 'sub_awaitRemedy' and a.END_TIME_ is null
            """;

    private static final String NOT_SUBSTANTIATED = "CLOSED_NOT_SUBSTANTIATED";
    private static final String VERIFIED_AS = "verificationOutcome";

    /** How step 1 ended before its time, and what the page calls such a case. */
    private static final Map<String, String> ENDED_EARLY =
            Map.of("WITHDRAWN", "CLOSED_AS_WITHDRAWN", "BAD_FAITH", "CLOSED_AS_BAD_FAITH");

    private static final String ENDED_EARLY_FOR_PARTIES = "CLOSED_EARLY";

    private static final Map<String, String> HOLDS_THE_INVESTIGATION =
            Map.of("investigationSuspended", "legal", "otherProgrammeLeads", "audit-programme");

    private static final String GROUPS =
            """
            select l.TASK_ID_, l.GROUP_ID_ from ACT_RU_IDENTITYLINK l
            join ACT_HI_TASKINST t on t.ID_ = l.TASK_ID_
            join ACT_HI_PROCINST p on p.ID_ = t.PROC_INST_ID_
            where p.BUSINESS_KEY_ = :number and l.GROUP_ID_ is not null and t.END_TIME_ is null
            union
            select l.TASK_ID_, l.GROUP_ID_ from ACT_HI_IDENTITYLINK l
            join ACT_HI_TASKINST t on t.ID_ = l.TASK_ID_
            join ACT_HI_PROCINST p on p.ID_ = t.PROC_INST_ID_
            where p.BUSINESS_KEY_ = :number and l.GROUP_ID_ is not null and t.END_TIME_ is not null
            and l.OPERATION_TYPE_ = 'add'
            """;

    private static final String DECISIONS =
            """
            select d.ID_, d.DEC_DEF_KEY_, d.PROC_INST_ID_, d.EVAL_TIME_, o.VAR_NAME_, o.RULE_ID_, o.TEXT_
            from ACT_HI_DECINST d
            join ACT_HI_PROCINST p on p.ID_ = d.PROC_INST_ID_
            join ACT_HI_DEC_OUT o on o.DEC_INST_ID_ = d.ID_
            where p.BUSINESS_KEY_ = :number
            order by d.EVAL_TIME_, d.ID_, o.RULE_ORDER_, o.ID_
            """;

    private final HistoryService history;
    private final Cases cases;
    private final SystemWork system;
    private final JdbcClient jdbc;
    private final DeadlineMoves moves;
    private final Days days;
    private final Clock clock;
    private final Seats seats;
    private final Outcomes outcomes;
    private final CaseRecord record;

    CaseGlances(
            HistoryService history,
            Cases cases,
            SystemWork system,
            JdbcClient jdbc,
            DeadlineMoves moves,
            Days days,
            Clock clock,
            Seats seats,
            Outcomes outcomes,
            CaseRecord record) {
        this.history = history;
        this.cases = cases;
        this.system = system;
        this.jdbc = jdbc;
        this.moves = moves;
        this.days = days;
        this.clock = clock;
        this.seats = seats;
        this.outcomes = outcomes;
        this.record = record;
    }

    /**
     * The case for somebody of these groups; empty when there is no such case, or nothing of it is for them. Of an admission, a
     * standing or a concern (membership.md E.6) whoever is neither of the Secretariat nor a party sees what was theirs to do,
     * and by an office only while their organisation holds it and is no party.
     *
     * @param groups roles and organisations of the person
     */
    Optional<CaseGlance> of(String caseNumber, Set<String> groups) {
        boolean remedy = caseNumber.startsWith(REMEDY);
        boolean whole = groups.stream().anyMatch((remedy ? SEE_ALL : SEE_ALL_OF_MEMBERS)::contains);
        if (remedy && !whole && groups.stream().noneMatch(Roles.OF_REMEDY::contains)) {
            return Optional.empty();
        }
        Set<String> mine = whole ? Set.of() : remedy ? asParty(caseNumber, groups) : ofMembers(caseNumber, groups);
        if (!whole && mine.isEmpty()) {
            return Optional.empty();
        }
        boolean party = whole || remedy || mine.stream().anyMatch(group -> group.startsWith(MEMBER + "."));
        return system.call(() -> cases.find(caseNumber)
                .map(found -> put(found, groups, whole, mine))
                .filter(glance -> party
                        || !glance.waiting().isEmpty()
                        || !glance.happened().isEmpty()));
    }

    /** The candidate groups that somebody is in as party to this case: a role, in an organisation. */
    private Set<String> asParty(String caseNumber, Set<String> groups) {
        return parties(caseNumber).stream()
                .filter(party -> Roles.OF_REMEDY.contains(party.get(0)) && groups.containsAll(party))
                .map(party -> Roles.ofOrganisation(party.get(0), party.get(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The same in a case of the Initiative: as its party, by an office, or as one of a pillar or of the Association. */
    private Set<String> ofMembers(String caseNumber, Set<String> groups) {
        Set<String> members = parties(caseNumber).stream()
                .filter(party -> party.get(0).equals(MEMBER))
                .map(party -> party.get(1))
                .collect(Collectors.toSet());
        Set<String> mine = new TreeSet<>();
        if (groups.contains(MEMBER)) {
            members.stream()
                    .filter(groups::contains)
                    .forEach(organisation -> mine.add(Roles.ofOrganisation(MEMBER, organisation)));
        }
        groups.stream()
                .filter(Roles.OF_CASE_WORKERS::contains)
                .filter(role -> !Roles.OF_REMEDY.contains(role) && !role.equals(MEMBER))
                .forEach(role -> {
                    if (!Roles.OF_SEATS.contains(role)) {
                        mine.add(role);
                    } else if (groups.stream().noneMatch(members::contains)
                            && !(caseNumber.startsWith(CONCERN) && members.isEmpty())) {
                        seated(role, groups).forEach(organisation -> {
                            mine.add(role);
                            mine.add(Roles.ofOrganisation(role, organisation));
                        });
                    }
                });
        return mine;
    }

    private List<String> seated(String role, Set<String> groups) {
        return groups.stream()
                .filter(group -> group.startsWith(Roles.ORGANISATION_PREFIX))
                .filter(organisation -> seats.holds(role, organisation))
                .toList();
    }

    private List<List<String>> parties(String caseNumber) {
        return jdbc.sql("select role, organisation from case_party where case_number = ?")
                .param(caseNumber)
                .query((row, index) -> List.of(row.getString("role"), row.getString("organisation")))
                .list();
    }

    private CaseGlance put(StartedCase found, Set<String> groups, boolean whole, Set<String> mine) {
        String number = found.caseNumber();
        Instant now = clock.instant();
        List<HistoricProcessInstance> instances = history.createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .orderByProcessInstanceStartTime()
                .asc()
                .list();
        Facts facts = facts(instances);
        Set<String> personal = instances.stream()
                .filter(instance -> OF_PEOPLE.contains(instance.getProcessDefinitionKey())
                        || (facts.ofAPerson().contains(instance.getId())
                                && !OF_CASES.contains(instance.getProcessDefinitionKey())))
                .map(HistoricProcessInstance::getId)
                .collect(Collectors.toSet());
        Map<String, Set<String>> groupsOfTasks = groupsOfTasks(number);
        List<HistoricTaskInstance> tasks = history.createHistoricTaskInstanceQuery()
                .processInstanceBusinessKey(number)
                .list();
        List<Recorded> moved = moves.ofCase(number);
        Map<Instant, Instant> still = standingStill(moved, now);
        Map<String, Map<String, List<Question>>> questions = questions(number, tasks, whole, groups);
        Told told = record.told(number, names(questions));
        Set<String> inStep1 = instances.stream()
                .filter(instance -> STEP_1.equals(instance.getProcessDefinitionKey()))
                .map(HistoricProcessInstance::getId)
                .collect(Collectors.toSet());
        List<Waiting> waiting = new ArrayList<>();
        List<Happened> happened = new ArrayList<>();
        List<Span> hours = new ArrayList<>();
        Set<String> seenIn = new HashSet<>();
        int ofPeople = 0;
        for (HistoricTaskInstance task : tasks) {
            Set<String> of = groupsOfTasks.getOrDefault(task.getId(), Set.of());
            boolean aPersons = personal.contains(task.getProcessInstanceId());
            boolean seen = whole ? !aPersons : of.stream().anyMatch(mine::contains);
            Instant due = moment(task.getDueDate());
            if (seen) {
                seenIn.add(task.getProcessInstanceId());
                if (due != null && days.countsInHours(due)) {
                    hours.add(new Span(task.getStartTime().toInstant(), moment(task.getEndTime())));
                }
            }
            if (task.getEndTime() == null) {
                ofPeople += aPersons ? 1 : 0;
                if (seen) {
                    waiting.add(new Waiting(
                            name(task, number),
                            of,
                            due,
                            due != null && due.isBefore(now),
                            due == null ? null : still.get(due),
                            due == null && told.isHeld() && inStep1.contains(task.getProcessInstanceId())));
                }
            } else if (seen && "completed".equals(task.getDeleteReason())) {
                Instant at = task.getEndTime().toInstant();
                happened.add(Happened.task(
                        at,
                        name(task, number),
                        of,
                        aPersons ? List.of() : answers(task, questions, told, whole),
                        due != null && due.isBefore(at)));
            }
        }
        waiting.sort(Comparator.comparing(Waiting::due, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Waiting::task));
        happened.addAll(decisions(number, whole, personal));
        happened.addAll(letters(number, whole, mine));
        Predicate<String> seesOf = id -> whole ? !personal.contains(id) : seenIn.contains(id);
        happened.addAll(stoodStill(number, told, instances, whole, seesOf));
        moved.stream()
                .filter(move ->
                        whole || mine.contains(String.valueOf(move.move().askedFor())))
                .map(this::line)
                .forEach(happened::add);
        happened.replaceAll(line -> line.told(line.toTheHour() || ranAt(hours, line.at())));
        happened.sort(Comparator.comparing(Happened::at).reversed());
        boolean remedy = number.startsWith(REMEDY);
        return new CaseGlance(
                number,
                state(found.state(), instances, facts, whole),
                found.receivedAt(),
                ranAt(hours, found.receivedAt()),
                instances.stream()
                        .filter(instance -> seesOf.test(instance.getId()))
                        .anyMatch(instance -> HistoricProcessInstance.STATE_SUSPENDED.equals(instance.getState())),
                "URGENT".equals(facts.plain().get("urgency")),
                "EMERGENCY".equals(facts.plain().get("mode")),
                remote(number),
                whole,
                remedy ? steps(instances, facts) : List.of(),
                List.copyOf(waiting),
                extensions(facts),
                remedy ? people(found, instances, ofPeople, groups, mine) : null,
                List.copyOf(happened));
    }

    /** The time in which a task was open whose clock counts in hours. */
    private record Span(Instant from, @Nullable Instant to) {}

    /** Whether such a clock ran then; what begins it is written within the same minute. */
    private static boolean ranAt(List<Span> hours, Instant at) {
        return hours.stream()
                .anyMatch(span -> !at.isBefore(span.from().minusSeconds(60))
                        && (span.to() == null || !at.isAfter(span.to().plusSeconds(60))));
    }

    /** What the tasks of a remedy case ask that steers it; nothing for whoever watches only, who reads no variables. */
    private Map<String, Map<String, List<Question>>> questions(
            String number, List<HistoricTaskInstance> tasks, boolean whole, Set<String> groups) {
        boolean watchesOnly = whole
                && SEE_ALL.stream().filter(role -> !role.equals(Roles.OVERSEER)).noneMatch(groups::contains);
        if (!number.startsWith(REMEDY) || watchesOnly) {
            return Map.of();
        }
        return outcomes.of(
                tasks.stream().map(HistoricTaskInstance::getProcessDefinitionId).collect(Collectors.toSet()));
    }

    private static Set<String> names(Map<String, Map<String, List<Question>>> questions) {
        return questions.values().stream()
                .flatMap(tasks -> tasks.values().stream())
                .flatMap(List::stream)
                .map(Question::name)
                .collect(Collectors.toSet());
    }

    private static List<Answer> answers(
            HistoricTaskInstance task, Map<String, Map<String, List<Question>>> questions, Told told, boolean whole) {
        Map<String, String> picked = told.picked().getOrDefault(task.getActivityInstanceId(), Map.of());
        List<Answer> answers = new ArrayList<>();
        List<Question> asked = questions
                .getOrDefault(task.getProcessDefinitionId(), Map.of())
                .getOrDefault(task.getTaskDefinitionKey(), List.of());
        for (Question question : asked) {
            @Nullable String value = picked.get(question.name());
            if (value != null
                    && (question.answers().isEmpty() || question.answers().containsKey(value))
                    && (whole || !Outcomes.OF_WHO_TOLD.contains(question.name()))) {
                answers.add(new Answer(question.words(), question.answers().getOrDefault(value, ""), value));
            }
        }
        return answers;
    }

    /**
     * When the investigation was held, for whoever sees the whole case; and when a process was suspended, for whoever sees
     * something of it.
     */
    private List<Happened> stoodStill(
            String number, Told told, List<HistoricProcessInstance> instances, boolean whole, Predicate<String> seen) {
        List<Happened> lines = new ArrayList<>();
        if (whole) {
            told.held()
                    .forEach(held -> lines.add(Happened.plain(
                                    held.at(),
                                    "HELD",
                                    held.why(),
                                    Set.of(HOLDS_THE_INVESTIGATION.getOrDefault(held.why(), "")),
                                    List.of(held.begins() ? "BEGINS" : "ENDS"))
                            .told(true)));
        }
        Map<String, String> names = new HashMap<>();
        instances.forEach(instance -> names.put(instance.getId(), String.valueOf(instance.getProcessDefinitionName())));
        record.suspensions(number).stream()
                .filter(suspended -> seen.test(suspended.instance()))
                .forEach(suspended -> lines.add(Happened.plain(
                                suspended.at(),
                                "SUSPENDED",
                                names.getOrDefault(suspended.instance(), ""),
                                Set.of(Roles.ADMINISTRATOR),
                                List.of(suspended.begins() ? "BEGINS" : "ENDS"))
                        .told(true)));
        return lines;
    }

    /** How it stands; and where A.0 has no state for how it ended, what really happened. */
    private static String state(String state, List<HistoricProcessInstance> instances, Facts facts, boolean whole) {
        if (!NOT_SUBSTANTIATED.equals(state)) {
            return state;
        }
        return instances.stream()
                .filter(instance -> CASE.equals(instance.getProcessDefinitionKey()))
                .reduce((earlier, later) -> later)
                .flatMap(last -> endedEarly(last, facts))
                .map(ended -> whole ? ended : ENDED_EARLY_FOR_PARTIES)
                .orElse(state);
    }

    private static Optional<String> endedEarly(HistoricProcessInstance instance, Facts facts) {
        return Optional.ofNullable(
                ENDED_EARLY.get(String.valueOf(facts.verified().get(instance.getId()))));
    }

    /** Remedy.md B.12: what was established from a distance alone is marked as such. */
    private String remote(String number) {
        return jdbc.sql("select coalesce(outcome, 'UNCHECKED') from remote_finding where case_number = ?")
                .param(number)
                .query(String.class)
                .optional()
                .filter(outcome -> !outcome.equals("SEEN"))
                .orElse("");
    }

    private static List<Step> steps(List<HistoricProcessInstance> instances, Facts facts) {
        return STEPS.stream()
                .map(step -> instances.stream()
                        .filter(instance -> step.equals(instance.getProcessDefinitionKey()))
                        .reduce((earlier, later) -> later)
                        .map(last -> new Step(
                                step,
                                last.getStartTime().toInstant(),
                                moment(last.getEndTime()),
                                !"COMPLETED".equals(last.getState())
                                        || (STEP_1.equals(step)
                                                && endedEarly(last, facts).isPresent())))
                        .orElseGet(() -> new Step(step, null, null, false)))
                .toList();
    }

    /**
     * How many people are helped: in numbers for whoever works with all of them, and for the coordinators of victim support
     * where one organisation coordinates all (remedy.md C: their own cases are theirs to read).
     */
    private People people(
            StartedCase found,
            List<HistoricProcessInstance> instances,
            int tasks,
            Set<String> groups,
            Set<String> mine) {
        String number = found.caseNumber();
        boolean all = groups.stream().anyMatch(COUNT_EXACTLY::contains);
        boolean exactly = all || coordinatesAlone(number, mine);
        List<HistoricProcessInstance> people = instances.stream()
                .filter(instance -> PERSON.equals(instance.getProcessDefinitionKey()))
                .toList();
        long open =
                people.stream().filter(person -> person.getEndTime() == null).count();
        boolean helps = all
                || GIVE_HELP.stream().anyMatch(role -> mine.stream().anyMatch(group -> group.startsWith(role + ".")));
        return new People(
                told(people.size(), exactly),
                told((int) open, exactly),
                all ? tasks : -1,
                helps && open > 0 ? BEFORE_HELP.getOrDefault(found.state(), "") : "",
                ownAgreed(number, mine));
    }

    private int ownAgreed(String number, Set<String> mine) {
        List<String> own = parties(number).stream()
                .filter(party -> party.get(0).equals(COORDINATOR))
                .map(party -> party.get(1))
                .filter(organisation -> mine.contains(Roles.ofOrganisation(COORDINATOR, organisation)))
                .toList();
        return own.isEmpty()
                ? -1
                : jdbc.sql(AGREED)
                        .param("number", number)
                        .param("organisations", own)
                        .query(Integer.class)
                        .single();
    }

    private boolean coordinatesAlone(String number, Set<String> mine) {
        Set<String> coordinators = parties(number).stream()
                .filter(party -> party.get(0).equals(COORDINATOR))
                .map(party -> Roles.ofOrganisation(COORDINATOR, party.get(1)))
                .collect(Collectors.toSet());
        return coordinators.size() == 1 && mine.containsAll(coordinators);
    }

    private static int told(int number, boolean exactly) {
        return exactly || number >= FEW ? number : -1;
    }

    /**
     * @param ofAPerson ids of the process instances that are about one person
     * @param verified how step 1 ended, by process instance
     */
    private record Facts(Map<String, Object> plain, Set<String> ofAPerson, Map<String, Object> verified) {}

    /** The newest of each plain fact that the page tells. */
    private Facts facts(List<HistoricProcessInstance> instances) {
        Map<String, Object> plain = new HashMap<>();
        Set<String> ofAPerson = new HashSet<>();
        Map<String, Object> verified = new HashMap<>();
        if (instances.isEmpty()) {
            return new Facts(plain, ofAPerson, verified);
        }
        Map<String, String> processes = instances.stream()
                .collect(Collectors.toMap(
                        HistoricProcessInstance::getId, HistoricProcessInstance::getProcessDefinitionKey));
        for (HistoricVariableInstance variable : history.createHistoricVariableInstanceQuery()
                .processInstanceIdIn(processes.keySet().toArray(String[]::new))
                .variableNameIn(
                        "urgency",
                        "mode",
                        "extensions",
                        "extendedUntil",
                        "investigationExtended",
                        "victimRef",
                        VERIFIED_AS)
                .disableBinaryFetching()
                .disableCustomObjectDeserialization()
                .list()) {
            if ("victimRef".equals(variable.getName())) {
                if (variable.getValue() != null) {
                    ofAPerson.add(variable.getProcessInstanceId());
                }
            } else if (VERIFIED_AS.equals(variable.getName())) {
                if (variable.getValue() != null) {
                    verified.put(variable.getProcessInstanceId(), variable.getValue());
                }
            } else if (variable.getValue() != null
                    && OF_CASES.contains(processes.get(variable.getProcessInstanceId()))) {
                plain.merge(variable.getName(), variable.getValue(), CaseGlances::more);
            }
        }
        return new Facts(plain, ofAPerson, verified);
    }

    /** Each step has its own; the one that came later says more: a later day, one more, a mode that is not the usual one. */
    private static Object more(Object one, Object other) {
        if ("NORMAL".equals(one)) {
            return other;
        }
        if ("NORMAL".equals(other)) {
            return one;
        }
        return one.toString().compareTo(other.toString()) >= 0 ? one : other;
    }

    private static Map<String, String> extensions(Facts facts) {
        Map<String, String> extensions = new LinkedHashMap<>();
        if (Boolean.TRUE.equals(facts.plain().get("investigationExtended"))) {
            extensions.put("investigation", "");
        }
        if (facts.plain().get("extensions") instanceof Number number && number.intValue() > 0) {
            extensions.put("monitoring", String.valueOf(facts.plain().getOrDefault("extendedUntil", "")));
        }
        return extensions;
    }

    private Map<String, Set<String>> groupsOfTasks(String number) {
        Map<String, Set<String>> groups = new HashMap<>();
        jdbc.sql(GROUPS).param("number", number).query(row -> {
            groups.computeIfAbsent(row.getString(1), task -> new TreeSet<>()).add(row.getString(2));
        });
        return groups;
    }

    private List<Happened> decisions(String number, boolean whole, Set<String> personal) {
        Map<String, Evaluated> found = new LinkedHashMap<>();
        jdbc.sql(DECISIONS).param("number", number).query(row -> {
            String key = row.getString("DEC_DEF_KEY_");
            if (DECIDED.contains(key)
                    && (whole || DECIDED_FOR_ALL.contains(key))
                    && !personal.contains(row.getString("PROC_INST_ID_"))) {
                found.computeIfAbsent(row.getString("ID_"), id -> new Evaluated(key, at(row)))
                        .add(row.getString("VAR_NAME_"), row.getString("RULE_ID_"), row.getString("TEXT_"));
            }
        });
        return found.values().stream().map(Evaluated::line).toList();
    }

    private static Instant at(ResultSet row) {
        try {
            return row.getTimestamp("EVAL_TIME_").toInstant();
        } catch (SQLException e) {
            throw new IllegalStateException("The time of a decision cannot be read", e);
        }
    }

    private List<Happened> letters(String number, boolean whole, Set<String> mine) {
        return jdbc
                .sql("select event, template, addressee_role, addressee_organisation, created_at from letter"
                        + " where case_number = ? order by id")
                .param(number)
                .query((row, index) -> {
                    String role = row.getString("addressee_role");
                    String organisation = row.getString("addressee_organisation");
                    return Happened.plain(
                            row.getTimestamp("created_at").toInstant(),
                            "LETTER",
                            row.getString("event"),
                            Set.of(organisation == null ? role : Roles.ofOrganisation(role, organisation)),
                            List.of(row.getString("template")));
                })
                .list()
                .stream()
                .filter(letter -> whole || letter.groups().stream().anyMatch(mine::contains))
                .toList();
    }

    /** Until when clocks stand still, by the moment at which they end: tasks that end with one stand still with it. */
    private static Map<Instant, Instant> standingStill(List<Recorded> moved, Instant now) {
        Map<String, Move> last = new HashMap<>();
        moved.stream()
                .map(Recorded::move)
                .filter(move -> move.pausedUntil() != null)
                .forEach(move -> last.put(move.clockId() + move.elementId() + move.countedFrom(), move));
        Map<Instant, Instant> still = new HashMap<>();
        for (Move move : last.values()) {
            Instant until = move.pausedUntil();
            if (until != null && until.isAfter(now)) {
                still.put(move.toDue(), until);
            }
        }
        return still;
    }

    private Happened line(Recorded recorded) {
        Move move = recorded.move();
        Instant until = move.pausedUntil();
        boolean ended = until != null && !until.isAfter(recorded.at());
        return Happened.plain(
                        recorded.at(),
                        "MOVE",
                        move.clockId(),
                        move.askedFor() == null ? Set.of() : Set.of(move.askedFor()),
                        List.of(
                                ended ? "ENDED" : move.kind().name(),
                                days.until(move.toDue()),
                                move.reason(),
                                until == null ? "" : days.day(until)))
                .told(days.countsInHours(move.toDue()));
    }

    private static String name(HistoricTaskInstance task, String number) {
        String name = String.valueOf(task.getName());
        int end = name.lastIndexOf(" · " + number);
        return end < 0 ? name : name.substring(0, end);
    }

    private static @Nullable Instant moment(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }

    /** One evaluation of a decision, put together from the rows of its outputs. */
    private static final class Evaluated {

        private final String key;
        private final Instant at;
        private final Collection<String> outcome = new LinkedHashSet<>();
        private final Collection<String> rules = new LinkedHashSet<>();
        private final Collection<String> basis = new LinkedHashSet<>();

        private Evaluated(String key, Instant at) {
            this.key = key;
            this.at = at;
        }

        private void add(@Nullable String output, @Nullable String rule, @Nullable String text) {
            if (text == null) {
                return;
            }
            if ("basis".equals(output)) {
                basis.add(text);
            } else if ("rule".equals(output)) {
                rules.add(text);
            } else if (output != null && !ABOUT_A_DECISION.contains(output)) {
                outcome.add(output + "." + text);
            }
            if (rules.isEmpty() && rule != null && basis.isEmpty() && outcome.isEmpty()) {
                rules.add(rule);
            }
        }

        private Happened line() {
            return new Happened(
                    at,
                    false,
                    "DECISION",
                    key,
                    Set.of(),
                    List.copyOf(outcome),
                    List.of(),
                    List.copyOf(rules),
                    List.copyOf(basis),
                    false);
        }
    }
}
