package org.redress.vault;

/**
 * A value that does not open: it or its key was changed in the database, or this node was not given the master key that wraps
 * it. Whoever reads a form sees a mask in its place; code that needs the value fails and is tried again.
 */
final class Unopened extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    Unopened(String message) {
        super(message);
    }

    Unopened(String message, Throwable cause) {
        super(message, cause);
    }
}
