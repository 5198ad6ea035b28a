package org.redress.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts cases, sends them messages and tells their state, without a type of the engine in sight.
 *
 * <p>Values may be strings, numbers, booleans, {@link java.time.Instant}, {@link List}s and {@link Map}s (kept as Json) or null.
 */
public interface Cases {

    /**
     * Starts a case by message, in the caller's transaction if there is one. The case gets its number before this returns.
     *
     * @throws IllegalArgumentException if no process starts with this message
     * @throws Suspended if its model, or the case, is suspended
     */
    StartedCase start(String message, Map<String, ?> variables);

    /**
     * Starts by message what belongs to a case that is there already, in the caller's transaction if there is one.
     *
     * @throws IllegalArgumentException if no process starts with this message
     * @throws Suspended if its model, or the case, is suspended
     */
    void begin(String message, String caseNumber, Map<String, ?> variables);

    /**
     * Starts by message what belongs to no case, in the caller's transaction if there is one.
     *
     * @throws IllegalArgumentException if no process starts with this message
     * @throws Suspended if its model, or the case, is suspended
     */
    void begin(String message, Map<String, ?> variables);

    /** The case with this number, also when it is closed; empty when there is none. */
    Optional<StartedCase> find(String caseNumber);

    /** Notes on the trail of the case that somebody outside is told how it stands. */
    void shown(String caseNumber, String to);

    /**
     * Hands a message to every process instance of the case that waits for it.
     *
     * @return how many took it; 0 when nobody waited
     * @throws Suspended if the case, or a model that it needs, is suspended
     */
    int tell(String caseNumber, String message, Map<String, ?> variables);
}
