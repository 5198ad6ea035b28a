package org.redress.remedy;

import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.redress.deadline.Deadlines;
import org.redress.engine.EngineCases;
import org.redress.engine.Lists;
import org.redress.engine.Parties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code plan-remedy} (step 3) asks of Java, in the order of the diagrams. */
@Configuration(proxyBeanMethods = false)
class PlanTasks {

    /** Sends a person's case back to its case-management plan. */
    static final String CASE_PLAN_REOPENED = "case-plan-reopened";

    /** Rounds of decision before a panel is called (D14, E13). */
    private static final int ROUNDS = 3;

    private static final Set<String> MINIMUM_PLAN = Set.of("MINIMUM_AGREED", "MINIMUM_IMPOSED");

    /** Answers that expressions and forms name before anybody gave them. */
    private static final String[] NOT_YET_ANSWERED = {
        "facilitatorRelated",
        "engagementObjection",
        "coordinator",
        "childCover",
        "programmeRef",
        "gaps",
        "causes",
        "anonymisedAnnex",
        "changeNote",
        "reviewReason",
        "panelObjection",
        "panelOutcome",
        "planOutcome"
    };

    /** What a person's own case is told when it begins; the last two lines of remedy.md C.1 first, then what is confidential. */
    private static final List<String> OF_A_PERSON = List.of(
            "riskLevel",
            ChildTasks.GUARDIAN_PART,
            "victimName",
            "preferredName",
            "sex",
            "birthDate",
            "ageBasis",
            "nationality",
            "languages",
            "documentsHeld",
            "documentsWithheld",
            "contactRules",
            "currentPlace",
            "family",
            "accessNeeds",
            "guardianName",
            "guardianRelation",
            "guardianLegalBasis",
            "guardianContact",
            "vulnerabilities",
            "exploitationType",
            "recruitment",
            "meansOfControl",
            "exploitationPlace",
            "exploitationDates",
            "debtAndFees",
            "earningsWithheld",
            "identifiedBy",
            "identifiedOn",
            "identificationBasis");

    private static final List<String> OF_THE_CASE = List.of(PlanProcess.CASE_NUMBER, "urgency", "mode", "facilitator");

    /** Which levels are planned; the clock of the facilitator (D11) starts. */
    @Bean
    JavaDelegate openPlan(EngineCases cases, Deadlines deadlines) {
        return execution -> {
            PlannedLevels levels = PlannedLevels.of(
                    PlanProcess.entries(execution.getVariable("responses")).values());
            execution.setVariable(PlanProcess.LEVEL1_PLANNED, levels.level1());
            execution.setVariable(PlanProcess.LEVEL2_PLANNED, levels.level2());
            execution.setVariable("servicesNotThere", 0);
            cases.expect(execution, NOT_YET_ANSWERED);
            beginWithNewFacilitator(execution, deadlines);
        };
    }

    /** The facilitator becomes party to the case, in place of an earlier one (E15); the clock of the plan (D13) starts. */
    @Bean
    JavaDelegate welcomeFacilitator(Parties parties, Deadlines deadlines) {
        return execution -> {
            Date now = deadlines.now();
            parties.replace(execution, "facilitator", (String) execution.getVariable("facilitator"));
            execution.setVariable("facilitatorEngagedAt", now);
            setClocks(execution, PlanProcess.levels(execution).level1() ? "D13-l1" : "D13-l2", "D13-l2", now);
        };
    }

    /** The coordinator becomes party to the case. */
    @Bean
    JavaDelegate welcomeCoordinator(Parties parties) {
        return execution -> parties.add(execution, "vsc", (String) execution.getVariable("coordinator"));
    }

    /**
     * Begins the case of the person who was just registered; repeated, it changes nothing. Where that is a child, everything
     * that runs in the case is urgent from now on (remedy.md B.9).
     */
    @Bean
    JavaDelegate openPersonsCase(VictimWorkflow victims, Deadlines deadlines) {
        return execution -> {
            Map<String, Object> person = known(execution, OF_THE_CASE);
            person.putAll(known(execution, OF_A_PERSON));
            // Asked in clear by a form of an earlier model, and sealed from here on.
            Optional.ofNullable(execution.getVariable(ChildTasks.GUARDIAN_PART_OF_BEFORE))
                    .ifPresent(answer -> person.putIfAbsent(ChildTasks.GUARDIAN_PART, answer));
            person.put(VictimWorkflow.VICTIM_REF, text(execution, VictimWorkflow.VICTIM_REF));
            person.put("coordinator", text(execution, "coordinator"));
            person.put("isChild", text(execution, "isChild").equals("YES"));
            person.put("childSpecialist", execution.getVariable("childCover") != null);
            person.put("firstContactAt", deadlines.startOf(text(execution, "firstContactOn")));
            victims.register(PlanProcess.caseNumber(execution), person);
            if (Boolean.TRUE.equals(person.get("isChild"))) {
                deadlines.becomeUrgent(execution);
            }
        };
    }

    /** Sends the cases of the people whom the coordinator named back to their plan; one that is not waiting stays as it is. */
    @Bean
    JavaDelegate reopenCasePlans(RuntimeService runtime, Lists lists) {
        return execution -> lists.strings(execution.getVariable("casePlansToChange"))
                .forEach(person -> runtime.createMessageCorrelation(CASE_PLAN_REOPENED)
                        .processInstanceBusinessKey(PlanProcess.caseNumber(execution))
                        .processInstanceVariableEquals(VictimWorkflow.VICTIM_REF, person)
                        .correlateAll());
    }

