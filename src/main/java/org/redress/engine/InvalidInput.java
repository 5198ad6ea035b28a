package org.redress.engine;

import org.camunda.bpm.engine.exception.NotValidException;

/** What somebody entered cannot be accepted; the message names the field and says what to do. HTTP 400. */
public class InvalidInput extends NotValidException {

    private static final long serialVersionUID = 1L;

    public InvalidInput(String message) {
        super(message);
    }

    /** For what a later step found to be wrong; the cause goes to the log. */
    public InvalidInput(String message, Throwable cause) {
        super(message, cause);
    }
}
