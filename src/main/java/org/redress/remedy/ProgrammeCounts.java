package org.redress.remedy;

import java.util.List;
import java.util.function.Predicate;

/**
 * The Level 2 programmes of one case, as the closing gate asks for them (remedy.md A.5). Programmes that were never
 * carried out count among {@link #programmes()} and are unverified only if nobody ever said so.
 */
record ProgrammeCounts(List<ProgrammeFacts> all) {

    ProgrammeCounts {
        all = List.copyOf(all);
    }

    int programmes() {
        return all.size();
    }

    int running() {
        return count(programme -> !programme.finished());
    }

    /** Programmes whose main outcome is not recorded and verified. */
    int unverified() {
        return count(programme -> !programme.verified() && !programme.notCarriedOut());
    }

    int aimsReached() {
        return count(programme -> "YES".equals(programme.aimsReached()));
    }

    /** Whether it is recorded for each programme if its activities were on time and on budget. */
    boolean deliveryRecorded() {
        return each(ProgrammeFacts::deliveryRecorded);
    }

    /** Whether it is recorded for each programme if its aims were reached. */
    boolean aimsAssessed() {
        return each(programme -> programme.aimsReached() != null);
    }

    /** Whether each programme has at least one progress record. */
    boolean monitoringDocumented() {
        return each(programme -> programme.progressReports() > 0);
    }

    /** Whether each programme has its detailed financial statement of contributions. */
    boolean financialStatement() {
        return each(ProgrammeFacts::statement);
    }

    private boolean each(Predicate<ProgrammeFacts> holds) {
        return all.stream().filter(programme -> !programme.notCarriedOut()).allMatch(holds);
    }

    private int count(Predicate<ProgrammeFacts> which) {
        return Math.toIntExact(all.stream().filter(which).count());
    }
}
