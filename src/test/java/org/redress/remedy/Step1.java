package org.redress.remedy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What people enter in the forms of step 1, for the ordinary case; a test changes what it is about. */
final class Step1 {

    private Step1() {}

    static Map<String, Object> grievance() {
        return with(
                Map.ofEntries(
                        Map.entry("channel", "PARTNER_SYSTEM"),
                        Map.entry("reporterType", "NGO"),
                        Map.entry("anonymous", false),
                        Map.entry("language", "en"),
                        Map.entry("whatHappened", "A boy of eleven sorts ore bags fifty hours a week."),
                        Map.entry("whereCountry", "CD"),
                        Map.entry("ongoing", "UNKNOWN"),
                        Map.entry("exploitationTypes", List.of("WORST_FORM_CHILD_LABOUR")),
                        Map.entry("childrenInvolved", true),
                        Map.entry("fearOfRetaliation", "LOW"),
                        Map.entry("consentToShareIdentity", "NONE")),
                Map.of());
    }

    static Map<String, Object> passedOn() {
        return Map.of("questionsPassed", "YES", "questionsPassedNote", "Asked when they came to the clinic.");
    }

    static Map<String, Object> safe() {
        return Map.of(
                "immediateDanger", "NO",
                "stillExploited", "NO",
                "childInDanger", "NO",
                "medicalEmergency", "NO",
                "retaliationRisk", "LOW",
                "actionTaken", "Spoke with the reporter; nobody is in danger.");
    }

    static Map<String, Object> credible() {
        return Map.of(
                "sourceClass", "NGO",
                "specificity", 4,
                "corroborations", 1,
                "factsDisproved", "NO",
                "conflictOfInterest", "NO",
                "credibilityJudgement", "CREDIBLE",
                "credibilityReason", "A known organisation tells who, what, where and when.");
    }

    static Map<String, Object> actionable(String... smelters) {
        return Map.of(
                "partnerStatus", "CURRENT",
                "linkEvidence", "CONFIRMED",
                "smelters", List.of(smelters),
                "actionabilityJudgement", "ACTIONABLE",
                "actionabilityReason", "Delivery notes show the depot as source.");
    }

    static Map<String, Object> review() {
        return Map.of(
                "reviewer", "Reviewer one",
                "independenceDeclared", true,
                "reviewPlan", "Documents first, then a visit.",
                "smelterCooperation", "NO",
                "forumCheck", "NO");
    }

    static Map<String, Object> harmFound() {
        return Map.ofEntries(
                Map.entry("investigationMethod", List.of("DESK", "SITE_VISIT")),
                Map.entry("sources", "Visit to the depot and school records."),
                Map.entry("findings", "One child sorts bags instead of going to school."),
                Map.entry("harmFound", "YES"),
                Map.entry("types", List.of("WORST_FORM_CHILD_LABOUR")),
                Map.entry("affected", 1),
                Map.entry("childrenAffected", 1),
                Map.entry("occurrences90d", 1),
                Map.entry("interviewsDoNoHarm", true));
    }

    static Map<String, Object> nothingFound() {
        return Map.of(
                "investigationMethod", List.of("DESK"),
                "sources", "Contracts and pay slips of all workers.",
                "findings", "Contracts and free movement were found.",
                "harmFound", "NO",
                "interviewsDoNoHarm", true);
    }

    static Map<String, Object> decided(String outcome) {
        return Map.of(
                "standardUsed", "BALANCE",
                "substantiationOutcome", outcome,
                "substantiationReason", "More likely than not, by what was seen.");
    }

    static Map<String, Object> currentTrade() {
        return Map.of("linkKind", "CURRENT", "tradeOngoing", "YES", "exposureDate", "2026-01-15");
    }

    static Map<String, Object> noReferral() {
        return Map.of("referralNeeded", "NO");
    }

    static Map<String, Object> with(Map<String, ?> values, Map<String, ?> changes) {
        Map<String, Object> all = new HashMap<>(values);
        all.putAll(changes);
        return all;
    }

    static Map<String, Object> without(Map<String, ?> values, String... names) {
        Map<String, Object> all = new HashMap<>(values);
        List.of(names).forEach(all::remove);
        return all;
    }
}
