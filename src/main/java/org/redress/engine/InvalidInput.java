package org.redress.engine;

import org.camunda.bpm.engine.exception.NotValidException;

/** What somebody entered cannot be accepted; the message names the field and says what to do. HTTP 400. */
public class InvalidInput extends NotValidException {

    private static final long serialVersionUID = 1L;

    public InvalidInput(String message) {
        super(message);
    }
}
