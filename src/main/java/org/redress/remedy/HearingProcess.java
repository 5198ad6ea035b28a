package org.redress.remedy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.Deadlines;
import org.redress.engine.Lists;
import org.redress.engine.Parties;
import org.springframework.stereotype.Component;

/**
 * What {@code bpmn/remedy/hear-smelter-again} asks, as {@code ${hearing. …}}: more is asked of a smelter than when it was
 * heard, and it is asked about this as it was about the first level (remedy.md A.2, A.8 E16, E17, E22).
 */
@Component("hearing")
public class HearingProcess {

    private static final String RESPONSES = "responses";
    private static final List<String> LEVELS = List.of("1", "2");
    static final String TO_HEAR = "smeltersToHear";
    static final String OWING_NOW = "smeltersOwingNow";
    private static final String NEWLY_LINKED = "newlyLinked";

    /** What step 2 has settled of a smelter that is linked later. */
    private static final String RESPONSE = "response";

    /** The step in which an answer to what is recommended is settled; earlier models do not have it. */
    private static final String SETTLES = "sub_settleRecommended";

    private static final String YES = "YES";
    private static final String WIDENING_WANTED = "wideningWanted";
    private static final List<String> ANSWERS = List.of(
            "downstreamTakesUp1",
            "downstreamTakesUp2",
            "takeUpReason",
            "acceptsLevel1",
            "acceptsLevel2",
            "declineReason",
            "fundingIntention",
            "fundingShare",
            "levelObjection",
            "levelObjectionReason");

    /** What of the answer goes into the duty, beside the acceptance; the rest stays in this process. */
    private static final List<String> KEPT =
            List.of("declineReason", "fundingIntention", "fundingShare", "levelObjection");

    /** Where a step of the case works with the duties; where money is raised, whoever takes up a level is asked what it gives (E12). */
    private static final String[] WITH_DUTIES = {
        "remedy-case",
        "plan-remedy",
        "implement-remedy",
        "close-incident",
        "weigh-information",
        "add-level",
        "widen-remedy",
        "decide-on-plan",
        "secure-funds"
    };

    private final RuntimeService runtime;
    private final LessonLines lessons;
    private final Lists lists;
    private final Parties parties;
    private final AddingProcess adding;
    private final RepositoryService repository;
    private final Deadlines deadlines;

    HearingProcess(
            RuntimeService runtime,
            RepositoryService repository,
            LessonLines lessons,
            Lists lists,
            Parties parties,
            Deadlines deadlines,
            AddingProcess adding) {
        this.runtime = runtime;
        this.deadlines = deadlines;
        this.repository = repository;
        this.adding = adding;
        this.lessons = lessons;
        this.lists = lists;
        this.parties = parties;
    }

    /**
     * Of whom something is asked that it has not accepted, and that was not asked of it so strictly before.
     *
     * @param weighing what goes on to hear them: a model of before hears what is mandatory alone
     */
    List<String> toHear(
            DelegateExecution weighing, Map<String, Map<String, Object>> before, Map<String, Map<String, Object>> now) {
        boolean all = repository
                .createProcessDefinitionQuery()
                .deploymentId(repository
                        .getProcessDefinition(weighing.getProcessDefinitionId())
                        .getDeploymentId())
                .processDefinitionKey("hear-smelter-again")
                .list()
                .stream()
                .allMatch(hearing -> settlesRecommended(repository.getBpmnModelInstance(hearing.getId())));
        return those(before, now, (duty, level) -> isOpen(duty, level) && (all || isMandatory(duty, level)));
    }

    private static boolean settlesRecommended(BpmnModelInstance hearing) {
        return hearing.getModelElementById(SETTLES) != null;
    }

    /** Who owes now what it accepted while it was recommended: it is bound already, and only told (E16). */
    static List<String> owingNow(Map<String, Map<String, Object>> before, Map<String, Map<String, Object>> now) {
        return those(before, now, (duty, level) -> isMandatory(duty, level) && accepts(duty, level));
    }

