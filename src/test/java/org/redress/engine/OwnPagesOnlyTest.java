package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Which pages are ours. A stranger's name may lead to the house as well: then Origin and Host agree, and are theirs. */
class OwnPagesOnlyTest {

    @ParameterizedTest
    @CsvSource({
        "https://remedy.example,      https://remedy.example,      remedy.example,      true",
        "https://remedy.example:443/, https://remedy.example,      remedy.example,      true",
        "https://Remedy.example/app,  https://remedy.example,      node-1:8080,         true",
        "https://remedy.example:8443, https://remedy.example:8443, node-1:8080,         true",
        "https://remedy.example,      http://remedy.example,       remedy.example,      false",
        "https://remedy.example,      https://remedy.example:444,  remedy.example:444,  false",
        "https://remedy.example,      https://evil.example,        evil.example,        false",
        "https://remedy.example,      http://localhost:8080,       localhost:8080,      false",
        "https://remedy.example,      null,                        remedy.example,      false",
        "http://localhost:8080,       http://localhost:8080,       localhost:8080,      true",
        "http://localhost:8080,       http://127.0.0.1:8080,       127.0.0.1:8080,      true",
        "http://localhost:8080,       http://localhost:9090,       localhost:9090,      true",
        "http://localhost:8080,       http://localhost:9090,       localhost:9091,      false",
        "http://localhost:8080,       http://evil.example:8080,    evil.example:8080,   false",
        "http://localhost:8080,       http://localhost.evil:8080,  localhost.evil:8080, false"
    })
    void aPageIsOursWhereverPeopleReachUs(String publicUrl, String origin, String host, boolean ours) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/letters");
        request.addHeader("Origin", origin);
        request.addHeader("Host", host);
        MockHttpServletResponse response = new MockHttpServletResponse();

        new OwnPagesOnly(URI.create(publicUrl)).doFilter(request, response, new MockFilterChain());

        assertThat(response.getStatus()).isEqualTo(ours ? 200 : 403);
    }
}
