package org.redress.engine;

import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;

/** A form cannot be taken as it was filled in; the message names the fields and says what to do. HTTP 400 over REST. */
public class InvalidForm extends FormFieldValidationException {

    private static final long serialVersionUID = 1L;

    InvalidForm(InvalidInput cause) {
        super(cause.getMessage(), cause.getMessage(), cause);
    }
}
