package org.redress.remedy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What forms of the monitoring show of the people and the programmes of a case, as their own cases know it (guideline step
 * 4, remedy.md C.7). No names, no narratives.
 */
@Component("monitoring")
public class Monitoring {

    /** Groups below this size are not told to companies (remedy.md C, who may see what). */
    static final int SMALLEST_GROUP = 5;

    private final VictimCases victims;
    private final ProgrammeCases programmes;

    Monitoring(VictimCases victims, ProgrammeCases programmes) {
        this.victims = victims;
        this.programmes = programmes;
    }

    /** The people of the case in numbers, for facilitator and audit programme. */
    public Map<String, Object> figures(String caseNumber) {
        VictimCounts counts = victims.facts(caseNumber);
        Map<String, Object> figures = figures(counts, counts, victims.harmTold(caseNumber, counts), Integer::toString);
        for (int degree = 0; degree <= 4; degree++) {
            figures.put("degree" + degree, Integer.toString(counts.withReintegrationDegree(degree)));
        }
        figures.put(
                "satisfaction",
                counts.averageSatisfaction().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                "%.1f",
                                counts.averageSatisfaction().getAsDouble())
                        : "not known");
        return figures;
    }

    /**
     * The same for smelter and downstream company: small groups only as such, and how people fare only of those who agreed to
     * be in reports (C.2).
     */
    public Map<String, Object> figuresForCompanies(String caseNumber) {
        VictimCounts counts = victims.facts(caseNumber);
        VictimCounts reportable = victims.reportable(caseNumber, counts);
        return figures(counts, reportable, victims.harmTold(caseNumber, reportable), Monitoring::suppressed);
    }

    /** The Level 2 programmes with their indicators. */
    public List<Map<String, Object>> programmes(String caseNumber) {
        return programmes.of(caseNumber).stream().map(Monitoring::indicators).toList();
    }

    /** Whether the latest contact with somebody left a risk open. */
    public boolean openSafetyRisk(String caseNumber) {
        return victims.facts(caseNumber).openSafetyRisks() > 0;
    }

    /** A count as companies may read it. */
    static String suppressed(int count) {
        return count > 0 && count < SMALLEST_GROUP ? "fewer than " + SMALLEST_GROUP : Integer.toString(count);
    }

    private static Map<String, Object> figures(
            VictimCounts counts, VictimCounts reportable, int harmTold, IntFunction<String> shown) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("victims", shown.apply(counts.victims()));
        figures.put("children", shown.apply(counts.children()));
        figures.put("active", shown.apply(counts.withStatus("ACTIVE")));
        figures.put("followUp", shown.apply(counts.withStatus("FOLLOW_UP")));
        figures.put("closed", shown.apply(counts.withStatus("CLOSED") + counts.withStatus("CLOSED_REFERRED")));
        figures.put("withdrawn", shown.apply(counts.withStatus("WITHDRAWN")));
        figures.put("untraceable", shown.apply(counts.withStatus("UNTRACEABLE")));
        figures.put("servicesRequested", shown.apply(reportable.servicesRequested()));
        figures.put("servicesRunning", shown.apply(reportable.servicesRunning()));
        figures.put("servicesCompleted", shown.apply(reportable.servicesCompleted()));
        figures.put("servicesOverdue", shown.apply(reportable.servicesOverdue()));
        figures.put("safetyIncidents", shown.apply(harmTold));
        figures.put("atRisk", shown.apply(reportable.openSafetyRisks()));
        return figures;
    }

    private static Map<String, Object> indicators(ProgrammeFacts programme) {
        Map<String, Object> indicators = new LinkedHashMap<>();
        indicators.put("programmeRef", programme.programmeRef());
        indicators.put("unit", programme.unit());
        indicators.put("baseline", number(programme.baseline()));
        indicators.put("target", number(programme.target()));
        indicators.put("actual", number(programme.actual()));
        indicators.put("progressReports", programme.progressReports());
        return indicators;
    }

    private static String number(@Nullable Double value) {
        if (value == null) {
            return "–";
        }
        return value == Math.rint(value) ? Long.toString(value.longValue()) : value.toString();
    }
}
