package org.redress.engine;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends the whole session when a person signs out of the web apps. They would only take the name out of it, and a request that
 * began before, on whichever node, would write it in again as it ends.
 */
final class SignOutEndsTheSession extends OncePerRequestFilter {

    static final Pattern SIGN_OUT = Pattern.compile("/camunda/api/admin/auth/user/[^/]+/logout");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        HttpSession session = request.getSession(false);
        if (session == null
                || !HttpMethod.POST.matches(request.getMethod())
                || response.getStatus() >= HttpServletResponse.SC_BAD_REQUEST
                || !SIGN_OUT.matcher(Security.path(request)).matches()) {
            return;
        }
        session.invalidate();
        if (!response.isCommitted()) {
            // So that the page has a token for signing in again.
            request.getSession(true);
        }
    }
}
