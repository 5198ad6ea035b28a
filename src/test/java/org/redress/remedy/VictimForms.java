package org.redress.remedy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What coordinators and providers write into the forms of one person's case, unless a test says otherwise. */
final class VictimForms {

    private VictimForms() {}

    static Map<String, Object> immediateNeeds() {
        return Map.of(
                "riskLevel",
                "LOW",
                "safetyPlan",
                "Calls the aunt; the foreman does not know the house",
                "openSafetyRisk",
                "NO",
                "wishes",
                "To sleep, and to call home",
                "immediateHelp",
                List.of("SHORT_STAY", "MEALS"),
                "shortStayPlace",
                "The parish house");
    }

    static Map<String, Object> needsAssessment() {
        Map<String, Object> values = new HashMap<>();
        for (String need :
                List.of("Shelter", "Health", "MentalHealth", "Legal", "Financial", "Return", "Reintegration")) {
            values.put("need" + need, "NO_NEED");
        }
        values.put("needShelter", "NOW");
        values.put("wishShelter", "A room with a key");
        values.put("whereShelter", "Harbour, two streets away");
        values.put("riskShelter", "Found again within a week");
        values.put("placeNote", "The chief knows the family");
        values.put("skills", "Drives, reads, mends engines");
        values.put("familySituation", "Mother and two brothers upcountry");
        for (String place :
                List.of("placeSafety", "placeFamily", "placeWork", "placeSchool", "placeServices", "placeStigma")) {
            values.put(place, "GOOD");
        }
        return values;
    }

    /** A safe guardian, a child who left the mine and should be at school. */
    static Map<String, Object> bestInterests() {
        Map<String, Object> values = new HashMap<>();
        values.put("childAtSite", "NO");
        values.put("schoolAge", "YES");
        values.put("childHouseholdPoor", "YES");
        values.put("childHomeSafe", "YES");
        values.put("childSiblingsAtRisk", "NO");
        values.put("childGuardianPart", "NO");
        values.put("childGuardianSafe", "YES");
        values.put("ageAssessment", "Baptism paper: eleven");
        values.put("childView", "Wants to be with the mother and learn to read");
        values.put("bestInterestNote", "Stay with the mother, school from Monday");
        return values;
    }

    static Map<String, Object> guardianConsents() {
        return Map.of(
                "guardianInformed",
                true,
                "guardianExplained",
                "Swahili, with pictures",
                "guardianDecision",
                "GIVEN",
                "guardianEvidence",
                "THUMBPRINT",
                "guardianConsentOn",
                "2026-02-01");
    }

    static Map<String, Object> authorityDecides() {
        return Map.of(
                "guardianRoute",
                "AUTHORITY",
                "authorityName",
                "District child protection office",
                "authorityDecidedOn",
                "2026-02-01",
                "authorityDecision",
                "GIVEN",
                "guardianKeptOut",
                true);
    }

    static Map<String, Object> childAgreement() {
        return Map.of(
                "agreementContent",
                "School place, stipend, the mother's stall",
                "noHazardousWork",
                true,
                "childSpecialist",
                "YES",
                "childSpecialistName",
                "Small Steps",
                "childAgreement",
                "SIGNED",
                "agreementSignedOn",
                "2026-02-02",
                "agreementSigners",
                "The mother and the child");
    }

    static Map<String, Object> plan(String... services) {
        Map<String, Object> values = new HashMap<>();
        values.put("planDecision", "AGREED");
        values.put("goals", "A room of his own and work at the garage");
        values.put("goalsUntil", "2026-12-31");
        values.put("goalsFitPerson", "YES");
        values.put("goalsFitPlace", "YES");
        values.put("dependencyNote", "Wages from month three");
        values.put("services", List.of(services));
        values.put("servicesAvailable", "YES");
        values.put("handoverAt", "2026-02-02");
        values.put("monitoringReachable", "YES");
        values.put("monitoringPlace", "Market office, Tuesdays");
        values.put("consentServices", true);
        values.put("consentSharing", "YES");
        values.put("consentScope", List.of("PROVIDERS"));
        values.put("consentGivenBy", "PERSON");
        values.put("consentExplained", "French, read aloud");
        values.put("consentEvidence", "RECORDED");
        values.put("consentOn", "2026-02-02");
        return values;
    }

