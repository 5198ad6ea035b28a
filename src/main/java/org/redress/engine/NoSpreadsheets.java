package org.redress.engine;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The engine's reports are JSON. As CSV they hold names as somebody wrote them, and a spreadsheet runs one that begins with
 * {@code =} as a formula.
 */
final class NoSpreadsheets extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<String> wanted = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        if (path.contains("report") && wanted.stream().anyMatch(NoSpreadsheets::isCsv)) {
            Refusals.write(request, response, HttpServletResponse.SC_NOT_ACCEPTABLE, "Reports are application/json");
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isCsv(String accept) {
        String types = accept.toLowerCase(Locale.ROOT).replace(" ", "");
        return types.contains("csv") || types.contains("text/*");
    }
}
