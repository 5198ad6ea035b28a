package org.redress.attack;

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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Somebody who calls a server of this machine, with cookies as a browser keeps them; signed in or not. */
final class Caller {

    private final CookieManager cookies = new CookieManager();
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final int port;
    private final @Nullable String basic;

    private Caller(int port, @Nullable String basic) {
        this.port = port;
        this.basic = basic;
    }

    static Caller nobody(int port) {
        return new Caller(port, null);
    }

    /** Signed in by HTTP Basic, as the demo user with this id. */
    static Caller as(String user, int port) {
        return as(user, user, port);
    }

    static Caller as(String user, String password, int port) {
        return new Caller(
                port,
                "Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    HttpResponse<String> head(String path, String... headers) {
        return send("HEAD", path, null, headers);
    }

    HttpResponse<String> post(String path, String json, String... headers) {
        return send("POST", path, json, with("Content-Type", "application/json", headers));
    }

    HttpResponse<String> put(String path, String json, String... headers) {
        return send("PUT", path, json, with("Content-Type", "application/json", headers));
    }

    HttpResponse<String> form(String path, String fields, String... headers) {
        return send("POST", path, fields, with("Content-Type", "application/x-www-form-urlencoded", headers));
    }

    /** @param parts {@code name} or {@code name;filename="a";type=text/html} to content */
    HttpResponse<String> multipart(String path, Map<String, String> parts, String... headers) {
        StringBuilder body = new StringBuilder();
        parts.forEach((name, content) -> {
            String[] described = name.split(";type=", -1);
            String[] named = described[0].split(";", 2);
            body.append("--cut-here\r\nContent-Disposition: form-data; name=\"")
                    .append(named[0])
                    .append('"')
                    .append(named.length > 1 ? "; " + named[1] : "")
                    .append("\r\n");
            if (described.length > 1) {
                body.append("Content-Type: ").append(described[1]).append("\r\n");
            }
            body.append("\r\n").append(content).append("\r\n");
        });
        body.append("--cut-here--\r\n");
        return send(
                "POST", path, body.toString(), with("Content-Type", "multipart/form-data; boundary=cut-here", headers));
    }

    /** Deploys one file; the way differs only in what stands before {@code /deployment}. */
    HttpResponse<String> deploy(String engineRest, String fileName, String content) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("deployment-name", "attack");
        parts.put("data;filename=\"" + fileName + "\";type=application/octet-stream", content);
        return multipart(engineRest + "/deployment/create", parts, token());
    }

    /** Signs in to a web app: afterwards the cookies say who calls. */
    HttpResponse<String> signIn(String app, String user, String password) {
        get("/camunda/app/" + app + "/default/");
        HttpResponse<String> answer = form(
                "/camunda/api/admin/auth/user/default/login/" + app,
                "username=" + user + "&password=" + password,
                token());
        get("/camunda/app/" + app + "/default/");
        return answer;
    }

    /** The header that the web apps send beside their cookie. */
    String[] token() {
        return cookie("XSRF-TOKEN")
                .map(token -> new String[] {"X-XSRF-TOKEN", token})
                .orElseGet(() -> new String[0]);
    }

    Optional<String> cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst();
    }

    HttpResponse<String> send(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (basic != null) {
            request.header("Authorization", basic);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String[] with(String name, String value, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = name;
        all[1] = value;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return all;
    }
}
