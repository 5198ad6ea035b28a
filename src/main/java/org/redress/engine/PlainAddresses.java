package org.redress.engine;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * An address that can be read in two ways ({@code ;x=1}, {@code //}, {@code ..}, {@code %2f}) is refused before anybody reads
 * it: in one way by a rule and in another by whom the rule protects.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PlainAddresses extends OncePerRequestFilter {

    private final HttpFirewall firewall = new StrictHttpFirewall();

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            firewall.getFirewalledRequest(request);
        } catch (RequestRejectedException e) {
            if (Problems.isApi(request.getRequestURI())) {
                Problems.write(
                        request,
                        response,
                        HttpServletResponse.SC_BAD_REQUEST,
                        "This address is not written plainly: leave out double slashes, dots as steps and encoded separators");
            } else {
                response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            }
            return;
        }
        chain.doFilter(request, response);
    }
}
