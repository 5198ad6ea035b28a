package org.redress.access;

import java.util.Comparator;

/**
 * One way in.
 *
 * @param path with {@code {names}} for what varies
 */
record Route(String method, String path) implements Comparable<Route> {

    private static final Comparator<Route> ORDER =
            Comparator.comparing(Route::path).thenComparing(Route::method);

    /** The same route, whatever its parts that vary are called. */
    Route unnamed() {
        return new Route(method, path.replaceAll("\\{[^}]*}", "{}"));
    }

    boolean changes() {
        return !method.equals("GET") && !method.equals("OPTIONS");
    }

    @Override
    public int compareTo(Route other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
