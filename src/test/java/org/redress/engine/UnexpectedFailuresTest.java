package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** What fails behind a controller of the API without a word of ours is a problem all the same, and repeats nothing. */
class UnexpectedFailuresTest {

    @Test
    void aFailureOfTheApiIsAProblemThatRepeatsNothing() throws Exception {
        MockHttpServletResponse answer = failed("/api/ballots", new MockFilterChain());
        assertThat(answer.getStatus()).isEqualTo(500);
        assertThat(answer.getContentType()).isEqualTo("application/problem+json");
        assertThat(JsonPath.parse(new String(answer.getContentAsByteArray(), StandardCharsets.UTF_8))
                        .<Map<String, Object>>read("$"))
                .isEqualTo(Map.of(
                        "type", "about:blank",
                        "title", "Internal Server Error",
                        "status", 500,
                        "instance", "/api/ballots"));
    }

    @Test
    void aFailureOfAPageKeepsItsPage() throws Exception {
        MockFilterChain chain = new MockFilterChain();
        failed("/cases/R-2026-0001", chain);
        assertThat(chain.getRequest()).as("it went on").isNotNull();
    }

    private static MockHttpServletResponse failed(String address, MockFilterChain chain) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/error");
        request.setDispatcherType(DispatcherType.ERROR);
        request.setAttribute(RequestDispatcher.ERROR_REQUEST_URI, address);
        request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, 500);
        request.setAttribute(RequestDispatcher.ERROR_EXCEPTION, new IllegalStateException("Joseph at the gate"));
        MockHttpServletResponse response = new MockHttpServletResponse();
        new Problems().failuresOfTheApi().getFilter().doFilter(request, response, chain);
        return response;
    }
}
