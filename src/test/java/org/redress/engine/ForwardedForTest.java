package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.web.embedded.EmbeddedWebServerFactoryCustomizerAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who calls is who calls, and not what the caller says: only a balancer that the operator names tells for whom it asks. */
class ForwardedForTest {

    private static final String BALANCER = "127.0.0.1";
    private static final String SOMEBODY_ELSE = "127.0.0.2";

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        ServletWebServerFactoryAutoConfiguration.class,
        EmbeddedWebServerFactoryCustomizerAutoConfiguration.class
    })
    static class Echo {

        @Bean
        ServletRegistrationBean<HttpServlet> echo() {
            return new ServletRegistrationBean<>(
                    new HttpServlet() {
                        @Override
                        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                                throws IOException {
                            response.getWriter().write("<" + request.getScheme() + " " + request.getRemoteAddr() + ">");
                        }
                    },
                    "/*");
        }
    }

    private static ServletWebServerApplicationContext production(String... more) {
        String[] settings = new String[more.length + 8];
        System.arraycopy(
                new String[] {
                    "--REDRESS_DB_URL=none",
                    "--REDRESS_DB_USER=none",
                    "--REDRESS_DB_PASSWORD=none",
                    "--REDRESS_PUBLIC_URL=http://localhost",
                    "--REDRESS_VAULT_KEY=none",
                    "--REDRESS_ADMIN_USER=none",
                    "--REDRESS_ADDRESS=127.0.0.1",
                    "--server.port=0"
                },
                0,
                settings,
                0,
                8);
        System.arraycopy(more, 0, settings, 8, more.length);
        return (ServletWebServerApplicationContext)
                new SpringApplicationBuilder(Echo.class).profiles("postgres").run(settings);
    }

    /** What the server takes for the caller. */
    private static String caller(ServletWebServerApplicationContext server, String from, String forwardedFor)
            throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(),
                server.getWebServer().getPort(),
                InetAddress.getAllByName(from)[0],
                0)) {
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Forwarded-For: " + forwardedFor
                                    + "\r\nX-Forwarded-Proto: https\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.substring(answer.indexOf('<') + 1, answer.indexOf('>'));
        }
    }

    @Test
    void whereNoBalancerIsNamedNobodyIsBelieved() throws IOException {
        try (ServletWebServerApplicationContext server = production()) {
            assertThat(caller(server, BALANCER, "198.51.100.7")).isEqualTo("http " + BALANCER);
            assertThat(caller(server, SOMEBODY_ELSE, "198.51.100.7, 10.0.0.1")).isEqualTo("http " + SOMEBODY_ELSE);
        }
    }

    @Test
    void onlyTheBalancerIsBelievedAndOnlyWhatItAddedItself() throws IOException {
        try (ServletWebServerApplicationContext server = production("--REDRESS_PROXIES=127\\.0\\.0\\.1")) {
            assertThat(caller(server, SOMEBODY_ELSE, "198.51.100.7")).isEqualTo("http " + SOMEBODY_ELSE);
            assertThat(caller(server, BALANCER, "198.51.100.7")).isEqualTo("https 198.51.100.7");
            assertThat(caller(server, BALANCER, "198.51.100.7, 203.0.113.9")).isEqualTo("https 203.0.113.9");
            // As shipped the server takes a private address for one more balancer.
            for (String colleague : new String[] {"192.168.1.7", "10.1.2.3", "172.16.0.9", "127.0.0.2"}) {
                assertThat(caller(server, BALANCER, "198.51.100.7, " + colleague))
                        .isEqualTo("https " + colleague);
            }
        }
    }
}
