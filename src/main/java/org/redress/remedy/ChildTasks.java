package org.redress.remedy;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import org.redress.engine.CaseDecisions;
import org.redress.engine.Lists;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code bpmn/remedy/victim-case} asks of Java where a child's rights are protected (remedy.md B.5, E07, E08). */
@Configuration(proxyBeanMethods = false)
class ChildTasks {

    /** Whether the guardian took part in the harm: YES or NO; at the registration also UNKNOWN, or NONE if there is none. */
    static final String GUARDIAN_PART = "childGuardianPart";

    /** The same, in clear: as forms of earlier models ask it. */
    static final String GUARDIAN_PART_OF_BEFORE = "guardianImplicated";

    /** From each sealed answer to the input of the decision that it is: forms of earlier models ask it in clear by that name. */
    private static final Map<String, String> INPUTS = Map.of(
            "childAtSite",
            "atSite",
            "childHouseholdPoor",
            "householdPoor",
            "childHomeSafe",
            "safeHome",
            "childSiblingsAtRisk",
            "siblingsAtRisk",
            GUARDIAN_PART,
            GUARDIAN_PART_OF_BEFORE,
            "childGuardianSafe",
            "guardianSafe");

    /** Takes what a case of an earlier model answered in clear to where it is sealed, for a case that begins anew. */
    static void underNewNames(Map<String, Object> file) {
        INPUTS.forEach((name, before) -> {
            Object answer = file.remove(before);
            if (answer != null) {
                file.putIfAbsent(name, answer);
            }
        });
    }

    /** What the child is owed, and whether the guardian is asked. */
    @Bean
    ChildRights childRights(SealedChoices choices, CaseDecisions decisions) {
        return new ChildRights(choices, decisions);
    }

    /** {@code ${childRights.owed(execution)}}: what a child is owed, by answers that lie sealed. */
    public static final class ChildRights {

        private static final String DECISION = "child-package";
        private static final String PURPOSE = "what the child is owed, and who decides for the child";

        private final SealedChoices choices;
        private final CaseDecisions decisions;

        ChildRights(SealedChoices choices, CaseDecisions decisions) {
            this.choices = choices;
            this.decisions = decisions;
        }

        /**
         * The rows of {@code child-package}, as Json, past the engine's history of decisions (remedy.md B.5, C); null where
         * an answer was erased. Says in {@code guardianAsked}, YES or NO, which way the case takes: a guardian who took
         * part, is in conflict or is not safe for the child is not asked (E08).
         */
        public @Nullable Object owed(DelegateExecution execution) {
            String caseNumber = Objects.toString(execution.getVariable("caseNumber"));
            Map<String, String> answers = new HashMap<>();
            INPUTS.forEach((name, input) -> choices.answer(execution.getVariable(name), caseNumber, PURPOSE)
                    .ifPresent(answer -> answers.put(input, answer)));
            boolean known = answers.size() == INPUTS.size();
            boolean asked = known
                    && "YES".equals(answers.get("guardianSafe"))
                    && "NO".equals(answers.get(GUARDIAN_PART_OF_BEFORE))
                    && !"YES".equals(execution.getVariable("guardianConflictStands"));
            execution.setVariable("guardianAsked", asked ? "YES" : "NO");
            if (!known) {
                return null;
            }
            Map<String, Object> inputs = new HashMap<>();
            answers.forEach((input, answer) -> inputs.put(input, answer.equals("YES")));
            inputs.put("schoolAge", "YES".equals(execution.getVariable("schoolAge")));
            return Lists.json(decisions.evaluateUnrecorded(execution, DECISION, inputs));
        }
    }
}
