package org.redress.remedy;

/**
 * What became of the fees and wages that are owed to people of a case, in people (remedy.md A.7 D23, C.8). Whoever shows the
 * numbers to a company suppresses small ones first.
 *
 * @param open still owed, whether or not the ninety days are over
 * @param withoutCarrier those among them that nobody carries on
 * @param repaid all of it
 * @param declined the person does not want it
 * @param notObtainable nobody can be made to pay it
 */
record Repayments(int open, int withoutCarrier, int repaid, int declined, int notObtainable) {

    static final Repayments NONE = new Repayments(0, 0, 0, 0, 0);

    static final Repayments REPAID = new Repayments(0, 0, 1, 0, 0);
    static final Repayments DECLINED = new Repayments(0, 0, 0, 1, 0);
    static final Repayments NOT_OBTAINABLE = new Repayments(0, 0, 0, 0, 1);

    /** One that is open. */
    static Repayments open(boolean carried) {
        return new Repayments(1, carried ? 0 : 1, 0, 0, 0);
    }

    /** Nobody of the case was ever owed anything. */
    boolean isNone() {
        return equals(NONE);
    }

    Repayments and(Repayments others) {
        return new Repayments(
                open + others.open,
                withoutCarrier + others.withoutCarrier,
                repaid + others.repaid,
                declined + others.declined,
                notObtainable + others.notObtainable);
    }
}
