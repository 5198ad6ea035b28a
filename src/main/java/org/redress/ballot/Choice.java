package org.redress.ballot;

/** What an elector may answer. An abstention counts for the quorum and for no percentage. */
public enum Choice {
    FAVOUR,
    AGAINST,
    ABSTAIN
}
