package org.redress.remedy;

import java.util.Set;

/** How far a case is when more people are found (remedy.md A.8 E06): what is done with them follows from it. */
enum WideningStage {
    /** Nothing is planned yet: the number counts. */
    BEFORE,
    /** A plan is drawn up or decided on: the people become part of it. */
    PLANNING,
    /** A plan was approved: it is widened. */
    APPROVED,
    /** The case is closed: they are new information (E22). */
    CLOSED;

    private static final Set<String> BEFORE_A_PLAN = Set.of(
            "RECEIVED",
            "ACKNOWLEDGED",
            "SCREENING",
            "IN_INVESTIGATION",
            "SUSPENDED_LEGAL",
            "SUBSTANTIATED",
            "LEVEL_DECIDED",
            "REFERRED",
            "REOPENED");

    private static final Set<String> WITH_A_PLAN = Set.of("PLANNING", "PLAN_SUBMITTED", "PLAN_RETURNED");

    /** Whether the level of a case in this state is decided, and the case goes on. */
    static boolean levelDecided(String caseState) {
        WideningStage stage = of(caseState, true, true);
        return stage == PLANNING || stage == APPROVED;
    }

    /** Whether a plan was approved in a case in this state, and the case goes on. */
    static boolean isApproved(String caseState) {
        return of(caseState, true, true) == APPROVED;
    }

    /** Whether a case in this state is closed. */
    static boolean isClosed(String caseState) {
        return of(caseState, true, true) == CLOSED;
    }

    /**
     * @param caseState a state of remedy.md A.0; every state that is over counts as closed
     * @param level1 whether the approved plan holds Level 1, which alone is widened for people
     * @param coordinated whether a coordinator is party to the case
     */
    static WideningStage of(String caseState, boolean level1, boolean coordinated) {
        if (BEFORE_A_PLAN.contains(caseState)) {
            return BEFORE;
        }
        if (WITH_A_PLAN.contains(caseState)) {
            // Without a coordinator step 3 has not begun to register people, and will register these with the others.
            return coordinated ? PLANNING : BEFORE;
        }
        boolean over = caseState.startsWith("CLOSED") || caseState.equals("LESSONS") || caseState.equals("TRANSFERRED");
        return over || !level1 ? CLOSED : APPROVED;
    }
}
