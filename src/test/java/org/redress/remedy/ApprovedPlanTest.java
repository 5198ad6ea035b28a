package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.redress.ProcessTest;
import org.redress.engine.Parties;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Step 4 alone, in June: its plan for both levels is approved, 130,000 dollars in all. */
@SuppressWarnings("NullAway.Init")
abstract class ApprovedPlanTest extends ProcessTest {

    @Autowired
    Parties parties;

    @Autowired
    VictimWorkflow victims;

    @Autowired
    JdbcClient jdbc;

    String caseNumber = "";
    String instance = "";

    @BeforeEach
    void thePlanIsApprovedInJune() {
        travelTo("2026-06-22T09:00:00Z");
        caseNumber = newCaseNumber();
        parties.add(caseNumber, "downstream", "org-downstream");
        parties.add(caseNumber, "smelter", "org-luma");
        parties.add(caseNumber, "facilitator", "org-facilitator");
        parties.add(caseNumber, "vsc", "org-vsc");
    }

    void approvePlan() {
        approvePlan(Map.of());
    }

    void approvePlan(Map<String, ?> changes) {
        Map<String, Object> plan = new HashMap<>(Map.of(
                "facilitator",
                "org-facilitator",
                "coordinator",
                "org-vsc",
                "smelters",
                List.of("org-luma"),
                "level1",
                "MANDATORY",
                "level2",
                "RECOMMENDED",
                "level1Planned",
                true,
                "level2Planned",
                true,
                "budgetLevel1",
                40_000,
                "budgetLevel2",
                90_000,
                "currency",
                "USD"));
        plan.putAll(changes);
        instance = start("implement-remedy", caseNumber, plan).getId();
    }

    /** The beginning of Level 1 costs 20,000, of Level 2 30,000; the smelter paid what is shared out. */
    static Map<String, Object> funds(double level1, double level2) {
        return Map.of(
                "level1FirstNeed",
                20_000,
                "level2FirstNeed",
                30_000,
                "fundsSmelterAsked",
                50_000,
                "fundsSmelterReceived",
                level1 + level2 == Math.rint(level1 + level2) ? (Object) (int) (level1 + level2) : level1 + level2,
                "level1Received",
                level1,
                "level2Received",
                level2);
    }

    static Map<String, Object> startOn(String day) {
        return Map.of(
                "startedOn",
                day,
                "coordinatorAgreed",
                true,
                "providersAgreed",
                "ALL",
                "localBodiesAgreed",
                "FIRST_PHASE",
                "privacyAgreed",
                true);
    }

    static Map<String, Object> reportOf(String goalsMet, String danger) {
        Map<String, Object> report = new HashMap<>();
        for (String group : List.of("Women", "Men", "Girls", "Unsaid")) {
            report.put("people" + group, 0);
        }
        report.put("peopleBoys", 1);
        report.put("safetyRiskOpen", danger);
        report.put("level2Methods", List.of("SITE_VISIT", "LEADERS"));
        report.put("level2Findings", "40 % of the miners were reached, the target is 80 %.");
        report.put("goalsMet", goalsMet);
        report.put("spentLevel1", 9_000);
        report.put("spentLevel2", 12_000.5);
        report.put("obstacles", List.of("ACCESS"));
        report.put("obstaclesText", "The road is cut in the rains.");
        report.put("doNoHarmNote", "No list of names leaves the coordinator.");
        report.put("progressSummary", "School places are taken up, the training reaches half of the miners.");
        report.put("privacyChecked", true);
        return report;
    }

    // What one sees

    Map<String, Object> shown(String user, String element) {
        return as(user).formVariables(as(user).task(element));
    }

    int letters(String event) {
        return jdbc.sql("select count(*) from letter where case_number = ? and event = ?")
                .params(caseNumber, event)
                .query(Integer.class)
                .single();
    }

    static void refused(String message, ThrowingCallable work) {
        assertThatThrownBy(work).hasStackTraceContaining(message);
    }
}
