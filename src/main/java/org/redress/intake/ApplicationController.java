package org.redress.intake;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/applications} and {@code GET /api/applications/{caseNumber}}: an application for membership from an
 * outside system (membership-and-concern.md E.2; for callers: docs/api.md).
 */
@RestController
@RequestMapping(ApplicationController.PATH)
class ApplicationController {

    /** Whoever is a member has no application to withdraw. */
    private static final Set<String> ADMITTED = Set.of("ENGAGED", "OBSERVER", "FULL_APPLIED", "FULL");

    static final String PATH = "/api/applications";

    private final FilingReader reader = new FilingReader(
            "application",
            "application-received",
            List.of(
                    "applicantName",
                    "applicantType",
                    "sector",
                    "purpose",
                    "targetStatus",
                    "applicantContact",
                    "applicationStatement"),
            ApplicationController::faults);

    private final FilingDoor door;

    ApplicationController(FilingDoor door) {
        this.door = door;
    }

    @PostMapping
    ResponseEntity<FilingDoor.Receipt> file(HttpServletRequest request, @Nullable Authentication caller)
            throws IOException {
        return door.file(request, caller, PATH, reader::read);
    }

    @GetMapping("/{caseNumber}")
    ResponseEntity<FilingDoor.Receipt> show(
            @PathVariable String caseNumber, HttpServletRequest request, @Nullable Authentication caller) {
        return door.show(request, caller, PATH, "M", caseNumber, state -> Optional.empty());
    }

    /** The application is withdrawn, until it is decided (E.2). A member leaves in Tasklist, where somebody confirms it. */
    @PostMapping("/{caseNumber}/withdrawal")
    ResponseEntity<Void> withdraw(@PathVariable String caseNumber, @Nullable Authentication caller) {
        return door.tell(caller, "M", caseNumber, "application-withdrawn", ADMITTED);
    }

    /** The Engaged member applies for Full membership (E.2). */
    @PostMapping("/{caseNumber}/full-membership")
    ResponseEntity<Void> applyForFull(@PathVariable String caseNumber, @Nullable Authentication caller) {
        return door.tell(caller, "M", caseNumber, "full-membership-applied", Set.of());
    }

    /** A company has a sector and an NGO a purpose; bodies and associations are observers (A.1 point 3, E.3 DMN-2). */
    private static List<Fault> faults(JsonNode application) {
        List<Fault> faults = new ArrayList<>();
        String type = application.path("applicantType").asText();
        belongs(application, "sector", "COMPANY".equals(type), "a company", faults);
        boolean body = List.of("INTERNATIONAL_BODY", "TRADE_BODY").contains(type);
        if (application.has("targetStatus")
                && body != "OBSERVER".equals(application.path("targetStatus").asText())) {
            faults.add(Fault.at(
                    "/targetStatus", "OBSERVER for INTERNATIONAL_BODY and TRADE_BODY, ENGAGED for everybody else."));
        }
        belongs(application, "purpose", "NGO".equals(type), "a non-governmental organisation", faults);
        return faults;
    }

    private static void belongs(JsonNode application, String field, boolean asked, String whose, List<Fault> faults) {
        boolean given = application.has(field);
        if (asked && !given) {
            faults.add(Fault.at("/" + field, "Required for " + whose + "."));
        } else if (!asked && given) {
            faults.add(Fault.at("/" + field, "Only " + whose + " has one: leave it out."));
        }
    }
}