    static Map<String, Object> planDeclined() {
        return Map.of("planDecision", "DECLINED", "planRefusal", "Goes home to the family", "doorOpenTold", true);
    }

    static Map<String, Object> referredTo(String provider) {
        return Map.of(
                "serviceGiver",
                "PROVIDER",
                "provider",
                provider,
                "responseClass",
                "3D",
                "serviceLocation",
                "Harbour house",
                "dataShared",
                List.of("AGE"),
                "referralInfo",
                "Adult, needs a room for three months",
                "referralConsent",
                true);
    }

    static Map<String, Object> accepted() {
        return Map.of(
                "providerAnswer",
                "ACCEPTED",
                "firstDate",
                "2026-02-10",
                "serviceUntil",
                "2026-05-10",
                "providerContact",
                "The night desk");
    }

    static Map<String, Object> given() {
        return Map.of(
                "serviceOutcome",
                "GIVEN",
                "deliveredOn",
                "2026-02-02",
                "endedOn",
                "2026-02-02",
                "qualityNote",
                "Went well");
    }

    static Map<String, Object> quality(String outcome) {
        Map<String, Object> values = new HashMap<>();
        values.put("visits", 1);
        values.put("complaints", 0);
        values.put("personRating", "4");
        values.put("qualityRemarks", "Clean and calm");
        values.put("qualityOutcome", outcome);
        if (outcome.equals("REPLACE")) {
            values.put("replaceReason", "Doors are locked at night; the person was told");
        }
        return values;
    }

    static Map<String, Object> legalOptions() {
        return Map.of(
                "legalExplained",
                List.of("CRIMINAL", "CIVIL", "WAGES"),
                "lawyerPresent",
                "NO",
                "legalChoice",
                "Nothing for now",
                "owedKind",
                "NONE",
                "noPressure",
                true);
    }

    /** @param owed FEES, WAGES or BOTH */
    static Map<String, Object> moneyOwed(String owed, Object... amounts) {
        Map<String, Object> values = new HashMap<>(legalOptions());
        values.put("owedKind", owed);
        values.put("amountFixed", amounts.length == 0 ? "NO" : "YES");
        if (amounts.length > 0) {
            values.put("feesToRepay", 0);
            values.put("wagesOwed", 0);
        }
        for (int i = 0; i < amounts.length; i += 2) {
            values.put((String) amounts[i], amounts[i + 1]);
        }
        return values;
    }

    static Map<String, Object> reached(String day) {
        Map<String, Object> values = new HashMap<>();
        values.put("contactResult", "REACHED");
        values.put("contactDate", day);
        values.put("contactWay", "IN_PERSON");
        values.put("safetyNote", "Calm, no threats");
        values.put("openSafetyRisk", "NO");
        values.put("harmedSince", "NO");
        values.put("backWithThem", "NO");
        values.put("riskLevel", "LOW");
        values.put("wellbeing", "Sleeps again");
        values.put("goalProgress", "Two days at the garage");
        values.put("feedback", "The food is good");
        values.put("changeNeeded", "NO");
        return values;
    }

    static Map<String, Object> notReached(String day) {
        return Map.of(
                "contactResult",
                "NOT_REACHED",
                "contactDate",
                day,
                "attemptNote",
                "Asked at the market for the garage, not for him",
                "backWithThem",
                "NO");
    }

    static Map<String, Object> review(String outcome) {
        Map<String, Object> values = new HashMap<>();
        values.put("milestone", "MONTH_3");
        values.put("reintegrationDegree", "3");
        values.put("satisfaction", "4");
        values.put("reExploitationRisk", "LOW");
        values.put("livelihood", "Wages from the garage");
        values.put("reviewNote", "Has his own room");
        values.put("reviewOutcome", outcome);
        if (outcome.equals("CLOSED_REFERRED")) {
            values.put("carriedOnBy", "The clinic, where she is known");
        }
        return values;
    }

    /** {@code values} with some of them changed. */
    static Map<String, Object> but(Map<String, Object> values, Object... changes) {
        Map<String, Object> changed = new HashMap<>(values);
        for (int i = 0; i < changes.length; i += 2) {
            changed.put((String) changes[i], changes[i + 1]);
        }
        return changed;
    }
}
