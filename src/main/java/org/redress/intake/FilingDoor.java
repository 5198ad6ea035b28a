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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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
import org.springframework.stereotype.Component;

/**
 * What every door of the API does alike: who calls, key and body, the receipt (contract.md, "Filing a grievance"). Reads
 * the body itself: a converter of the framework would log it at DEBUG.
 */
@Component
class FilingDoor {

    /** In bytes: room for the longest filing with every character escaped. */
    static final int LARGEST_BODY = 256 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(FilingDoor.class);
    private static final String KEY_HEADER = "Idempotency-Key";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E](?:[\\x20-\\x7E]{0,198}[\\x21-\\x7E])?");
    private static final Set<String> OPERATORS = Set.of("camunda-admin");
    private static final Set<String> FILERS = Set.of("partner", "camunda-admin");

    private final FilingDesk desk;

    FilingDoor(FilingDesk desk) {
        this.desk = desk;
    }

    /**
     * Files what the request holds.
     *
     * @param path of this door, such as {@code /api/grievances}
     * @param reader from bytes to a filing, or to a {@link RefusedRequest} with all faults
     */
    ResponseEntity<Receipt> file(
            HttpServletRequest request, @Nullable Authentication caller, String path, Function<byte[], Filing> reader)
            throws IOException {
        String name = nameOf(caller);
        Order order = read(request, reader);
        StartedCase filed = desk.file(name, order.key(), order.filing());
        LOG.info("{} filed {}", name, filed.caseNumber());
        URI self = self(request, path, filed);
        return ResponseEntity.created(self)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Receipt.of(filed, self, Optional.empty()));
    }

    /**
     * Shows how a case stands that this caller filed; every case to the operator. Each look is on the case's trail.
     *
     * @param kind first letter of the case numbers of this door
     * @param view the complainant's word for a state; empty where there is none
     */
    ResponseEntity<Receipt> show(
            HttpServletRequest request,
            @Nullable Authentication caller,
            String path,
            String kind,
            String caseNumber,
            Function<String, Optional<ComplainantView>> view) {
        String name = nameOf(caller);
        StartedCase found = found(caller, name, kind, caseNumber);
        desk.shown(found.caseNumber(), name);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(Receipt.of(found, self(request, path, found), view.apply(found.state())));
    }

    /**
     * Tells a case that this caller filed something without a body, such as that it is withdrawn; every case to the
     * operator. 204 when it was heard, 409 when the case does not wait for it (any more).
     *
     * @param tooLate the states in which the case listens no more to this message
     */
    ResponseEntity<Void> tell(
            @Nullable Authentication caller, String kind, String caseNumber, String message, Set<String> tooLate) {
        String name = nameOf(caller);
        StartedCase found = found(caller, name, kind, caseNumber);
        if (tooLate.contains(found.state()) || desk.tell(found.caseNumber(), message) == 0) {
            throw RefusedRequest.notWaitedFor();
        }
        LOG.info("{} told {}: {}", name, found.caseNumber(), message);
        return ResponseEntity.noContent().build();
    }

    /**
     * Reports something to a case that this caller filed; to every case for the operator. 202: it is kept, and the case is
     * told at once.
     */
    ResponseEntity<Receipt> report(
            HttpServletRequest request,
            @Nullable Authentication caller,
            String path,
            String kind,
            String caseNumber,
            Function<byte[], Filing> reader)
            throws IOException {
        String name = nameOf(caller);
        StartedCase about = found(caller, name, kind, caseNumber);
        Order order = read(request, reader);
        StartedCase told = desk.report(name, order.key(), about, order.filing());
        LOG.info("{} reported to {}", name, told.caseNumber());
        return ResponseEntity.accepted()
                .contentType(MediaType.APPLICATION_JSON)
                .body(Receipt.of(told, self(request, path, told), Optional.empty()));
    }

    /**
     * Proposes something that belongs to no case. 202: it is kept, and people decide on it.
     *
     * @param as the variable that names whose proposal it is
     */
    ResponseEntity<Proposal> propose(
            HttpServletRequest request, @Nullable Authentication caller, Function<byte[], Filing> reader, String as)
            throws IOException {
        String name = nameOf(caller);
        Order order = read(request, reader);
        Map<String, @Nullable Object> variables = new HashMap<>(order.filing().variables());
        variables.put(as, name);
        Instant proposedAt = desk.propose(
                name,
                order.key(),
                new Filing(order.filing().message(), variables, order.filing().hash()));
        LOG.info("{} proposed {}", name, order.filing().message());
        return ResponseEntity.accepted()
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Proposal("PROPOSED", proposedAt));
    }

    private StartedCase found(@Nullable Authentication caller, String name, String kind, String caseNumber) {
        return (has(caller, OPERATORS) ? desk.find(caseNumber) : desk.findOwn(name, caseNumber))
                .filter(started -> started.caseNumber().startsWith(kind + "-"))
                .orElseThrow(RefusedRequest::noSuchCase);
    }

    /** Key and body of a request; all faults of both at once. */
    private static Order read(HttpServletRequest request, Function<byte[], Filing> reader) throws IOException {
        if (!isJson(request)) {
            throw RefusedRequest.notJson();
        }
        byte[] body = body(request);
        List<Fault> faults = new ArrayList<>();
        List<String> keys = Collections.list(request.getHeaders(KEY_HEADER));
        if (keys.size() != 1 || !KEY.matcher(keys.get(0)).matches()) {
            faults.add(Fault.inHeader(
                    KEY_HEADER,
                    "Required once: 1 to 200 printable ASCII characters, new for each filing and the same when you"
                            + " repeat it, such as a UUID."));
        }
        try {
            Filing filing = reader.apply(body);
            if (faults.isEmpty()) {
                return new Order(keys.get(0), filing);
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
    private static URI self(HttpServletRequest request, String path, StartedCase of) {
        return URI.create(request.getContextPath() + path + "/" + of.caseNumber());
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

    /** What is known of a proposal: that people will decide on it. */
    record Proposal(String state, Instant receivedAt) {}

    private record Order(String key, Filing filing) {}

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
