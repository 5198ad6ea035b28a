package org.redress.vault;

/** What a person may agree to, each for itself (remedy.md C.2): to be helped is one thing, to be spoken of another. */
public enum Purpose {
    /** To be helped. */
    SERVICES,
    /** That one named organisation is told what it needs to help. */
    SHARE_WITH_PROVIDER,
    /** That an authority is told. */
    SHARE_WITH_AUTHORITY,
    /** That another programme, which handles the same case, is told who they are. */
    SHARE_WITH_PROGRAMME,
    /** To be counted in reports, without anything that tells who it is. */
    ANONYMOUS_REPORTING,
    /** That the complaint is worked on. */
    COMPLAINT_HANDLING,
    /** That pictures or the voice are used. */
    IMAGE_VOICE,
    /** That research uses what was told. */
    RESEARCH
}
