package org.redress.membership;

import java.util.Map;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstanceQuery;
import org.jspecify.annotations.Nullable;
import org.redress.engine.Cases;
import org.redress.engine.InvalidInput;
import org.redress.engine.StartedCase;
import org.springframework.stereotype.Component;

/** What a withdrawal asks of the case that it is about: whose it is, whether it still goes on, and to end. */
@Component
class WithdrawalWorkflow {

    private final RuntimeService runtime;
    private final HistoryService history;
    private final Cases cases;

    WithdrawalWorkflow(RuntimeService runtime, HistoryService history, Cases cases) {
        this.runtime = runtime;
        this.history = history;
        this.cases = cases;
    }

    /** What can be withdrawn: its process, the variable that says whose it is, and the message that it waits for. */
    private enum Kind {
        APPLICATION("membership-admission", "memberOrganisation", "application-withdrawn"),
        CONCERN("complaint-review", "raisingMember", "concern-withdrawn");

        private final String process;
        private final String owner;
        private final String message;

        Kind(String process, String owner, String message) {
            this.process = process;
            this.owner = owner;
            this.message = message;
        }

        static Kind of(String caseNumber) {
            return caseNumber.startsWith("C-") ? CONCERN : APPLICATION;
        }
    }

    /**
     * Withdraws an application or a concern.
     *
     * @param onlyOf the organisation whose case it must be; null for any
     * @throws InvalidInput if there is no such case (the same for a case of somebody else), it is no application or
     *     concern, or nothing of it is left to withdraw
     */
    void withdraw(String caseNumber, @Nullable String onlyOf) {
        Kind kind = Kind.of(caseNumber);
        HistoricProcessInstance found = find(kind, caseNumber, onlyOf);
        if (found == null) {
            throw unknown(caseNumber, onlyOf);
        }
        if (found.getEndTime() != null) {
            throw over(caseNumber);
        }
        if (is(found, "memberStatus")) {
            throw new InvalidInput("withdrawnCase: " + caseNumber
                    + " was decided, and the applicant is a member now; to" + " leave, start End a membership");
        }
        if ("FOLLOW_UP".equals(runtime.getVariable(found.getId(), "caseState"))) {
            throw new InvalidInput("withdrawnCase: the Plenary has made recommendations on " + caseNumber
                    + ", and these are followed up; there is nothing left to withdraw");
        }
        if (is(found, "concernOutcome") || cases.tell(caseNumber, kind.message, Map.of()) == 0) {
            throw over(caseNumber);
        }
    }

    private @Nullable HistoricProcessInstance find(Kind kind, String caseNumber, @Nullable String onlyOf) {
        HistoricProcessInstanceQuery query = history.createHistoricProcessInstanceQuery()
                .processDefinitionKey(kind.process)
                .processInstanceBusinessKey(caseNumber);
        if (onlyOf != null) {
            query.variableValueEquals(kind.owner, onlyOf);
        }
        return query.singleResult();
    }

    /** Whether the running case has come to this already. */
    private boolean is(HistoricProcessInstance running, String variable) {
        return runtime.getVariable(running.getId(), variable) != null;
    }

    private InvalidInput unknown(String caseNumber, @Nullable String onlyOf) {
        if (onlyOf == null && cases.find(caseNumber).isPresent()) {
            return new InvalidInput("withdrawnCase: " + caseNumber
                    + " is no application and no concern, and only these are withdrawn here; check the number");
        }
        return new InvalidInput(
                "withdrawnCase: there is no such application or concern that you could withdraw; check the"
                        + " number");
    }

    private InvalidInput over(String caseNumber) {
        String state = cases.find(caseNumber).map(StartedCase::state).orElse("CLOSED");
        return new InvalidInput("withdrawnCase: " + caseNumber + " has ended already (" + state
                + "); nothing is left to withdraw, and nothing was done a second time");
    }
}
