package org.redress.remedy;

import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.redress.engine.EngineCases;
import org.redress.engine.InvalidInput;
import org.redress.engine.Lists;
import org.redress.vault.Consents;
import org.redress.vault.Purpose;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code bpmn/remedy/guardian-conflict} asks of Java, in the order of the diagram (remedy.md E08). */
@Configuration(proxyBeanMethods = false)
class GuardianTasks {

    private static final String GUARDIAN = "GUARDIAN";
    private static final String PERSON = VictimWorkflow.VICTIM_REF;
    private static final String ENDED = "endedConsents";

    /**
     * Ends what the guardian consented to, so that who was told by it hears that, and every question to that guardian; keeps in {@code endedConsents} what another
     * has to decide.
     *
     * @throws InvalidInput if whoever reports neither coordinates this child's case nor protects people
     */
    @Bean
    JavaDelegate stopGuardian(EngineCases cases, SharingEnds sharing, VictimWorkflow workflow, Consents consents) {
        return execution -> {
            String caseNumber = NamedCaseTasks.of(execution);
            String person = text(execution, PERSON).strip();
            execution.setVariable(PERSON, person);
            execution.setVariable("coordinator", sharing.coordinatorForWhoeverMayProtect(caseNumber, person));
            cases.expect(execution, "preferredName", "urgency", "mode");
            List<Consents.Matter> matters = consents.withdrawGivenBy(caseNumber, person, GUARDIAN);
            sharing.recall(
                    caseNumber,
                    person,
                    matters.stream()
                            .filter(matter -> matter.recipient() == null)
                            .map(Consents.Matter::purpose)
                            .distinct()
                            .toList());
            List<String> ended = matters.stream()
                    .map(matter -> matter.purpose() + " " + Objects.toString(matter.recipient(), ""))
                    .toList();
            execution.setVariable(ENDED, Lists.json(ended));
            execution.setVariable("askedInCase", workflow.guardianInConflict(caseNumber, person));
        };
    }

    /** Records who decides now, and what they consent to. Where the person's case is over, nothing is consented to anew. */
    @Bean
    JavaDelegate replaceGuardian(VictimWorkflow workflow, Consents consents, Lists lists) {
        return execution -> {
            String caseNumber = text(execution, "caseNumber");
            String person = text(execution, PERSON);
            String route = text(execution, "guardianRoute");
            boolean goesOn = workflow.guardianIs(caseNumber, person, route);
            if (!goesOn || !"GIVEN".equals(execution.getVariable("authorityDecision"))) {
                return;
            }
            for (String each : lists.strings(execution.getVariable(ENDED))) {
                String[] matter = each.split(" ", 2);
                consents.giveAnew(
                        new Consents.Matter(
                                caseNumber, person, Purpose.valueOf(matter[0]), matter[1].isEmpty() ? null : matter[1]),
                        route);
            }
        };
    }

    private static String text(DelegateExecution execution, String name) {
        return Objects.requireNonNull(execution.getVariable(name), name).toString();
    }
}
