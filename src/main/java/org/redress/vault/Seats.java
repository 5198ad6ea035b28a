package org.redress.vault;

/** Who holds an office today: whoever has only the role of one, in an organisation that left it, reads nothing by it. */
public interface Seats {

    /**
     * Whether this organisation holds the office today.
     *
     * @param role one of {@link org.redress.engine.Roles#OF_SEATS}
     * @param organisation its id
     */
    boolean holds(String role, String organisation);
}
