package org.redress.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What people send to the engine and to the doors beside it is of a size, and its JSON is read in one way only: not nested to the depth of the stack, and
 * no name twice in an object, of which one reader takes the first and another the last.
 */
final class LimitedBodies extends OncePerRequestFilter {

    private static final int DEEPEST = 64;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private final long longest;
    private final Predicate<HttpServletRequest> limitsItself;

    /** @param longest in bytes */
    LimitedBodies(long longest) {
        this(longest, request -> false);
    }

    /**
     * @param longest in bytes
     * @param limitsItself the doors that read their bodies themselves, to a limit of their own and with words of their own
     */
    LimitedBodies(long longest, Predicate<HttpServletRequest> limitsItself) {
        this.longest = longest;
        this.limitsItself = limitsItself;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return limitsItself.test(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > longest) {
            refuse(request, response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, tooLong());
            return;
        }
        if (!isJson(request)) {
            // Without a length it would have to be read to be known.
            if (request.getHeader("Transfer-Encoding") != null) {
                refuse(request, response, HttpServletResponse.SC_LENGTH_REQUIRED, "A body comes with its length");
                return;
            }
            chain.doFilter(request, response);
            return;
        }
        byte[] body = request.getInputStream().readNBytes((int) longest + 1);
        if (body.length > longest) {
            refuse(request, response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, tooLong());
            return;
        }
        Optional<String> fault = fault(body);
        if (fault.isPresent()) {
            refuse(request, response, HttpServletResponse.SC_BAD_REQUEST, fault.get());
            return;
        }
        chain.doFilter(new ReadAgain(request, body), response);
    }

    private String tooLong() {
        return "A body has at most " + longest + " bytes";
    }

    private static boolean isJson(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).contains("json");
    }

    private static Optional<String> fault(byte[] body) throws IOException {
        try (JsonParser parser = JSON.createParser(body)) {
            while (parser.nextToken() != null) {
                parser.finishToken();
            }
            return Optional.empty();
        } catch (StreamConstraintsException e) {
            return Optional.of(
                    "JSON is nested at most " + DEEPEST + " levels deep, its numbers and names are of a size");
        } catch (JsonParseException e) {
            String message = String.valueOf(e.getOriginalMessage());
            return Optional.of(
                    message.startsWith("Duplicate field")
                            ? "A name occurs twice in an object: keep one"
                            : "Not JSON at line " + e.getLocation().getLineNr() + ", column "
                                    + e.getLocation().getColumnNr());
        } catch (JsonProcessingException e) {
            return Optional.of("Not JSON");
        }
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, int status, String message)
            throws IOException {
        Refusals.write(request, response, status, message);
    }
}
