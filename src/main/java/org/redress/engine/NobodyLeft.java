package org.redress.engine;

/**
 * Nobody is left whose task it could be. A task that begins fails with it, so that whoever causes it hears; an open one
 * waits until somebody is there ({@link OpenTasks}).
 */
public class NobodyLeft extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** @param message what is missing, and who can mend it */
    public NobodyLeft(String message) {
        super(message);
    }
}