    private static List<String> those(
            Map<String, Map<String, Object>> before,
            Map<String, Map<String, Object>> now,
            BiPredicate<Map<String, Object>, String> holds) {
        return now.entrySet().stream()
                .filter(duty -> LEVELS.stream()
                        .anyMatch(level -> holds.test(duty.getValue(), level)
                                && levelOf(duty.getValue(), level)
                                        .isAbove(levelOf(before.getOrDefault(duty.getKey(), Map.of()), level))))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whom a higher level concerns: who is asked, and who is only told. */
    public List<String> concerned(VariableScope execution) {
        return Stream.of(TO_HEAR, OWING_NOW)
                .flatMap(name -> lists.strings(execution.getVariable(name)).stream())
                .distinct()
                .toList();
    }

    /** Whom alone the level of a smelter is told that is linked later: the others heard of the case's; empty for everybody. */
    public List<String> toldAlone(VariableScope execution) {
        return Boolean.TRUE.equals(execution.getVariable(NEWLY_LINKED)) ? groups(execution) : List.of();
    }

    /** The candidate group of this smelter, to whom alone it is told. */
    public List<String> groups(VariableScope execution) {
        return List.of(parties.groupOf("smelter", smelter(execution)));
    }

    /** Makes it party to the case, lays out its duty as plain variables of its own, and what is asked: {@code asks1}, {@code asks2}. */
    public void begin(DelegateExecution execution) {
        Map<String, Object> duty = duty(execution);
        parties.add(execution, "smelter", smelter(execution));
        execution.setVariable("levelClockStart", deadlines.now());
        execution.setVariable(RESPONSE, null);
        execution.setVariable(NEWLY_LINKED, smelter(execution).equals(execution.getVariable("newSmelter")));
        execution.setVariable("smelterName", Objects.toString(duty.get("name"), ""));
        for (String name : List.of("level1", "level2", "row", "basis")) {
            execution.setVariable(name, duty.get(name));
        }
        for (String name : ANSWERS) {
            execution.setVariable(name, null);
        }
        boolean heard = lists.strings(execution.getVariable(TO_HEAR)).contains(smelter(execution));
        // A model of before does nothing with what is recommended, and asks nothing of it.
        boolean all = settlesRecommended(execution.getBpmnModelInstance());
        execution.setVariable("asks1", heard && isOpen(duty, "1") && (all || isMandatory(duty, "1")));
        execution.setVariable("asks2", heard && isOpen(duty, "2") && (all || isMandatory(duty, "2")));
        execution.setVariable(
                "owesNow", lists.strings(execution.getVariable(OWING_NOW)).contains(smelter(execution)));
        execution.setVariable("leftToNobody1", false);
        execution.setVariable("leftToNobody2", false);
        execution.setVariable(WIDENING_WANTED, false);
        execution.setVariable("levelToAdd", null);
    }

    /** Silence accepts nothing of what was asked. */
    public void noteSilence(DelegateExecution execution) {
        for (String level : LEVELS) {
            if (asked(execution, level)) {
                execution.setVariable("acceptsLevel" + level, "NO_ANSWER");
            }
        }
        execution.setVariable("levelObjection", "NO_ANSWER");
    }

    /** Whether a level that is owed was asked and is not accepted; silence is as good as a refusal. */
    public boolean isRefused(VariableScope execution) {
        return LEVELS.stream()
                .anyMatch(level -> asked(execution, level)
                        && Level.MANDATORY.name().equals(execution.getVariable("level" + level))
                        && !YES.equals(execution.getVariable("acceptsLevel" + level)));
    }

    /**
     * Writes the answer into the duty, wherever a step of the case works with it, and looks which recommended level is left to
     * nobody by it: {@code leftToNobody1}, {@code leftToNobody2}. Where another smelter of the same round left it to nobody
     * before, the downstream company is asked already. Repeated, it writes the same.
     */
    public void noteAnswer(DelegateExecution execution) {
        @Nullable Object settled = execution.getVariable(RESPONSE);
        Map<String, Map<String, Object>> duties = write(execution, duty -> {
            if (settled == null) {
                answer(execution, duty);
            } else {
                settle(execution, duty, PlanProcess.entry(settled));
            }
        });
        Map<String, Object> duty = duties.getOrDefault(smelter(execution), Map.of());
        boolean declined = false;
        for (String level : LEVELS) {
            boolean recommended =
                    (asked(execution, level) || settled != null) && levelOf(duty, level) == Level.RECOMMENDED;
            boolean open = recommended && !accepts(duty, level);
            declined |= open;
            execution.setVariable(
                    "leftToNobody" + level, open && !isCarried(duties, level) && asksDownstream(execution, level));
            if (settled != null) {
                // Step 2 has begun the ladder already, where a mandatory level is refused.
                execution.setVariable("asks" + level, false);
            }
        }
        if (declined) {
            lessons.add(
                    execution.getProcessInstanceId() + ":LEVEL_DECLINED:" + smelter(execution),
                    PlanProcess.caseNumber(execution),
                    "hear-smelter-again",
                    "LEVEL_DECLINED",
                    null);
        }
        if (settled != null) {
            raiseCase(execution, duties);
        }
        plan(execution, duties);
    }

    /** As step 2 has settled it, with whoever carries it by now; what other news raised, or was accepted, meanwhile stands. */
    private static void settle(DelegateExecution execution, Map<String, Object> duty, Map<String, Object> settled) {
        Map<String, Object> before = new HashMap<>(duty);
        duty.putAll(settled);
        for (String level : LEVELS) {
            Level now = levelOf(before, level);
            boolean raisedSince = now.isAbove(Level.valueOf(String.valueOf(execution.getVariable("level" + level))));
            if (raisedSince && now.isAbove(levelOf(duty, level))) {
                duty.put("level" + level, now.name());
            }
            if (accepts(before, level)) {
                duty.put("acceptsLevel" + level, YES);
            }
            duty.put("carrier" + level, carrier(duty, level, "DOWNSTREAM".equals(before.get("carrier" + level))));
        }
    }

    /** A reviewer may have raised the level of the new smelter above the case's, which takes the strictest (A.0). */
    private void raiseCase(DelegateExecution execution, Map<String, Map<String, Object>> duties) {
        CaseResponse strictest =
                CaseResponse.of(duties.values().stream().map(SmelterDuty::of).toList());
        Map<String, Level> levels = Map.of("level1", strictest.level1(), "level2", strictest.level2());
        for (ProcessInstance running : steps(execution, WITH_DUTIES)) {
            levels.forEach((name, level) -> {
                Object now = runtime.getVariable(running.getId(), name);
                if (now != null && level.isAbove(Level.valueOf(now.toString()))) {
                    runtime.setVariable(running.getId(), name, level.name());
                }
            });
        }
    }

    /** Silence of the downstream company steps in for nobody (E17). */
    public void noteNoStepIn(DelegateExecution execution) {
        for (String level : LEVELS) {
            if (Boolean.TRUE.equals(execution.getVariable("leftToNobody" + level))) {
                execution.setVariable("downstreamTakesUp" + level, "NO_ANSWER");
            }
        }
    }

    /**
     * The downstream company steps in for what nobody takes up, or it does not (E17): for every smelter of this round that does
     * not carry the level itself, since it is asked once. Repeated, it writes the same.
     */
    public void noteStepIn(DelegateExecution execution) {
        List<String> round = lists.strings(execution.getVariable(TO_HEAR));
        Map<String, Map<String, Object>> duties = writeEach(execution, (smelter, duty) -> {
            for (String level : LEVELS) {
                boolean left = Boolean.TRUE.equals(execution.getVariable("leftToNobody" + level));
                boolean same = smelter.equals(smelter(execution)) || round.contains(smelter);
                if (left && same && levelOf(duty, level) == Level.RECOMMENDED && !accepts(duty, level)) {
                    @Nullable Object answer = execution.getVariable("downstreamTakesUp" + level);
                    duty.put("downstreamTakesUp" + level, Objects.toString(answer, "NO_ANSWER"));
                    duty.put("carrier" + level, carrier(duty, level, YES.equals(answer)));
                }
            }
        });
        plan(execution, duties);
    }

    /**
     * Whether this hearing asks the downstream company about a level: of all that one piece of news began, the first whose
     * smelter leaves it to nobody. Two at the same moment write the same variable, and the later one is repeated.
     */
    private boolean asksDownstream(DelegateExecution execution, String level) {
        String hearing = execution.getProcessInstanceId();
        ProcessInstance round = runtime.createProcessInstanceQuery()
                .subProcessInstanceId(hearing)
                .singleResult();
        if (round == null) {
            return true;
        }
        String askedBy = "stepInAskedBy" + level;
        @Nullable Object first = runtime.getVariable(round.getId(), askedBy);
        if (first == null) {
            runtime.setVariable(round.getId(), askedBy, hearing);
        }
        return first == null || first.equals(hearing);
    }

    /** @return the duties as the case holds them now */
    private Map<String, Map<String, Object>> write(DelegateExecution execution, Consumer<Map<String, Object>> change) {
        return writeEach(execution, (smelter, duty) -> {
            if (smelter.equals(smelter(execution))) {
                change.accept(duty);
            }
        });
    }

    private Map<String, Map<String, Object>> writeEach(
            DelegateExecution execution, BiConsumer<String, Map<String, Object>> change) {
        Map<String, Map<String, Object>> ofTheCase = Map.of();
        for (ProcessInstance running : steps(execution, WITH_DUTIES)) {
            Object responses = runtime.getVariable(running.getId(), RESPONSES);
            if (responses != null) {
                Map<String, Map<String, Object>> duties = PlanProcess.entries(responses);
                if (duties.containsKey(smelter(execution))) {
                    duties.forEach(change);
                    runtime.setVariable(running.getId(), RESPONSES, Lists.json(duties));
                    ofTheCase = duties;
                }
            }
        }
        return ofTheCase;
    }

    /** What is carried now is planned, or added to a plan that was approved without it. */
    private void plan(DelegateExecution execution, Map<String, Map<String, Object>> duties) {
        boolean added = adding.settle(execution, PlannedLevels.carried(duties.values()));
        // What the smelter takes up stays to be planned when the downstream company takes up nothing besides.
        execution.setVariable(WIDENING_WANTED, added || Boolean.TRUE.equals(execution.getVariable(WIDENING_WANTED)));
    }

    private List<ProcessInstance> steps(DelegateExecution execution, String... processes) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(PlanProcess.caseNumber(execution))
                .processDefinitionKeyIn(processes)
                .list();
    }

