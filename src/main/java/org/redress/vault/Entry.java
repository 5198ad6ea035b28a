package org.redress.vault;

import java.util.Set;
import org.redress.engine.Reference;

/**
 * A value in the vault, opened or still sealed.
 *
 * @param reference what the engine holds in its place
 * @param subject whose value it is
 * @param variable its name when it was sealed
 * @param audience the roles that may read it
 * @param type of the value
 */
record Entry(Reference reference, Subject subject, String variable, Set<String> audience, String type) {}
