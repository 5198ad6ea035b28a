package org.redress.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.impl.juel.Builder;
import org.camunda.bpm.impl.juel.Tree;
import org.camunda.bpm.impl.juel.TreeBuilderException;

/** The expressions of diagrams, {@code ${...}}. */
final class Expressions {

    private static final Builder PARSER =
            new Builder(Builder.Feature.METHOD_INVOCATIONS, Builder.Feature.VARARGS, Builder.Feature.NULL_PROPERTIES);
    private static final Pattern TEXT = Pattern.compile("'([^']*)'|\"([^\"]*)\"");
    private static final Pattern CALL = Pattern.compile("(?<![\\w.])(\\w+)\\.(\\w+)\\(");

    /** A method that is called on a bean or a variable. */
    record Call(String target, String method) {}

    private Expressions() {}

    static boolean isExpression(String text) {
        return text.contains("${") || text.contains("#{");
    }

    /** Why the expression is none, if it is none. */
    static Optional<String> fault(String expression) {
        try {
            PARSER.build(expression);
            return Optional.empty();
        } catch (TreeBuilderException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The beans and variables that an expression names. */
    static Set<String> names(String expression) {
        Set<String> names = new TreeSet<>();
        try {
            Tree tree = PARSER.build(expression);
            tree.getIdentifierNodes().forEach(node -> names.add(node.getName()));
        } catch (TreeBuilderException e) {
            // ReferenceGate reports it
            return names;
        }
        return names;
    }

    static List<Call> calls(String expression) {
        List<Call> calls = new ArrayList<>();
        Matcher matcher = CALL.matcher(TEXT.matcher(expression).replaceAll("''"));
        while (matcher.find()) {
            calls.add(new Call(matcher.group(1), matcher.group(2)));
        }
        return calls;
    }

    /** The texts between quotes; a text without an expression around it is one itself. */
    static List<String> texts(String expression) {
        if (!isExpression(expression)) {
            return List.of(expression);
        }
        List<String> texts = new ArrayList<>();
        Matcher matcher = TEXT.matcher(expression);
        while (matcher.find()) {
            texts.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return texts;
    }
}
