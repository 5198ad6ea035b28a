package org.redress.models;

import camundajar.impl.scala.Product;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.api.ParseResult;
import org.camunda.feel.syntaxtree.Ref;

/** What stands in the cells of decisions and behind the conditions of forms. */
final class Feel {

    private static final FeelEngineApi ENGINE = FeelEngineBuilder.forJava().build();
    private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");

    private Feel() {}

    /** Why the expression is none, if it is none. An empty cell is fine. */
    static Optional<String> fault(String expression) {
        return expression.isBlank() ? Optional.empty() : fault(ENGINE.parseExpression(expression));
    }

    /** Why the tests of an input cell are none, if they are none. An empty cell is fine. */
    static Optional<String> faultInTests(String tests) {
        return tests.isBlank() ? Optional.empty() : fault(ENGINE.parseUnaryTests(tests));
    }

    /** The variables that an expression reads. */
    static Set<String> names(String expression) {
        return expression.isBlank() ? Set.of() : names(ENGINE.parseExpression(expression));
    }

    /** The variables that the tests of an input cell read. */
    static Set<String> namesInTests(String tests) {
        return tests.isBlank() ? Set.of() : names(ENGINE.parseUnaryTests(tests));
    }

    /** The texts between quotes. */
    static Set<String> texts(String expression) {
        Set<String> texts = new TreeSet<>();
        Matcher matcher = TEXT.matcher(expression);
        while (matcher.find()) {
            texts.add(matcher.group(1));
        }
        return texts;
    }

    private static Optional<String> fault(ParseResult result) {
        return result.isSuccess()
                ? Optional.empty()
                : Optional.of(result.failure().message());
    }

    private static Set<String> names(ParseResult result) {
        Set<String> names = new TreeSet<>();
        Set<String> local = new TreeSet<>();
        if (result.isSuccess()) {
            collect(result.parsedExpression().expression(), names, local);
        }
        names.removeAll(local);
        return names;
    }

    private static void collect(Object node, Set<String> names, Set<String> local) {
        if (node instanceof Ref reference) {
            names.add(reference.names().head());
            return;
        }
        if (node instanceof Product product) {
            // In a filter such as defects[basis != "SEED"] a name is a field of the item at hand.
            if (product.productPrefix().equals("Filter")) {
                collect(product.productElement(0), names, local);
                return;
            }
            // "for x in list", "some x in list": a pair of the name and the list
            if (product.productPrefix().equals("Tuple2") && product.productElement(0) instanceof String name) {
                local.add(name);
            }
            for (int i = 0; i < product.productArity(); i++) {
                collect(product.productElement(i), names, local);
            }
        }
    }
}
