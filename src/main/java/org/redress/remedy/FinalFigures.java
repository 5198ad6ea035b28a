package org.redress.remedy;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.springframework.context.MessageSource;

/**
 * The figures of a final report (remedy.md C.8) as a text that companies may read: groups below five are not told (C,
 * smelter and downstream read a summary only).
 */
final class FinalFigures {

    private final MessageSource texts;

    FinalFigures(MessageSource texts) {
        this.texts = texts;
    }

    /**
     * @param people everybody, of whom is told how many they are and how their cases stand (S14)
     * @param reportable those who agreed to be in reports: of them how they fare, too (C.2)
     * @param repayments of fees and wages, as long as anybody was owed any (D23)
     */
    String of(VictimCounts people, VictimCounts reportable, ProgrammeCounts programmes, Repayments repayments) {
        String figures = of(people, reportable, programmes);
        return repayments.isNone()
                ? figures
                : figures + "\n"
                        + line(
                                "repayments",
                                told(repayments.repaid()),
                                told(repayments.open()),
                                told(repayments.notObtainable()),
                                told(repayments.declined()));
    }

    private String of(VictimCounts people, VictimCounts reportable, ProgrammeCounts programmes) {
        return String.join(
                "\n",
                List.of(
                        line("people", told(people.victims()), told(people.children())),
                        line(
                                "status",
                                told(people.withStatus("CLOSED") + people.withStatus("CLOSED_REFERRED")),
                                told(people.withStatus("ACTIVE") + people.withStatus("FOLLOW_UP")),
                                told(people.withStatus("WITHDRAWN")),
                                told(people.withStatus("UNTRACEABLE"))),
                        line(
                                "services",
                                told(reportable.servicesRequested()),
                                told(reportable.servicesRunning()),
                                told(reportable.servicesCompleted()),
                                told(reportable.servicesOverdue())),
                        line(
                                "reintegration",
                                told(reportable.withReintegrationDegree(3) + reportable.withReintegrationDegree(4)),
                                told(reportable.withReintegrationDegree(1) + reportable.withReintegrationDegree(2)),
                                satisfaction(reportable)),
                        line("unreported", told(people.victims() - reportable.victims())),
                        line(
                                "programmes",
                                programmes.programmes(),
                                programmes.aimsReached(),
                                programmes.unverified())));
    }

    private String satisfaction(VictimCounts people) {
        OptionalDouble average = people.averageSatisfaction();
        return average.isEmpty() || people.victims() < Monitoring.SMALLEST_GROUP
                ? text("closing.figures.untold")
                : String.format(Locale.ROOT, "%.1f", average.getAsDouble());
    }

    private Object told(int number) {
        return number == 0 || number >= Monitoring.SMALLEST_GROUP
                ? number
                : text("closing.figures.few", Monitoring.SMALLEST_GROUP);
    }

    private String line(String name, Object... values) {
        return "- " + text("closing.figures." + name, values);
    }

    private String text(String code, Object... values) {
        return texts.getMessage(code, values, Locale.ENGLISH);
    }
}
