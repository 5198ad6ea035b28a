package org.redress.engine;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Which requests read something, and by which route of the product: of a closed list ({@code access-routes.txt} for what the
 * engine brings, our own as Spring matched them), so that no id, name or question of a caller gets into it.
 */
final class AccessRoutes {

    /** Reads of these have a line each, with the moment ({@link CaseReads}). */
    private static final Set<String> NOTED_ONE_BY_ONE = Set.of(
            "/cases/{caseNumber}",
            "/holds/{caseNumber}",
            "/api/audit",
            "/api/vault/reads",
            "/api/vault/consents",
            "/api/grievances/{caseNumber}",
            "/api/applications/{caseNumber}",
            "/api/concerns/{caseNumber}");

    private static final Pattern ENGINE = Pattern.compile(
            "(?<door>/engine-rest)(?:/engine/[^/]+)?(?<route>/.*)|(?<app>/camunda/api/engine)/engine/[^/]+(?<inner>/.*)");

    private static final Pattern APP = Pattern.compile("(/camunda/api/(?:admin|cockpit|tasklist|welcome))/.*");
    private static final Pattern STATIC = Pattern.compile("/camunda/api/[a-z]+/plugin/[^/]+/static/.*");
    private static final List<String> OURS = List.of("/api/", "/cases/", "/my/", "/files/", "/break-glass/", "/holds/");
    private static final String ANY_OTHER = "/**";

    /** A step of the tree of routes; the parts that vary stand under {@code {}}. */
    private static final class Node {
        private final Map<String, Node> next = new HashMap<>();
        private final Map<String, String> routes = new TreeMap<>();
    }

    private static final String VARIES = "{}";

    /**
     * A route that reads.
     *
     * @param pattern as it is written in the product, after its method
     * @param id what stands at the first part of it that varies
     */
    record Read(String pattern, @Nullable String id) {}

    private final Node root = new Node();

    AccessRoutes() {
        try (InputStream list = new ClassPathResource("access-routes.txt").getInputStream()) {
            new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(this::add);
        } catch (IOException e) {
            throw new UncheckedIOException("The list of routes cannot be read", e);
        }
    }

    /** Every route that is on the list, after its method. */
    static Set<String> listed() throws IOException {
        try (InputStream list = new ClassPathResource("access-routes.txt").getInputStream()) {
            return new HashSet<>(new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList());
        }
    }

    private void add(String line) {
        int space = line.indexOf(' ');
        if (space > 0) {
            String route = line.substring(space + 1);
            Node node = root;
            for (String part : route.substring(1).split("/", -1)) {
                node = node.next.computeIfAbsent(part.startsWith("{") ? VARIES : part, any -> new Node());
            }
            node.routes.put(line.substring(0, space), route);
        }
    }

    /** What the request read, once it was answered; empty when it changes something, or is nothing of a case or a list. */
    Optional<Read> of(HttpServletRequest request) {
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        if (!method.equals("GET") && !method.equals("POST")) {
            return Optional.empty();
        }
        String path = Security.path(request);
        Matcher engine = ENGINE.matcher(path);
        if (engine.matches()) {
            String door = engine.group("door") == null ? engine.group("app") : engine.group("door");
            String route = engine.group("door") == null ? engine.group("inner") : engine.group("route");
            return listed(method, door, route);
        }
        Matcher app = APP.matcher(path);
        if (app.matches()) {
            return STATIC.matcher(path).matches()
                    ? Optional.empty()
                    : find(method, path).or(() -> other(method, app.group(1)));
        }
        return method.equals("GET") && OURS.stream().anyMatch(path::startsWith) ? ours(request) : Optional.empty();
    }

    private Optional<Read> listed(String method, String door, String route) {
        return find(method, route)
                .map(read ->
                        new Read(read.pattern().replaceFirst(" ", " " + Matcher.quoteReplacement(door)), read.id()))
                .or(() -> other(method, door));
    }

    /** What a GET finds at an address that is on no list has been read all the same. */
    private static Optional<Read> other(String method, String door) {
        return method.equals("GET") ? Optional.of(new Read("GET " + door + ANY_OTHER, null)) : Optional.empty();
    }

    private Optional<Read> find(String method, String path) {
        List<String> parts = List.of(path.substring(1).split("/", -1));
        String route = find(root, method, parts);
        if (route == null) {
            return Optional.empty();
        }
        String[] known = route.substring(1).split("/", -1);
        for (int at = 0; at < known.length; at++) {
            if (known[at].startsWith("{")
                    && !known[at].toLowerCase(java.util.Locale.ROOT).contains("engine")) {
                return Optional.of(new Read(method + " " + route, parts.get(at)));
            }
        }
        return Optional.of(new Read(method + " " + route, null));
    }

    private static @Nullable String find(Node node, String method, List<String> parts) {
        if (parts.isEmpty()) {
            return node.routes.get(method);
        }
        List<String> rest = parts.subList(1, parts.size());
        for (String step : List.of(parts.get(0), VARIES)) {
            Node next = node.next.get(step);
            String found = next == null ? null : find(next, method, rest);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static Optional<Read> ours(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String pattern
                        && !NOTED_ONE_BY_ONE.contains(pattern)
                        && !pattern.contains("**")
                ? Optional.of(new Read("GET " + pattern, null))
                : Optional.empty();
    }
}
