package org.redress.engine;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.camunda.bpm.webapp.impl.security.filter.util.CsrfConstants;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives each session of the web apps its token against other pages when it begins. Camunda gives it with the next request that
 * finds none, and keeps others out meanwhile with a lock in the memory of one node: of the requests that a page sends at once
 * after sign-in, each would make one of its own, and the browser would be left with a token that the session does not have.
 */
final class TokenOfEachSession extends OncePerRequestFilter {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final boolean alwaysSecure;

    /** @param alwaysSecure whether the cookie is sent over TLS alone; otherwise where the request came by it */
    TokenOfEachSession(boolean alwaysSecure) {
        this.alwaysSecure = alwaysSecure;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(
                new HttpServletRequestWrapper(request) {
                    @Override
                    public HttpSession getSession() {
                        return begun(request, response);
                    }

                    @Override
                    public @Nullable HttpSession getSession(boolean create) {
                        return create ? begun(request, response) : request.getSession(false);
                    }
                },
                response);
    }

    private HttpSession begun(HttpServletRequest request, HttpServletResponse response) {
        HttpSession session = request.getSession(true);
        if (session.getAttribute(CsrfConstants.CSRF_TOKEN_SESSION_ATTR_NAME) == null) {
            byte[] random = new byte[16];
            RANDOM.nextBytes(random);
            String token = HexFormat.of().withUpperCase().formatHex(random);
            session.setAttribute(CsrfConstants.CSRF_TOKEN_SESSION_ATTR_NAME, token);
            response.setHeader(CsrfConstants.CSRF_TOKEN_HEADER_NAME, token);
            response.addHeader(
                    "Set-Cookie",
                    CsrfConstants.CSRF_TOKEN_DEFAULT_COOKIE_NAME + "=" + token + ";Path=" + request.getContextPath()
                            + "/camunda;SameSite=Lax" + (alwaysSecure || request.isSecure() ? ";Secure" : ""));
        }
        return session;
    }
}
