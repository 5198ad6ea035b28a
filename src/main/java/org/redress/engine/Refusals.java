package org.redress.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.MediaType;

/** How a door says no before the engine is asked: in the words of the engine's own REST. */
final class Refusals {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Refusals() {}

    static void write(HttpServletResponse response, int status, String message) throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(MAPPER.writeValueAsString(Map.of("type", "InvalidInput", "message", message)));
    }
}
