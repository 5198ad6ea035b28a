package org.redress.remedy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What people enter in the forms of a rescue. */
final class DangerForms {

    private DangerForms() {}

    static Map<String, Object> inDanger(String policeDanger, String child) {
        return assessed("IN_DANGER", policeDanger, "NOT_KNOWN", child);
    }

    static Map<String, Object> assessed(String danger, String policeDanger, String duty, String child) {
        return Map.of(
                "dangerNow", danger,
                "dangerCount", 1,
                "childAffected", child,
                "policeDanger", policeDanger,
                "dutyToReport", duty,
                "dangerNote", "In the third hut, guarded by night.");
    }

    static Map<String, Object> signed() {
        return Map.of("waySafe", "YES");
    }

    static Map<String, Object> notSigned() {
        return Map.of("waySafe", "NO", "waySafeNote", "Their cousin works in that office.");
    }

    static Map<String, Object> settled(String channel) {
        return Map.of("settledChannel", channel, "settledReason", "The only office that is awake and has a car.");
    }

    static Map<String, Object> reported(String to) {
        return Map.of(
                "reportedTo",
                to,
                "reportTells",
                "NOBODY",
                "reportNote",
                "Spoke with the duty officer, who comes with two cars.");
    }

    /** To the police, as RC1 wants it: with the ministry, or with the ministry still to be told. */
    static Map<String, Object> reportedToPolice(String ministryTold) {
        return with(reported("POLICE"), ministryTold);
    }

    /** The same, and people were named on this ground. */
    static Map<String, Object> namedToPolice(String ground) {
        return with(named("POLICE", ground), "YES");
    }

    private static Map<String, Object> with(Map<String, Object> report, String ministryTold) {
        Map<String, Object> both = new HashMap<>(report);
        both.put("ministryTold", ministryTold);
        return both;
    }

    /** People were named, on this ground. */
    static Map<String, Object> named(String to, String ground) {
        return Map.of(
                "reportedTo",
                to,
                "reportTells",
                "PEOPLE",
                "reportGround",
                ground,
                "reportNote",
                "Spoke with the duty officer, who comes with two cars.");
    }

    static Map<String, Object> duty() {
        return Map.of("dutyFound", "MET_OTHERWISE", "dutyAdvice", "The labour inspectorate takes the report by law.");
    }

    static Map<String, Object> broughtOut() {
        return Map.of(
                "safetySteps",
                List.of("CONTACT", "SHELTER", "AUTHORITY"),
                "peopleAreNow",
                "With the sisters, behind the mill",
                "rescueNote",
                "He has a fever.");
    }

    static Map<String, Object> covered() {
        return Map.of(
                "needsCovered",
                List.of("SHELTER", "HEALTH"),
                "needsAdvancedBy",
                "OWN",
                "needsNote",
                "A test for malaria, and shoes.");
    }

    static Map<String, Object> recorded(String anybodyInDanger) {
        return Map.of("peopleSafe", 1, "childrenSafe", 1, "anybodyInDanger", anybodyInDanger);
    }
}