    /** Counts what the gate asks (B.8), for a draft and for the plan alike, and adds up the budget. */
    @Bean
    JavaDelegate countPlanFacts(VictimCases people) {
        return execution -> {
            VictimCounts counts = people.facts(PlanProcess.caseNumber(execution));
            PlanFacts facts = PlanFacts.of(PlanProcess.levels(execution), execution.getVariables(), counts);
            facts.inputs().forEach(execution::setVariable);
            execution.setVariable("budgetLevel1", facts.budget().level1().doubleValue());
            execution.setVariable("budgetLevel2", facts.budget().level2().doubleValue());
            execution.setVariable("victimsRegistered", counts.victims());
            execution.setVariable("childrenRegistered", counts.children());
        };
    }

    /** Begins one programme for each outcome of Level 2; repeated, it changes nothing. */
    @Bean
    JavaDelegate openProgrammes(ProgrammeWorkflow programmes) {
        return execution -> {
            String first = PlanReference.ofProgramme().value();
            execution.setVariable(ProgrammeWorkflow.PROGRAMME_REF, first);
            int number = 0;
            for (PlannedOutcome outcome : PlannedOutcome.of(execution.getVariables())) {
                number++;
                Map<String, Object> programme = known(execution, OF_THE_CASE);
                programme.putAll(known(
                        execution, List.of("l2Strand", "l2Problem", "l2TargetGroup", "budgetLevel2", "currency")));
                programme.putAll(outcome.variables());
                programme.put(ProgrammeWorkflow.PROGRAMME_REF, number == 1 ? first : first + "-" + number);
                programmes.begin(PlanProcess.caseNumber(execution), programme);
            }
        };
    }

    /**
     * Notes the defects of this round, and gives the facilitator the time of a round to mend them (D14). Whoever took over since,
     * and begins with no round, has the time of a plan (D13), and reads what was named against the last one. A plan that was
     * approved, and lacks a level that came after it was designed, gets the time of a plan for it (D13), and the last round
     * stays to be used (PROPOSED).
     */
    @Bean
    JavaDelegate returnPlan(Lists lists, Deadlines deadlines) {
        return execution -> {
            List<PlanDefect> missing = PlanProcess.missing(execution);
            if (!missing.isEmpty() && isApproved(execution)) {
                execution.setVariable(PlanProcess.RETURN_DEFECTS, Lists.json(missing));
                execution.setVariable(
                        "reviewReason",
                        "As it is the plan is approved. A level that is owed, or was taken up since, has to be part of it.");
                Number rounds = (Number) execution.getVariable(PlanProcess.PLAN_ROUNDS);
                execution.setVariable(PlanProcess.PLAN_ROUNDS, Math.min(rounds.intValue(), ROUNDS - 1));
                String clock = missing.contains(PlanDefect.LEVEL1_NOT_DESIGNED) ? "D13-l1" : "D13-l2";
                setClocks(execution, clock, "D13-l2", deadlines.now());
                return;
            }
            List<PlanDefect> defects = PlanDefect.together(
                    PlanProcess.rows(execution.getVariable(PlanProcess.PLAN_DEFECTS)),
                    lists.strings(execution.getVariable("reviewDefects")));
            execution.setVariable(PlanProcess.RETURN_DEFECTS, Lists.json(defects));
            if (Objects.equals(execution.getVariable(PlanProcess.PLAN_ROUNDS), 0)) {
                setClocks(
                        execution,
                        PlanProcess.levels(execution).level1() ? "D13-l1" : "D13-l2",
                        "D13-l2",
                        deadlines.now());
            } else {
                setClocks(execution, "D14", "D14", deadlines.now());
            }
        };
    }

    /** The panel wants another facilitator: selection and rounds begin again. */
    @Bean
    JavaDelegate changeFacilitator(Deadlines deadlines) {
        return execution -> {
            execution.setVariable("facilitatorRelated", null);
            beginWithNewFacilitator(execution, deadlines);
        };
    }

    private static boolean isApproved(DelegateExecution execution) {
        return "APPROVE".equals(execution.getVariable("planOutcome"))
                || MINIMUM_PLAN.contains(Objects.toString(execution.getVariable("panelOutcome"), ""));
    }

    private static void beginWithNewFacilitator(DelegateExecution execution, Deadlines deadlines) {
        execution.setVariable("planningStartedAt", deadlines.now());
        execution.setVariable(PlanProcess.PLAN_ROUNDS, 0);
        execution.setVariable(PlanProcess.RETURN_DEFECTS, Lists.json(List.of()));
    }

    private static void setClocks(DelegateExecution execution, String plan, String level2, Date from) {
        execution.setVariable("planClock", plan);
        execution.setVariable("level2Clock", level2);
        execution.setVariable("planClockFrom", from);
    }

    private static Map<String, Object> known(DelegateExecution execution, List<String> names) {
        Map<String, Object> known = new HashMap<>();
        for (String name : names) {
            Object value = execution.getVariable(name);
            if (value != null) {
                known.put(name, value);
            }
        }
        return known;
    }

    private static String text(DelegateExecution execution, String name) {
        return Objects.requireNonNull((String) execution.getVariable(name), name);
    }
}
