package org.redress.engine;

import java.util.List;

/**
 * A decision cannot be made from what it was given: an input is missing, cannot be read or is not allowed. The message
 * names decision and input. Over REST it answers 400; in a process it is a technical fault that shows as an incident.
 */
public final class BadDecisionInput extends InvalidInput {

    private static final long serialVersionUID = 1L;

    BadDecisionInput(String decision, List<String> faults) {
        super(decision + ": " + String.join("; ", faults));
    }
}
