package org.redress.engine;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Documents come in by two addresses only, with their length, and few at a time: while one comes in it lies in memory, whole,
 * since it must not lie on a disk. Stands before whatever reads a parameter, which would read the document too.
 */
final class Uploads extends OncePerRequestFilter {

    private static final Pattern DOOR = Pattern.compile("/api/cases/[^/]+/files|/files/[^/]+");
    private static final String PAGE = "/files/";
    private static final int AT_ONCE = 3;
    private static final int PATIENCE_SECONDS = 20;

    /** Room for what stands around the document. */
    private static final long ENVELOPE = 16 * 1024;

    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final long longest;

    /** @param longest document in bytes */
    Uploads(long longest) {
        this.longest = longest + ENVELOPE;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!isDocument(request)) {
            chain.doFilter(request, response);
            return;
        }
        if (!DOOR.matcher(request.getServletPath()).matches()) {
            Refusals.write(response, HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "No documents are taken here");
            return;
        }
        if (request.getContentLengthLong() < 0) {
            Refusals.write(response, HttpServletResponse.SC_LENGTH_REQUIRED, "A document comes with its length");
            return;
        }
        if (request.getContentLengthLong() > longest) {
            refuse(request, response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "size");
            return;
        }
        if (!place()) {
            response.setHeader("Retry-After", String.valueOf(PATIENCE_SECONDS));
            refuse(request, response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "busy");
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            places.release();
        }
    }

    /** Whether it brings a document, or says so. */
    static boolean isDocument(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    private boolean place() {
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
                    response,
                    status,
                    problem.equals("size")
                            ? "A document has at most " + (longest - ENVELOPE) + " bytes"
                            : "Many documents come in just now: try again");
        }
    }
}
