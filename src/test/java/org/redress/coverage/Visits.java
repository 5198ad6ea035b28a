package org.redress.coverage;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The flow nodes and the rows of decisions that something visited, as {@code process/element} and {@code decision/rule}.
 */
record Visits(Set<String> nodes, Set<String> rows) {

    /** Those of the tests of this run, gathered over all test classes. */
    static final Visits OF_THIS_RUN = new Visits(ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());

    void node(String process, String element) {
        nodes.add(process + "/" + element.replace("#multiInstanceBody", ""));
    }

    void row(String decision, String rule) {
        rows.add(decision + "/" + rule);
    }
}
