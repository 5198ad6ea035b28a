package org.redress.engine;

import org.camunda.bpm.engine.BadUserRequestException;

/** What somebody entered cannot be accepted; the message names the field and says what to do. HTTP 400. */
public class InvalidInput extends BadUserRequestException {

    private static final long serialVersionUID = 1L;

    public InvalidInput(String message) {
        super(message);
    }
}
