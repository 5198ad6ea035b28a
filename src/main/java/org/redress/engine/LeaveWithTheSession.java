package org.redress.engine;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.StreamUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Puts a few lines before the configuration that each web app loads: after sign-out they take the browser to the provider, to
 * end its session too, and when the session is over they load the page anew. As shipped, the page would show a form for
 * passwords, which is closed.
 */
final class LeaveWithTheSession extends OncePerRequestFilter {

    private static final Pattern CONFIGURATION =
            Pattern.compile("/camunda/(app/(?:admin|cockpit|tasklist|welcome)/scripts/config\\.js)");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Matcher path = CONFIGURATION.matcher(Security.path(request));
        if (!path.matches()) {
            chain.doFilter(request, response);
            return;
        }
        response.setContentType("text/javascript;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter()
                .write(read("sign-in/leave.js") + read("META-INF/resources/webjars/camunda/" + path.group(1)));
    }

    private static String read(String resource) throws IOException {
        try (InputStream text = new ClassPathResource(resource).getInputStream()) {
            return StreamUtils.copyToString(text, StandardCharsets.UTF_8);
        }
    }
}
