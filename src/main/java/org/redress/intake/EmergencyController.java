package org.redress.intake;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/emergencies}: an outside system reports that sites of an area cannot be reached (contract, message {@code
 * emergency-declared}; remedy.md B.12; for callers: docs/api.md). A proposal: two persons of the audit programme declare it.
 */
@RestController
@RequestMapping(EmergencyController.PATH)
class EmergencyController {

    static final String PATH = "/api/emergencies";

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private final FilingReader reader;
    private final FilingDoor door;

    /** @param zone in which days begin */
    EmergencyController(FilingDoor door, Clock clock, @Value("${redress.zone:UTC}") ZoneId zone) {
        this.door = door;
        this.reader = new FilingReader(
                "emergency",
                "emergency-declared",
                List.of("emergencyArea", "emergencyReason", "emergencyUntil"),
                emergency -> faults(emergency, LocalDate.now(clock.withZone(zone))));
    }

    @PostMapping
    ResponseEntity<FilingDoor.Proposal> propose(HttpServletRequest request, @Nullable Authentication caller)
            throws IOException {
        return door.propose(request, caller, reader::read, "proposedBy");
    }

    private static List<Fault> faults(JsonNode emergency, LocalDate today) {
        List<Fault> faults = new ArrayList<>();
        JsonNode area = emergency.path("emergencyArea");
        for (int place = 0; place < area.size(); place++) {
            if (area.path(place).isTextual()
                    && !COUNTRIES.contains(area.path(place).textValue())) {
                faults.add(Fault.at(
                        "/emergencyArea/" + place,
                        "No such country: use two capital letters of ISO 3166-1 alpha-2, such as CD."));
            }
        }
        JsonNode until = emergency.path("emergencyUntil");
        if (until.isTextual() && !isDay(until.textValue())) {
            faults.add(Fault.at("/emergencyUntil", "Not a day: write it as 2026-10-20."));
        } else if (until.isTextual() && !LocalDate.parse(until.textValue()).isAfter(today)) {
            // As the form has it: what ends today was none.
            faults.add(Fault.at("/emergencyUntil", "This day is no longer ahead: choose a day after " + today + "."));
        }
        return faults;
    }

    private static boolean isDay(String text) {
        try {
            return LocalDate.parse(text).toString().equals(text);
        } catch (DateTimeException e) {
            return false;
        }
    }
}
