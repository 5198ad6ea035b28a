package org.redress.engine;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * At the web apps nothing is read of what somebody sends who has not signed in, but what signs in or out, and that is short and
 * there already ({@link SignInBodies}). Stands before whatever reads a parameter, which would read the body.
 */
final class StrangersBodies extends OncePerRequestFilter {

    private static final int SOON = 5;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        SignInBodies.Came came = SignInBodies.of(request);
        if (came == null) {
            if (hasBody(request) && isOfNobody(request.getSession(false))) {
                Refusals.write(request, response, HttpServletResponse.SC_UNAUTHORIZED, "Sign in first");
            } else {
                chain.doFilter(request, response);
            }
            return;
        }
        switch (came) {
            case WHOLE -> chain.doFilter(request, response);
            case TOO_LATE ->
                Refusals.write(
                        request, response, HttpServletResponse.SC_REQUEST_TIMEOUT, "This came too slowly: try again");
            case BUSY -> {
                response.setHeader("Retry-After", String.valueOf(SOON));
                // What is still to come is not waited for.
                response.setHeader("Connection", "close");
                Refusals.write(
                        request,
                        response,
                        HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                        "Many sign in just now: try again");
            }
        }
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    private static boolean isOfNobody(@Nullable HttpSession session) {
        return session == null
                || AuthenticationUtil.getAuthsFromSession(session)
                        .getAuthentications()
                        .isEmpty();
    }
}
