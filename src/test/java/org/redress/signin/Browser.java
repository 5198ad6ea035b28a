package org.redress.signin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with cookies, who follows redirects one by one and can stop at any. */
final class Browser {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final String product;

    /** Where it has been, the latest last. */
    private final List<URI> visited = new ArrayList<>();

    Browser(String product) {
        this.product = product;
    }

    HttpResponse<String> get(String address, String... headers) {
        return send("GET", at(address), "", headers);
    }

    HttpResponse<String> send(String method, URI address, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (request.build().headers().firstValue("Accept").isEmpty()) {
            request.header("Accept", "text/html");
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Posts to the web apps as their pages do. */
    HttpResponse<String> post(String path, String json) {
        return send(
                "POST",
                at(path),
                json,
                "Content-Type",
                "application/json",
                "Accept",
                "application/json",
                "X-XSRF-TOKEN",
                cookie("XSRF-TOKEN").orElse(""));
    }

    /** Goes on as long as it is sent on, and tells the provider's login page who it is. */
    HttpResponse<String> open(String path, String subject) {
        return follow(get(path), subject, "\u0000nowhere");
    }

    /** The same, up to the redirect to an address that begins so; gives that address. */
    URI openUpTo(String path, String subject, String until) {
        HttpResponse<String> stopped = follow(get(path), subject, until);
        return location(stopped).orElseThrow();
    }

    HttpResponse<String> follow(HttpResponse<String> first, String subject, String until) {
        HttpResponse<String> answer = first;
        for (int steps = 0; steps < 15; steps++) {
            Optional<URI> next = location(answer);
            if (next.isPresent()) {
                visited.add(next.get());
                if (next.get().toString().startsWith(until)) {
                    return answer;
                }
                answer = send("GET", next.get(), "");
            } else if (answer.uri().getPath().equals("/login") && answer.statusCode() == 200) {
                Matcher csrf = CSRF.matcher(answer.body());
                if (!csrf.find()) {
                    throw new AssertionError(answer.body());
                }
                answer = send(
                        "POST",
                        answer.uri(),
                        "username=" + subject + "&password=" + subject + "&_csrf="
                                + URLEncoder.encode(csrf.group(1), StandardCharsets.UTF_8),
                        "Content-Type",
                        "application/x-www-form-urlencoded");
            } else {
                return answer;
            }
        }
        throw new AssertionError("Sent on for ever: " + visited);
    }

    static Optional<URI> location(HttpResponse<String> answer) {
        return answer.statusCode() / 100 == 3
                ? answer.headers().firstValue("Location").map(answer.uri()::resolve)
                : Optional.empty();
    }

    List<URI> visited() {
        return visited;
    }

    URI at(String address) {
        return URI.create(address.startsWith("http") ? address : product + address);
    }

    /** A cookie of the product. */
    Optional<String> cookie(String name) {
        return cookies.getCookieStore().get(URI.create(product + "/camunda/")).stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst();
    }

    void setCookie(String name, String value) {
        HttpCookie cookie = new HttpCookie(name, value);
        cookie.setPath("/");
        // As the client calls it
        cookie.setDomain("localhost.local");
        cookie.setVersion(0);
        cookies.getCookieStore().add(URI.create(product), cookie);
    }
}
