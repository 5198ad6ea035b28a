package org.redress.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.MediaType;

/** How a door says no before anybody is asked: in the words of the engine's own REST, and as a problem at our own API. */
final class Refusals {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Refusals() {}

    static void write(HttpServletRequest request, HttpServletResponse response, int status, String message)
            throws IOException {
        if (Problems.isApi(Security.path(request))) {
            Problems.write(request, response, status, message);
            return;
        }
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(MAPPER.writeValueAsString(Map.of("type", "InvalidInput", "message", message)));
    }
}
