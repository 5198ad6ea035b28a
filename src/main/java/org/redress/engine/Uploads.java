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
import java.util.concurrent.atomic.AtomicInteger;
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
 * come says {@link SlowBodies}. Whoever waits takes a thread of the server: for a place of one's own nobody waits, and few do
 * for one of those that all share; and what is refused is not read to its end. Stands before whatever reads a parameter, which would read the document too.
 */
final class Uploads extends OncePerRequestFilter {

    private static final Pattern DOOR = Pattern.compile("/api/cases/(?<program>[^/]+)/files|/files/(?<person>[^/]+)");
    private static final String PAGE = "/files/";
    private static final int AT_ONCE = 3;
    private static final int WAITING_AT_MOST = 10;
    private static final int PATIENCE_SECONDS = 20;
    /** Whoever clicks twice has the first document in by then, or is told that it is still coming. */
    private static final int TWO_CLICKS_SECONDS = 2;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int PIECE = 64 * 1024;

    /** What is too large is read to its end all the same, one at a time of each person, so that a browser shows why. */
    private static final long READ_AT_MOST = 60L * 1024 * 1024;

    /** Room for what stands around the document. */
    private static final long ENVELOPE = 16 * 1024;

    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final AtomicInteger waiting = new AtomicInteger();
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
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        String caseNumber = address.group("program") == null ? address.group("person") : address.group("program");
        if (who == null) {
            notThere(request, response);
            return;
        }
        Semaphore theirs = own.computeIfAbsent(who.getName(), name -> new Semaphore(1));
        if (!waits(theirs, TWO_CLICKS_SECONDS)) {
            busy(request, response, TOO_MANY_REQUESTS, "own");
            return;
        }
        try {
            if (!isOpen(who, caseNumber)) {
                notThere(request, response);
                return;
            }
            if (request.getContentLengthLong() < 0 || request.getContentLengthLong() > longest) {
                if (request.getContentLengthLong() < 0) {
                    Refusals.write(
                            request,
                            response,
                            HttpServletResponse.SC_LENGTH_REQUIRED,
                            "A document comes with its length");
                } else {
                    refuse(request, response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "size");
                }
                response.flushBuffer();
                readToTheEnd(request);
                return;
            }
            if (!place()) {
                busy(request, response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "busy");
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

    private static void notThere(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getServletPath().startsWith(PAGE)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else {
            Refusals.write(
                    request,
                    response,
                    HttpServletResponse.SC_NOT_FOUND,
                    "There is no such case, or nothing for you to add");
        }
    }

    private boolean isOpen(Authentication who, String caseNumber) {
        Set<String> groups = who.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        return door.get().isOpen(who.getName(), groups, caseNumber);
    }

    private void busy(HttpServletRequest request, HttpServletResponse response, int status, String problem)
            throws IOException {
        response.setHeader("Retry-After", String.valueOf(PATIENCE_SECONDS));
        refuse(request, response, status, problem);
    }

    private static void readToTheEnd(HttpServletRequest request) throws IOException {
        byte[] piece = new byte[PIECE];
        long read = 0;
        for (int length = 0; length >= 0 && read <= READ_AT_MOST; read += length) {
            length = request.getInputStream().read(piece);
        }
    }

    /** Whether it brings a document, or says so. */
    static boolean isDocument(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    private boolean place() {
        return waits(places, PATIENCE_SECONDS);
    }

    /** Few wait at a time, whatever for, so that there are always threads for everybody else. */
    private boolean waits(Semaphore place, long seconds) {
        if (place.tryAcquire()) {
            return true;
        }
        try {
            return waiting.incrementAndGet() <= WAITING_AT_MOST && place.tryAcquire(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.decrementAndGet();
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
                    switch (problem) {
                        case "size" -> "A document has at most " + (longest - ENVELOPE) + " bytes";
                        case "own" ->
                            "One document of an account comes in at a time: send this one when the other is in";
                        default -> "Many documents come in just now: try again";
                    });
        }
    }
}
