package org.redress.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Bodies that tests post. */
final class Grievances {

    private Grievances() {}

    /** Every field given. */
    static ObjectNode full() {
        return parsed(
                """
                {"channel": "PARTNER_SYSTEM", "reporterType": "NGO", "anonymous": true, "contactMode": "INTERMEDIARY",
                 "contact": "Sister Amalia, Sundays after mass; never say the word mine", "language": "fr",
                 "whatHappened": "Un garçon de onze ans trie des sacs de cobalt au dépôt, 50 heures par semaine.",
                 "where": {"country": "CD", "site": "Depot Kapata", "district": "Kolwezi", "latitude": -10.71, "longitude": 25.47},
                 "whenFirst": "2025-03", "whenLatest": "2026-01-20", "ongoing": "YES",
                 "exploitationTypes": ["WORST_FORM_CHILD_LABOUR", "CHILD_TRAFFICKING"], "affectedEstimate": 1,
                 "childrenInvolved": true, "allegedActor": "the owner of the depot", "desiredOutcome": "back to school",
                 "otherProceedings": "none that we know", "mineral": "cobalt", "fearOfRetaliation": "MEDIUM",
                 "consentToShareIdentity": "PROGRAMME_ONLY"}
                """);
    }

    /** Only what is required. */
    static ObjectNode smallest() {
        return parsed(
                """
                {"channel": "WEB", "reporterType": "ANONYMOUS", "anonymous": true, "language": "zh-Hans",
                 "whatHappened": "Bad things at pit 4.", "where": {"country": "ID"}, "ongoing": "UNKNOWN",
                 "exploitationTypes": ["OTHER"], "childrenInvolved": false, "fearOfRetaliation": "NONE",
                 "consentToShareIdentity": "NONE"}
                """);
    }

    static ObjectNode parsed(String json) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
