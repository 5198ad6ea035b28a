package org.redress.engine;

/** The folder of models, or a file in it, cannot go live; the message says which file, where in it and why. */
final class BadModels extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    BadModels(String message) {
        super(message);
    }
}
