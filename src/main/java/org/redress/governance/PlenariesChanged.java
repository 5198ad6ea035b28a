package org.redress.governance;

/**
 * A Plenary was planned, convened, moved, held or cancelled; published inside the transaction in which it is, so that whoever
 * offers Plenaries to choose from can offer the new ones.
 */
public record PlenariesChanged() {}
