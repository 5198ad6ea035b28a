package org.redress.engine;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A page of somebody else changes nothing here by the browser of a person who is signed in, be it by cookie or by a password
 * that the browser remembers for HTTP Basic: browsers say whence a request comes, and one from elsewhere is refused at every
 * door. Programs send no such header and are not touched.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class OwnPagesOnly extends OncePerRequestFilter {

    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private final @Nullable String publicHost;

    OwnPagesOnly(@Value("${redress.public-url}") URI publicUrl) {
        publicHost = publicUrl.getAuthority();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (HARMLESS.contains(request.getMethod()) || isOwn(request)) {
            chain.doFilter(request, response);
        } else {
            Refusals.write(
                    response, HttpServletResponse.SC_FORBIDDEN, "A page from elsewhere does not change anything here");
        }
    }

    private boolean isOwn(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !OWN.contains(site)) {
            return false;
        }
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return true;
        }
        String host = origin.replaceFirst("^https?://", "");
        return host.equals(request.getHeader("Host")) || host.equals(publicHost);
    }
}
