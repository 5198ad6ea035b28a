package org.redress.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Somebody at the doors: by HTTP Basic, or signed in to a web app. What they do is taken back. */
final class Session {

    private static final Pattern TOKEN_IN_FORM = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final HttpClient client;
    private final CookieManager cookies = new CookieManager();
    private final int port;
    private final @Nullable String basic;

    private Session(int port, @Nullable String basic, boolean keepsCookies) {
        this.port = port;
        this.basic = basic;
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        this.client = keepsCookies ? builder.cookieHandler(cookies).build() : builder.build();
    }

    static Session byPassword(Visitor visitor, int port) {
        return visitor.account().map(user -> byPassword(user, port)).orElseGet(() -> new Session(port, null, false));
    }

    static Session byPassword(String user, int port) {
        return new Session(
                port,
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8)),
                false);
    }

    /** Signs in as far as the web app lets the visitor. */
    static Session inAWebApp(Visitor visitor, int port) {
        Session session = new Session(port, null, true);
        session.send("GET", "/camunda/app/" + visitor.app() + "/default/", "", "", false);
        visitor.account()
                .ifPresent(user -> session.send(
                        "POST",
                        "/camunda/api/admin/auth/user/default/login/" + visitor.app(),
                        "application/x-www-form-urlencoded",
                        "username=" + user + "&password=" + user,
                        false));
        session.send("GET", "/camunda/app/" + visitor.app() + "/default/", "", "", false);
        return session;
    }

    HttpResponse<String> send(String method, String path, String type, String body) {
        return send(method, path, type, body, true);
    }

    /** Sends what is not taken back. */
    HttpResponse<String> keep(String method, String path, String type, String body) {
        return send(method, path, type, body, false);
    }

    private HttpResponse<String> send(String method, String path, String type, String body, boolean takenBack) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        // The web apps' own lists run on a connection of their own, which takes no part in the transaction.
        if (takenBack && !path.matches("/camunda/api/(admin|cockpit)/plugin/.*")) {
            request.header(RolledBack.HEADER, "yes");
        }
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (path.startsWith("/api/") && method.equals("POST")) {
            request.header("Idempotency-Key", AccessCase.fresh());
        }
        if (basic != null) {
            request.header("Authorization", basic);
        }
        token().ifPresent(token -> request.header("X-XSRF-TOKEN", token));
        if (method.equals("POST") && path.matches("/(files|break-glass|holds)/.*")) {
            ofItsForm(path).ifPresent(token -> request.header("X-CSRF-TOKEN", token));
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the page of ours, of this case, that is sent back has hidden in its form; empty where there is no page for the visitor. */
    private Optional<String> ofItsForm(String path) {
        return TOKEN_IN_FORM
                .matcher(send("GET", path.replaceFirst("^(/[^/]+/[^/]+)/.*", "$1"), "", "", false)
                        .body())
                .results()
                .map(found -> found.group(1))
                .findFirst();
    }

    private Optional<String> token() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .findFirst();
    }
}
