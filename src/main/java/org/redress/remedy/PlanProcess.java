package org.redress.remedy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.spin.json.SpinJsonNode;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.Deadlines;
import org.redress.engine.Lists;
import org.redress.engine.Parties;
import org.springframework.stereotype.Component;

/** What the diagram of step 3 asks in its expressions, as {@code ${planning. …}}; and the variables it shares with Java. */
@Component("planning")
public class PlanProcess {

    static final String CASE_NUMBER = "caseNumber";
    static final String LEVEL1_PLANNED = "level1Planned";
    static final String LEVEL2_PLANNED = "level2Planned";
    static final String LEVEL1_DESIGNED = "level1Designed";
    static final String LEVEL2_DESIGNED = "level2Designed";
    static final String PLAN_ROUNDS = "planRounds";
    static final String RETURN_DEFECTS = "returnDefects";
    static final String PLAN_DEFECTS = "planDefects";
    static final String ENDORSEMENTS = "endorsements";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> ANSWERS_OF_A_ROUND = List.of(
            "planOutcome",
            "panelOutcome",
            "panelReason",
            "panelObjection",
            "minimumPlan",
            "reviewReason",
            "reviewDefects");

    private final VictimCases people;
    private final HistoryService history;
    private final Parties parties;
    private final Deadlines deadlines;

    PlanProcess(VictimCases people, HistoryService history, Parties parties, Deadlines deadlines) {
        this.people = people;
        this.history = history;
        this.parties = parties;
        this.deadlines = deadlines;
    }

    /** A reference for the next person, which no case has used. */
    public String newVictimRef() {
        String reference;
        do {
            reference = PlanReference.ofPerson().value();
        } while (history.createHistoricVariableInstanceQuery()
                        .variableValueEquals(VictimWorkflow.VICTIM_REF, reference)
                        .count()
                > 0);
        return reference;
    }

    /** Whether a child is among the people, verified in step 1 or registered since: asks for a coordinator who protects children. */
    public boolean childInCase(VariableScope execution) {
        boolean verified =
                execution.getVariable("childrenAffected") instanceof Number children && children.intValue() > 0;
        return verified || people.facts(caseNumber(execution)).children() > 0;
    }

    /** People registered who have neither a case plan nor a documented refusal. */
    public int withoutPlan(VariableScope execution) {
        return people.facts(caseNumber(execution)).withoutPlan();
    }

    /** The people registered, as choices of a list: the reference, and whether the case plan stands. */
    public SpinJsonNode casePlanChoices(VariableScope execution) {
        return Lists.json(people.of(caseNumber(execution)).stream()
                .map(person -> Map.of(
                        "value",
                        person.victimRef(),
                        "label",
                        person.victimRef() + (person.withoutPlan() ? " (no plan yet)" : " (plan stands)")))
                .toList());
    }

    /** Notes which levels are designed in this round: a level that is owed or taken up later is not (A.2, E17, E22). */
    public void beginDesign(DelegateExecution execution) {
        PlannedLevels levels = levels(execution);
        execution.setVariable(LEVEL1_DESIGNED, levels.level1());
        execution.setVariable(LEVEL2_DESIGNED, levels.level2());
    }

    /** Whether every level that is to be planned by now was designed; a plan of an earlier model does not say so. */
    public boolean holdsAll(VariableScope execution) {
        return missing(execution).isEmpty();
    }

    /** What is to be planned and was not designed, as the gate names it (B.8). */
    static List<PlanDefect> missing(VariableScope execution) {
        PlannedLevels levels = levels(execution);
        List<PlanDefect> missing = new ArrayList<>();
        if (levels.level1() && Boolean.FALSE.equals(execution.getVariable(LEVEL1_DESIGNED))) {
            missing.add(PlanDefect.LEVEL1_NOT_DESIGNED);
        }
        if (levels.level2() && Boolean.FALSE.equals(execution.getVariable(LEVEL2_DESIGNED))) {
            missing.add(PlanDefect.OUTCOMES_MISSING);
        }
        return missing;
    }

    /** Begins a round of decision: counts it, and forgets the answers of the last one (D14). */
    public void beginRound(DelegateExecution execution) {
        int rounds = ((Number) execution.getVariable(PLAN_ROUNDS)).intValue();
        execution.setVariable(PLAN_ROUNDS, rounds + 1);
        execution.setVariable("planSubmittedAt", deadlines.now());
        execution.setVariable(ENDORSEMENTS, Lists.json(List.of()));
        ANSWERS_OF_A_ROUND.forEach(name -> execution.setVariable(name, null));
    }

    /**
     * What is decided on, for the letter: {@code PLAN}, {@code ADDITION} for people, {@code LEVEL_2}. A letter that says the same
     * as one that waits unread is not written, and this is another decision.
     */
    public String decidedOn(VariableScope execution) {
        if (Boolean.TRUE.equals(execution.getVariable("level2Added"))) {
            return "LEVEL_2";
        }
        return execution.getVariable(WideningProcess.BUDGET_APPROVED) == null ? "PLAN" : "ADDITION";
    }

    /**
     * After the panel wanted another facilitator for what is added to a plan (E13): rounds begin again for whoever takes over, as
     * they do for the plan itself; whoever stays in place goes on counting.
     */
    public void afterHandingOver(DelegateExecution execution) {
        if (!execution.isCanceled() && "YES".equals(execution.getVariable("handingOver"))) {
            execution.setVariable(PLAN_ROUNDS, 0);
            execution.setVariable("changeNote", null);
        }
    }

    /** Adds the answer of one smelter to those of the others; a smelter that was silent adds nothing. */
    public void noteEndorsement(DelegateExecution execution) {
        Object answer = execution.getVariable("endorsement");
        if (answer != null) {
            List<Map<String, Object>> endorsements = new ArrayList<>(rows(execution.getVariable(ENDORSEMENTS)));
            endorsements.add(Map.of(
                    "smelter", parties.nameOf((String) execution.getVariable("smelter")),
                    "answer", answer,
                    "comment", Objects.toString(execution.getVariable("endorsementComment"), "")));
            execution.setVariable(ENDORSEMENTS, Lists.json(endorsements));
        }
    }

    static String caseNumber(VariableScope execution) {
        return Objects.requireNonNull((String) execution.getVariable(CASE_NUMBER), CASE_NUMBER);
    }

    static PlannedLevels levels(VariableScope execution) {
        return new PlannedLevels(
                Boolean.TRUE.equals(execution.getVariable(LEVEL1_PLANNED)),
                Boolean.TRUE.equals(execution.getVariable(LEVEL2_PLANNED)));
    }

    /** The objects of a Json list; none for null. */
    static List<Map<String, Object>> rows(@Nullable Object json) {
        return json == null ? List.of() : read(json, new TypeReference<>() {});
    }

    /** The entries of a Json object. */
    static Map<String, Map<String, Object>> entries(@Nullable Object json) {
        return read(Objects.requireNonNull(json), new TypeReference<>() {});
    }

    /** A Json object. */
    static Map<String, Object> entry(Object json) {
        return read(json, new TypeReference<>() {});
    }

    private static <T> T read(Object json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(json.toString(), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A Json variable of the case cannot be read", e);
        }
    }
}
