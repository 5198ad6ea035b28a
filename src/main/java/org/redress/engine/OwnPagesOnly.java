package org.redress.engine;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A page of somebody else changes nothing here by the browser of a person who is signed in, be it by cookie or by a password
 * that the browser remembers for HTTP Basic: browsers say whence a request comes, and one from elsewhere is refused at every
 * door. Ours are the pages at {@code redress.public-url}. Programs send no such header and are not touched.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class OwnPagesOnly extends OncePerRequestFilter {

    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Set<String> OWN = Set.of("same-origin", "none");

    /** Names of the machine itself; with a port they are a server on it. */
    private static final Pattern THIS_MACHINE = Pattern.compile("(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1])(:\\d+)?");

    private final String publicOrigin;
    private final boolean onThisMachine;

    OwnPagesOnly(@Value("${redress.public-url}") URI publicUrl) {
        publicOrigin = origin(publicUrl);
        onThisMachine = publicUrl.getAuthority() != null
                && THIS_MACHINE.matcher(publicUrl.getAuthority()).matches();
    }

    /** As browsers write it: without the port that the scheme has anyway. */
    private static String origin(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        boolean usual = url.getPort() == -1 || url.getPort() == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + String.valueOf(url.getHost()).toLowerCase(Locale.ROOT)
                + (usual ? "" : ":" + url.getPort());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (HARMLESS.contains(request.getMethod()) || isOwn(request)) {
            chain.doFilter(request, response);
        } else {
            Refusals.write(
                    request,
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    "A page from elsewhere does not change anything here");
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
        // What the caller says in Host proves nothing: a name of theirs may lead here. On this machine alone, where
        // nobody
        // has said how people reach it, any of its own names is taken.
        String host = origin.replaceFirst("^https?://", "");
        return origin.equals(publicOrigin)
                || (onThisMachine && THIS_MACHINE.matcher(host).matches() && host.equals(request.getHeader("Host")));
    }
}
