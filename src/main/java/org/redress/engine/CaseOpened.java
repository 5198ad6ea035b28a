package org.redress.engine;

/** A case has got its number, in the transaction that begins it. */
public record CaseOpened(String caseNumber) {}
