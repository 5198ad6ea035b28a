package org.redress.remedy;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The inputs of the decision {@code closing-gate} (remedy.md A.5), as plain counts and booleans. */
final class ClosingFacts {

    private ClosingFacts() {}

    /**
     * @param answers the variables of the case, with what the forms of step 5 asked
     * @param months full months since the start of implementation
     */
    static Map<String, Object> of(
            VictimCounts people,
            ProgrammeCounts programmes,
            Map<String, ? extends @Nullable Object> answers,
            int months) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("reportsInWindow", answers.get("reportsInWindow") instanceof Number reports ? reports.intValue() : 0);
        facts.put("monthsElapsed", months);
        facts.put("monitoringWaived", yes(answers, "waiveMonitoring"));
        facts.put("complainantWasHeard", !"NO".equals(answers.get("complainantHeard")));
        facts.put("emergencyIsOpen", yes(answers, "emergencyOpen"));
        facts.put("dueDiligenceIsEvidenced", yes(answers, "dueDiligenceEvidenced"));
        facts.put("remoteOnly", yes(answers, "remoteEvidenceOnly"));
        facts.put(
                "casesWithoutHandover",
                "NO".equals(answers.get("smelterHandoverRecorded"))
                                || "NO_ANSWER".equals(answers.get("smelterHandoverRecorded"))
                        ? Math.max(people.victims(), people.withoutHandover())
                        : people.withoutHandover());
        facts.put("handoversUnconfirmed", yes(answers, "handoversConfirmed") ? 0 : people.victims());
        facts.put("handoversWithoutSummary", yes(answers, "handoverSummaries") ? 0 : people.victims());
        facts.put("casesWithoutFollowUps", people.withoutTwoFollowUps());
        facts.put("openSafetyRisks", people.openSafetyRisks());
        facts.put("unansweredRequests", people.openServiceRequests());
        facts.put("level1StatementThere", yes(answers, "level1Statement"));
        facts.put("outcomesUnverified", programmes.unverified());
        facts.put("deliveryRecorded", programmes.deliveryRecorded());
        facts.put("aimsAssessed", programmes.aimsAssessed());
        facts.put("monitoringDocumented", programmes.monitoringDocumented());
        facts.put("level2StatementThere", yes(answers, "level2Statement"));
        return facts;
    }

    private static boolean yes(Map<String, ? extends @Nullable Object> answers, String name) {
        return "YES".equals(answers.get(name));
    }
}
