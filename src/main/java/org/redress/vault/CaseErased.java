package org.redress.vault;

/**
 * Everything that is confidential in a case is being erased: whoever keeps something of it lets go of it, in the same
 * transaction.
 */
public record CaseErased(String caseNumber) {}
