package org.redress.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Nobody finds out a confidential value by asking Cockpit for it. Cockpit's own lists run past the engine's commands, in a
 * configuration of their own, so that {@link VariablesInQueries} does not see them: here the request itself is checked.
 */
final class CockpitSearches extends OncePerRequestFilter {

    private static final int LONGEST_QUERY = 64 * 1024;
    private static final String VARIABLES = "variables";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Set<String> searchable;

    /** @param searchable names of the variables by which people may ask */
    CockpitSearches(Set<String> searchable) {
        this.searchable = searchable;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // Its servlet's path, decoded; the address as it was sent can be written in other ways.
        return !request.getServletPath().startsWith("/camunda/api/cockpit");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        byte[] body = request.getInputStream().readNBytes(LONGEST_QUERY + 1);
        if (body.length > LONGEST_QUERY) {
            Refusals.write(
                    request, response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "A query has at most 64 KiB");
        } else if (asksBy(request) || asksBy(body)) {
            Refusals.write(
                    request,
                    response,
                    HttpServletResponse.SC_BAD_REQUEST,
                    "Lists are narrowed by the variables " + String.join(", ", searchable)
                            + " only: others may be confidential");
        } else {
            chain.doFilter(new ReadAgain(request, body), response);
        }
    }

    /** In an address a condition is written {@code variables=name_operator_value}. */
    private boolean asksBy(HttpServletRequest request) {
        return request.getParameterMap().entrySet().stream()
                .filter(parameter ->
                        parameter.getKey().toLowerCase(java.util.Locale.ROOT).contains("variable"))
                .flatMap(parameter -> java.util.Arrays.stream(parameter.getValue()))
                .flatMap(conditions -> java.util.Arrays.stream(conditions.split(",", -1)))
                .map(condition -> condition.split("_", -1)[0])
                .anyMatch(name -> !name.isEmpty() && !searchable.contains(name));
    }

    private boolean asksBy(byte[] body) throws IOException {
        if (body.length == 0) {
            return false;
        }
        try {
            return asksBy(MAPPER.readTree(body));
        } catch (JsonProcessingException e) {
            // Whatever it is, Cockpit cannot read it either.
            return false;
        }
    }

    private boolean asksBy(JsonNode query) {
        for (JsonNode condition : query.path(VARIABLES)) {
            if (!searchable.contains(condition.path("name").asText())) {
                return true;
            }
        }
        for (JsonNode part : query) {
            if (asksBy(part)) {
                return true;
            }
        }
        return false;
    }
}
