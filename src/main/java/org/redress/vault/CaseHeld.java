package org.redress.vault;

/** A case was put under a legal hold, in the transaction that runs. */
record CaseHeld(String caseNumber) {}
