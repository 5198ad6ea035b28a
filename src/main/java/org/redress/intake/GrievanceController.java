package org.redress.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.redress.engine.StartedCase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/grievances} and {@code GET /api/grievances/{caseNumber}} (contract.md, "Filing a grievance"; for
 * callers: docs/api.md). Reads the body itself: a converter of the framework would log it at DEBUG.
 */
@RestController
@RequestMapping("/api/grievances")
class GrievanceController {

    /** In bytes: room for the longest grievance with every character escaped. */
    static final int LARGEST_BODY = 256 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(GrievanceController.class);
    private static final String KEY_HEADER = "Idempotency-Key";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E](?:[\\x20-\\x7E]{0,198}[\\x21-\\x7E])?");
    private static final Set<String> OPERATORS = Set.of("camunda-admin");
    private static final Set<String> FILERS = Set.of("partner", "camunda-admin");

    private final GrievanceReader reader;
    private final GrievanceIntake intake;

    GrievanceController(GrievanceReader reader, GrievanceIntake intake) {
        this.reader = reader;
        this.intake = intake;
    }

    @PostMapping
    ResponseEntity<Receipt> file(HttpServletRequest request, @Nullable Authentication caller) throws IOException {
        String name = nameOf(caller);
        Order order = read(request);
        StartedCase filed = intake.file(name, order.key(), order.grievance());
        LOG.info("{} filed {}", name, filed.caseNumber());
        URI self = self(request, filed);
        return ResponseEntity.created(self)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Receipt.of(filed, self, Optional.empty()));
    }

    @GetMapping("/{caseNumber}")
    ResponseEntity<Receipt> show(
            @PathVariable String caseNumber, HttpServletRequest request, @Nullable Authentication caller) {
        String name = nameOf(caller);
        StartedCase found = (has(caller, OPERATORS) ? intake.find(caseNumber) : intake.findOwn(name, caseNumber))
                .orElseThrow(RefusedRequest::noSuchCase);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(Receipt.of(found, self(request, found), ComplainantView.of(found.state())));
    }

    /** Key and body of a request; all faults of both at once. */
    private Order read(HttpServletRequest request) throws IOException {
        if (!isJson(request)) {
            throw RefusedRequest.notJson();
        }
        byte[] body = body(request);
        List<Fault> faults = new ArrayList<>();
        List<String> keys = Collections.list(request.getHeaders(KEY_HEADER));
        if (keys.size() != 1 || !KEY.matcher(keys.get(0)).matches()) {
            faults.add(Fault.inHeader(
                    KEY_HEADER,
                    "Required once: 1 to 200 printable ASCII characters, new for each grievance and the same when you"
                            + " repeat it, such as a UUID."));
        }
        try {
            Grievance grievance = reader.read(body);
            if (faults.isEmpty()) {
                return new Order(keys.get(0), grievance);
            }
        } catch (RefusedRequest refused) {
            faults.addAll(refused.faults());
        }
        throw RefusedRequest.faulty(faults);
    }

    private static boolean isJson(HttpServletRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        String type = request.getContentType();
        if (type == null || (encoding != null && !"identity".equalsIgnoreCase(encoding))) {
            return false;
        }
        try {
            MediaType mediaType = MediaType.parseMediaType(type);
            return MediaType.APPLICATION_JSON.equalsTypeAndSubtype(mediaType)
                    && (mediaType.getCharset() == null || StandardCharsets.UTF_8.equals(mediaType.getCharset()));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() <= LARGEST_BODY) {
            byte[] body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
            if (body.length <= LARGEST_BODY) {
                return body;
            }
        }
        throw RefusedRequest.tooLarge(LARGEST_BODY);
    }

    /** A path without a host: the same answer whichever node and name the caller used. */
    private static URI self(HttpServletRequest request, StartedCase of) {
        return URI.create(request.getContextPath() + "/api/grievances/" + of.caseNumber());
    }

    private static String nameOf(@Nullable Authentication caller) {
        if (caller == null || !caller.isAuthenticated()) {
            throw RefusedRequest.notSignedIn();
        }
        if (!has(caller, FILERS)) {
            throw RefusedRequest.notAllowed();
        }
        return caller.getName();
    }

    private static boolean has(@Nullable Authentication caller, Set<String> roles) {
        return caller != null
                && caller.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .anyMatch(roles::contains);
    }

    private record Order(String key, Grievance grievance) {}

    /**
     * What a partner learns of a case: nothing confidential, and never a receipt code.
     *
     * @param view the complainant's word for the state; only when a case is shown, not when it is filed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Receipt(
            String caseNumber,
            String state,
            @Nullable String view,
            Instant receivedAt,
            @JsonProperty("_links") Links links) {

        static Receipt of(StartedCase found, URI self, Optional<ComplainantView> view) {
            return new Receipt(
                    found.caseNumber(),
                    found.state(),
                    view.map(ComplainantView::words).orElse(null),
                    found.receivedAt(),
                    new Links(new Link(self)));
        }
    }

    record Links(Link self) {}

    record Link(URI href) {}
}
