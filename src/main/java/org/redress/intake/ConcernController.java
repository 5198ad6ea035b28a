package org.redress.intake;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/concerns} and {@code GET /api/concerns/{caseNumber}}: a concern about a member from an outside system
 * (membership-and-concern.md E.4; for callers: docs/api.md). Whom it leaves out, the Secretariat registers.
 */
@RestController
@RequestMapping(ConcernController.PATH)
class ConcernController {

    static final String PATH = "/api/concerns";

    private static final Pattern ORGANISATION = Pattern.compile("org-[a-z0-9-]{2,60}");

    /** What the Plenary has recommended is followed up, whatever the member that raised it wants by then. */
    private static final Set<String> DECIDED = Set.of("FOLLOW_UP");

    private final FilingReader reader = new FilingReader(
            "concern",
            "concern-raised",
            List.of(
                    "raisingMember",
                    "concernedMember",
                    "concernAbout",
                    "concernCriterion",
                    "dialogueTried",
                    "concernNarrative",
                    "accessBarriers"),
            ConcernController::faults);

    private final FilingDoor door;

    ConcernController(FilingDoor door) {
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
        return door.show(request, caller, PATH, "C", caseNumber, state -> Optional.empty());
    }

    /** The concern is withdrawn (E.4). */
    @PostMapping("/{caseNumber}/withdrawal")
    ResponseEntity<Void> withdraw(@PathVariable String caseNumber, @Nullable Authentication caller) {
        return door.tell(caller, "C", caseNumber, "concern-withdrawn", DECIDED);
    }

    private static List<Fault> faults(JsonNode concern) {
        List<Fault> faults = new ArrayList<>();
        for (String member : List.of("raisingMember", "concernedMember")) {
            JsonNode id = concern.path(member);
            if (id.isTextual() && !ORGANISATION.matcher(id.textValue()).matches()) {
                faults.add(Fault.at(
                        "/" + member,
                        "Must be the id of a member, such as org-member; leave it out if you have none."));
            }
        }
        JsonNode raising = concern.path("raisingMember");
        if (raising.isTextual() && raising.equals(concern.path("concernedMember"))) {
            faults.add(Fault.at("/concernedMember", "A member cannot raise a concern about itself."));
        }
        return faults;
    }
}
