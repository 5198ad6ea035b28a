package org.redress.intake;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/grievances}, {@code GET /api/grievances/{caseNumber}} (contract.md, "Filing a grievance") and {@code POST
 * /api/grievances/{caseNumber}/events} (remedy.md B.9); for callers: docs/api.md.
 */
@RestController
@RequestMapping(GrievanceController.PATH)
class GrievanceController {

    static final String PATH = "/api/grievances";

    private final FilingReader events = new FilingReader(
            "case-event",
            "case-event-reported",
            List.of("eventKind", "eventNote", "newInformation", "moreFound", "childrenFound"),
            GrievanceController::faults);

    private final GrievanceReader reader;
    private final FilingDoor door;

    GrievanceController(GrievanceReader reader, FilingDoor door) {
        this.reader = reader;
        this.door = door;
    }

    @PostMapping
    ResponseEntity<FilingDoor.Receipt> file(HttpServletRequest request, @Nullable Authentication caller)
            throws IOException {
        return door.file(request, caller, PATH, reader::read);
    }

    /** Danger, retaliation, more people, new facts, a withdrawal (remedy.md A.0, B.9): at any time, however the case stands. */
    @PostMapping("/{caseNumber}/events")
    ResponseEntity<FilingDoor.Receipt> report(
            @PathVariable String caseNumber, HttpServletRequest request, @Nullable Authentication caller)
            throws IOException {
        return door.report(request, caller, PATH, "R", caseNumber, events::read);
    }

    /** What a kind of event cannot be understood without. */
    private static List<Fault> faults(JsonNode event) {
        String kind = event.path("eventKind").asText();
        List<Fault> faults = new ArrayList<>();
        if (kind.equals("MORE_PEOPLE") && event.path("moreFound").isMissingNode()) {
            faults.add(Fault.at("/moreFound", "Required with MORE_PEOPLE: how many people, as far as you know?"));
        }
        if (kind.equals("NEW_INFORMATION") && event.path("newInformation").isMissingNode()) {
            faults.add(Fault.at("/newInformation", "Required with NEW_INFORMATION: what is new?"));
        }
        return faults;
    }

    @GetMapping("/{caseNumber}")
    ResponseEntity<FilingDoor.Receipt> show(
            @PathVariable String caseNumber, HttpServletRequest request, @Nullable Authentication caller) {
        return door.show(request, caller, PATH, "R", caseNumber, ComplainantView::of);
    }
}
