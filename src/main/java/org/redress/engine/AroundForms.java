package org.redress.engine;

import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/** What another room puts around the check of forms, in every command of the engine. */
public interface AroundForms {

    /** Sees a command before its form is checked. */
    CommandInterceptor before();

    /** Sees a command that passed every check, as the last one before it runs. */
    CommandInterceptor after();
}
