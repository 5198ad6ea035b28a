package org.redress.engine;

import java.util.Set;

/** Who may bring documents to a case at all: asked before the first byte of one is read. */
public interface DocumentDoor {

    /**
     * Whether there is such a case, and this person may add a document of some kind to it.
     *
     * @param groups roles and organisations
     */
    boolean isOpen(String user, Set<String> groups, String caseNumber);
}