    private static boolean isCarried(Map<String, Map<String, Object>> duties, String level) {
        PlannedLevels carried = PlannedLevels.carried(duties.values());
        return "1".equals(level) ? carried.level1() : carried.level2();
    }

    private static String carrier(Map<String, Object> duty, String level, boolean downstream) {
        SmelterDuty as = SmelterDuty.of(duty);
        return "1".equals(level) ? as.carrier1(downstream) : as.carrier2(downstream);
    }

    private static void answer(DelegateExecution execution, Map<String, Object> duty) {
        for (String level : LEVELS) {
            // What was accepted meanwhile, asked by another piece of news, stays accepted.
            if (asked(execution, level) && !accepts(duty, level)) {
                duty.put("acceptsLevel" + level, execution.getVariable("acceptsLevel" + level));
                boolean downstream = "DOWNSTREAM".equals(duty.get("carrier" + level));
                duty.put("carrier" + level, carrier(duty, level, downstream));
            }
        }
        for (String name : KEPT) {
            @Nullable Object value = execution.getVariable(name);
            if (value != null) {
                duty.put(name, value);
            }
        }
    }

    private Map<String, Object> duty(DelegateExecution execution) {
        String smelter = smelter(execution);
        return Objects.requireNonNull(
                PlanProcess.entries(execution.getVariable(RESPONSES)).get(smelter), smelter);
    }

    private static String smelter(VariableScope execution) {
        return String.valueOf(execution.getVariable("smelter"));
    }

    private static boolean asked(VariableScope execution, String level) {
        return Boolean.TRUE.equals(execution.getVariable("asks" + level));
    }

    /** Mandatory and not accepted, or recommended and never answered. */
    private static boolean isOpen(Map<String, Object> duty, String level) {
        return switch (levelOf(duty, level)) {
            case MANDATORY -> !accepts(duty, level);
            case RECOMMENDED -> duty.get("acceptsLevel" + level) == null;
            case NONE -> false;
        };
    }

    private static boolean accepts(Map<String, Object> duty, String level) {
        return YES.equals(duty.get("acceptsLevel" + level));
    }

    private static boolean isMandatory(Map<String, Object> duty, String level) {
        return levelOf(duty, level) == Level.MANDATORY;
    }

    private static Level levelOf(Map<String, Object> duty, String level) {
        return Level.valueOf(Objects.toString(duty.get("level" + level), Level.NONE.name()));
    }
}
