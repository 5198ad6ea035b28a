package org.redress;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Calls of the API from outside, signed in as a demo user. */
public final class PartnerCalls {

    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;

    /** @param port of the running product */
    public PartnerCalls(int port) {
        address = "http://localhost:" + port;
    }

    public HttpResponse<String> file(String user, String path, String key, String body) {
        return send(
                user,
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> put(String user, String path, String body) {
        return send(
                user,
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> tell(String user, String path) {
        return send(user, path, HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()));
    }

    public HttpResponse<String> get(String user, String path) {
        return send(user, path, HttpRequest.newBuilder().GET());
    }

    /** Signed in as nobody. */
    public HttpResponse<String> asNobody(String method, String path) {
        return send(path, HttpRequest.newBuilder().method(method, HttpRequest.BodyPublishers.noBody()));
    }

    private HttpResponse<String> send(String user, String path, HttpRequest.Builder request) {
        String basic = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        return send(path, request.header("Authorization", "Basic " + basic));
    }

    private HttpResponse<String> send(String path, HttpRequest.Builder request) {
        try {
            return client.send(request.uri(URI.create(address + path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
