package org.redress.engine;

/**
 * What was asked of a case cannot be done now, since the case or the model that it runs by is suspended. Nothing of it has
 * happened; repeated when an administrator has set it going again, it goes through.
 */
@SuppressWarnings("serial") // never serialised: it lives from the engine to the answer
public final class Suspended extends RuntimeException {

    Suspended(Throwable cause) {
        super("The case or its model is suspended", cause);
    }

    Suspended() {
        super("The case is suspended");
    }
}
