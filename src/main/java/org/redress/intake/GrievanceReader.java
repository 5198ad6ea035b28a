package org.redress.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** From bytes to a {@link Filing}, or to all the faults at once, one for each field. */
@Component
class GrievanceReader {

    private final FilingSchema schema = new FilingSchema("grievance");
    private final GrievanceRules rules;

    GrievanceReader(Clock clock, @Value("${redress.zone:UTC}") ZoneId zone) {
        rules = new GrievanceRules(clock, zone);
    }

    /** @throws RefusedRequest 400 */
    Filing read(byte[] body) {
        JsonNode json = StrictJson.read(body);
        Map<String, Fault> faults = new LinkedHashMap<>();
        // The rules know more about their fields than the schema, so their words win
        rules.faults(json).forEach(fault -> faults.putIfAbsent(String.valueOf(fault.pointer()), fault));
        schema.faults(json).forEach(fault -> faults.putIfAbsent(String.valueOf(fault.pointer()), fault));
        if (!faults.isEmpty()) {
            throw RefusedRequest.faulty(List.copyOf(faults.values()));
        }
        return Grievance.of(json);
    }
}
