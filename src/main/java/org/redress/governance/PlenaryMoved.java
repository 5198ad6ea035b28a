package org.redress.governance;

/**
 * A Plenary was moved or cancelled; published inside the transaction in which it is, after the deadlines that hang on it were
 * counted anew, so that whoever listens goes with it or stops it.
 *
 * @param plenaryId such as {@code P-2027}
 */
public record PlenaryMoved(String plenaryId) {}
