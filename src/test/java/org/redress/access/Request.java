package org.redress.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is sent on a route. Words in braces are filled with the ids of the case.
 *
 * @param query without the question mark; empty for none
 * @param type of the body; empty for none
 * @param body as text
 * @param named which fact stands for a part of the path, where it is not the usual one
 */
record Request(String query, String type, String body, Map<String, String> named) {

    private static final Path FILE = Path.of("src/test/resources/access/requests.txt");
    private static final Pattern WORD = Pattern.compile("\\{([a-zA-Z]+)}");
    private static final String CUT = "cut-here";

    /** The type of a body of fields and files. */
    static final String MULTIPART = "multipart/form-data; boundary=" + CUT;

    /** What is sent where the file says nothing. */
    static Request plain(Route route) {
        boolean body = route.method().equals("POST") || route.method().equals("PUT");
        return new Request("", body ? "application/json" : "", body ? "{}" : "", Map.of());
    }

    static Map<Route, Request> all() {
        Map<Route, Request> all = new HashMap<>();
        Route current = null;
        try {
            for (String line : Files.readAllLines(FILE)) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                if (!line.startsWith(" ")) {
                    String[] parts = line.split(" ", 2);
                    current = new Route(parts[0], parts[1]);
                    if (all.put(current, plain(current)) != null) {
                        throw new IllegalStateException("Twice in " + FILE + ": " + current);
                    }
                } else if (current != null) {
                    all.put(current, Objects.requireNonNull(all.get(current)).with(line.strip()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private Request with(String line) {
        String[] parts = line.split(" ", 2);
        return switch (parts[0]) {
            case "query" -> new Request(parts[1], type, body, named);
            case "body" -> new Request(query, "application/json", parts[1], named);
            case "form" -> new Request(query, "application/x-www-form-urlencoded", parts[1], named);
            case "multipart" -> new Request(query, MULTIPART, multipart(parts[1]), named);
            case "with" -> new Request(query, type, body, Map.of(parts[1].split("=", 2)[0], parts[1].split("=", 2)[1]));
            default -> throw new IllegalStateException("Not known in " + FILE + ": " + line);
        };
    }

    /** Fields as in an address, {@code name=value&name=value}; a value that begins with @ is the name of a file. */
    static String multipart(String fields) {
        StringBuilder body = new StringBuilder();
        for (String field : fields.split("&", -1)) {
            String[] pair = field.split("=", 2);
            boolean file = pair[1].startsWith("@");
            body.append("--" + CUT + "\r\nContent-Disposition: form-data; name=\"" + pair[0] + "\"");
            if (file) {
                body.append("; filename=\"" + pair[1].substring(1)
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\ncontent\r\n");
            } else {
                body.append("\r\nContent-Type: text/plain\r\n\r\n" + pair[1] + "\r\n");
            }
        }
        return body + "--" + CUT + "--\r\n";
    }

    static String filled(String text, UnaryOperator<String> facts) {
        return WORD.matcher(text).replaceAll(word -> Matcher.quoteReplacement(facts.apply(word.group(1))));
    }
}
