package org.redress.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A grievance that passed every check, as the variables of message {@code grievance-received} (fields of
 * {@code where} flattened: {@code whereCountry} …; what was not given is null).
 */
final class Grievance {

    private static final List<String> TEXTS = List.of(
            "channel",
            "reporterType",
            "contactMode",
            "contact",
            "whatHappened",
            "whenFirst",
            "whenLatest",
            "ongoing",
            "allegedActor",
            "desiredOutcome",
            "otherProceedings",
            "mineral",
            "fearOfRetaliation",
            "consentToShareIdentity");

    private Grievance() {}

    /** @param body checked by schema and rules */
    static Filing of(JsonNode body) {
        Map<String, @Nullable Object> variables = new HashMap<>();
        TEXTS.forEach(name -> variables.put(name, body.path(name).textValue()));
        variables.put(
                "language",
                GrievanceRules.languageTag(body.path("language").textValue()).orElseThrow());
        variables.put("anonymous", body.path("anonymous").booleanValue());
        variables.put("childrenInvolved", body.path("childrenInvolved").booleanValue());
        JsonNode affected = body.path("affectedEstimate");
        variables.put("affectedEstimate", affected.isMissingNode() ? null : affected.intValue());
        variables.put(
                "exploitationTypes",
                StreamSupport.stream(body.path("exploitationTypes").spliterator(), false)
                        .map(JsonNode::textValue)
                        .toList());
        JsonNode where = body.path("where");
        variables.put("whereCountry", where.path("country").textValue());
        variables.put("whereSite", where.path("site").textValue());
        variables.put("whereDistrict", where.path("district").textValue());
        variables.put("whereLatitude", number(where.path("latitude")));
        variables.put("whereLongitude", number(where.path("longitude")));
        return new Filing("grievance-received", variables, CanonicalJson.hash(body));
    }

    private static @Nullable Double number(JsonNode node) {
        return node.isNumber() ? node.doubleValue() : null;
    }
}
