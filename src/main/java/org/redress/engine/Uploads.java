package org.redress.engine;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Documents come in by two addresses only, with their length, from whoever may add one to that case, one at a time of each
 * person, and few at a time: while one comes in it lies in memory, whole, since it must not lie on a disk. How slowly it may
 * come says {@link SlowBodies}. Stands before whatever reads a parameter, which would read the document too.
 */
final class Uploads extends OncePerRequestFilter {

    private static final Pattern DOOR = Pattern.compile("/api/cases/(?<program>[^/]+)/files|/files/(?<person>[^/]+)");
    private static final String PAGE = "/files/";
    private static final int AT_ONCE = 3;
    private static final int PATIENCE_SECONDS = 20;

    /** Room for what stands around the document. */
    private static final long ENVELOPE = 16 * 1024;

    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final Map<String, Semaphore> own = new ConcurrentHashMap<>();
    private final long longest;
    private final Supplier<DocumentDoor> door;

    /**
     * @param longest document in bytes
     * @param door who may add documents to which case
     */
    Uploads(long longest, Supplier<DocumentDoor> door) {
        this.longest = longest + ENVELOPE;
        this.door = door;
    }

    /** Where no documents are taken. */
    static Uploads none() {
        return new Uploads(0, () -> (user, groups, caseNumber) -> false);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!isDocument(request)) {
            chain.doFilter(request, response);
            return;
        }
        Matcher address = DOOR.matcher(request.getServletPath());
        if (!address.matches()) {
            Refusals.write(
                    request, response, HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "No documents are taken here");
            return;
        }
        if (request.getContentLengthLong() < 0) {
            Refusals.write(
                    request, response, HttpServletResponse.SC_LENGTH_REQUIRED, "A document comes with its length");
            return;
        }
        if (request.getContentLengthLong() > longest) {
            refuse(request, response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "size");
            return;
        }
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        String caseNumber = address.group("program") == null ? address.group("person") : address.group("program");
        if (who == null || !isOpen(who, caseNumber)) {
            if (request.getServletPath().startsWith(PAGE)) {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
            } else {
                Refusals.write(
                        request,
                        response,
                        HttpServletResponse.SC_NOT_FOUND,
                        "There is no such case, or nothing for you to add");
            }
            return;
        }
        Semaphore theirs = own.computeIfAbsent(who.getName(), name -> new Semaphore(1, true));
        if (!place(theirs)) {
            busy(request, response);
            return;
        }
        try {
            if (!place(places)) {
                busy(request, response);
                return;
            }
            try {
                chain.doFilter(request, response);
            } finally {
                places.release();
            }
        } finally {
            theirs.release();
        }
    }

    private boolean isOpen(Authentication who, String caseNumber) {
        Set<String> groups = who.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        return door.get().isOpen(who.getName(), groups, caseNumber);
    }

    private void busy(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Retry-After", String.valueOf(PATIENCE_SECONDS));
        refuse(request, response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "busy");
    }

    /** Whether it brings a document, or says so. */
    static boolean isDocument(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    private static boolean place(Semaphore places) {
        try {
            return places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A person is brought back to the page, which says why in words. */
    private void refuse(HttpServletRequest request, HttpServletResponse response, int status, String problem)
            throws IOException {
        String path = request.getServletPath();
        if (path.startsWith(PAGE)) {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", request.getRequestURI() + "?problem=" + problem);
        } else {
            Refusals.write(
                    request,
                    response,
                    status,
                    problem.equals("size")
                            ? "A document has at most " + (longest - ENVELOPE) + " bytes"
                            : "Many documents come in just now: try again");
        }
    }
}
