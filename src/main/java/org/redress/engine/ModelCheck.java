package org.redress.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.impl.el.JuelElProvider;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Expression;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.LiteralExpression;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;
import org.camunda.bpm.model.dmn.instance.UnaryTests;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.api.ParseResult;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXParseException;

/**
 * Looks over a model before it goes live. The engine reads a cell of a table only when the table decides: what stands there
 * wrongly would stop cases one by one, weeks later, instead of the start.
 */
final class ModelCheck {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int LONGEST = 240;

    private static final String LITERAL = "(?:\"[^\"]*\"|true|false|null|-?\\d+(?:\\.\\d+)?)";
    private static final String SOME = LITERAL + "(?:\\s*,\\s*" + LITERAL + ")*";
    private static final Pattern ONE = Pattern.compile(LITERAL);

    /** A list of allowed values; other tests, such as {@code not(null)} or {@code >= 0}, are none. */
    private static final Pattern LIST = Pattern.compile("(" + SOME + ")");

    /** A cell of which it is known without a case which values it means. */
    private static final Pattern PLAIN = Pattern.compile("(?:not\\(\\s*)?\\[?\\s*(" + SOME + ")\\s*]?\\s*\\)?");

    private final FeelEngineApi feel = FeelEngineBuilder.forJava().build();
    private final JuelElProvider juel = new JuelElProvider();
    private final DmnEngine engine = new CheckedDecisions(ZoneOffset.UTC).buildEngine();

    /**
     * What is wrong with a model, a sentence for each fault; empty if it may go live.
     *
     * @param path such as {@code dmn/remedy/urgency.dmn}; its end says what the file is
     */
    List<String> faults(String path, byte[] content) {
        List<String> faults = new ArrayList<>();
        try {
            if (path.endsWith(".dmn")) {
                decisions(content, faults);
            } else if (path.endsWith(".bpmn")) {
                Bpmn.readModelFromStream(new ByteArrayInputStream(content));
            } else {
                form(content, faults);
            }
            // The readers' failures have no type in common.
        } catch (RuntimeException unreadable) {
            faults.add("it cannot be read: " + reason(unreadable));
        }
        return faults.stream().map(fault -> path + ": " + fault).toList();
    }

    private static void form(byte[] content, List<String> faults) {
        try {
            JsonNode form = MAPPER.readTree(content);
            if (!form.isObject()
                    || !form.path("id").isTextual()
                    || !form.path("components").isArray()) {
                faults.add("it is no form: that is an object with an id and components");
            }
        } catch (JsonProcessingException e) {
            // Less where it is said once more, in the words of the parser.
            String message = String.valueOf(e.getOriginalMessage()).replaceFirst("(?s) \\(for .*", "");
            faults.add("it is not JSON: line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ": " + shortly(message));
        } catch (IOException e) {
            faults.add("it cannot be read: " + reason(e));
        }
    }

    private void decisions(byte[] content, List<String> faults) {
        DmnModelInstance model = Dmn.readModelFromStream(new ByteArrayInputStream(content));
        String language = model.getDefinitions().getExpressionLanguage();
        for (Decision decision : model.getModelElementsByType(Decision.class)) {
            String where = "decision " + decision.getId();
            Expression logic = decision.getExpression();
            if (logic instanceof DecisionTable table) {
                table(table, where, language, faults);
            } else if (logic instanceof LiteralExpression literal) {
                expression(literal, language).ifPresent(fault -> faults.add(where + ": " + fault));
            }
        }
        if (faults.isEmpty()) {
            engine.parseDecisions(model);
        }
    }

    private void table(DecisionTable table, String decision, @Nullable String language, List<String> faults) {
        List<Input> inputs = List.copyOf(table.getInputs());
        List<Output> outputs = List.copyOf(table.getOutputs());
        for (Input input : inputs) {
            String where = decision + ", column " + name(input);
            if (input.getInputExpression() != null) {
                expression(input.getInputExpression(), language).ifPresent(fault -> faults.add(where + ": " + fault));
            }
            tests(input.getInputValues(), language)
                    .ifPresent(fault -> faults.add(where + ", allowed values: " + fault));
        }
        for (Output output : outputs) {
            tests(output.getOutputValues(), language)
                    .ifPresent(
                            fault -> faults.add(decision + ", column " + name(output) + ", allowed values: " + fault));
        }
        int number = 0;
        for (Rule rule : table.getRules()) {
            number++;
            String row =
                    decision + ", row " + (rule.getId() == null ? "" : rule.getId() + " ") + "(row " + number + ")";
            List<InputEntry> conditions = List.copyOf(rule.getInputEntries());
            List<OutputEntry> conclusions = List.copyOf(rule.getOutputEntries());
            if (conditions.size() != inputs.size() || conclusions.size() != outputs.size()) {
                faults.add(row + ": it has not one cell for each column");
                continue;
            }
            for (int column = 0; column < inputs.size(); column++) {
                UnaryTests cell = conditions.get(column);
                tests(cell, language)
                        .or(stranger(text(cell), inputs.get(column).getInputValues()))
                        .ifPresent(told(row, name(inputs.get(column)), faults));
            }
            for (int column = 0; column < outputs.size(); column++) {
                LiteralExpression cell = conclusions.get(column);
                expression(cell, language)
                        .or(stranger(text(cell), outputs.get(column).getOutputValues()))
                        .ifPresent(told(row, name(outputs.get(column)), faults));
            }
        }
    }

    private static Consumer<String> told(String row, String column, List<String> faults) {
        return fault -> faults.add(row + ", column " + column + ": " + fault);
    }

    private Optional<String> expression(LiteralExpression expression, @Nullable String global) {
        String text = text(expression);
        return fault(text, language(expression.getExpressionLanguage(), global), false);
    }

    private Optional<String> tests(@Nullable UnaryTests tests, @Nullable String global) {
        return tests == null
                ? Optional.empty()
                : fault(text(tests), language(tests.getExpressionLanguage(), global), true);
    }

    private Optional<String> fault(String text, String language, boolean tests) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        if (language.contains("feel")) {
            ParseResult parsed = tests ? feel.parseUnaryTests(text) : feel.parseExpression(text);
            return parsed.isSuccess()
                    ? Optional.empty()
                    : Optional.of("no FEEL: " + shortly(parsed.failure().message()));
        }
        if (language.equals("juel")) {
            try {
                juel.createExpression(text);
                return Optional.empty();
            } catch (RuntimeException e) {
                return Optional.of("no JUEL: " + shortly(text) + ": " + reason(e));
            }
        }
        return Optional.of("it is written in " + shortly(language) + ", which runs nowhere here; write FEEL");
    }

    /** As the decision engine takes it: of the cell, else of the file, else FEEL. */
    private static String language(@Nullable String own, @Nullable String global) {
        String language = own == null || own.isBlank() ? global : own;
        return language == null || language.isBlank() ? "feel" : language.toLowerCase(Locale.ROOT);
    }

    /** A value that the column's list does not have: a row that never hits, or a word that nobody knows. */
    private static Supplier<Optional<String>> stranger(String cell, @Nullable UnaryTests values) {
        return () -> {
            Matcher allowed = LIST.matcher(values == null ? "" : text(values));
            Matcher said = PLAIN.matcher(cell);
            if (!allowed.matches() || !said.matches()) {
                return Optional.empty();
            }
            List<String> known = literals(allowed.group(1));
            return literals(said.group(1)).stream()
                    .filter(value -> !value.equals("null") && !known.contains(value))
                    .findFirst()
                    .map(value -> value + " is none of the allowed values " + shortly(allowed.group(1)));
        };
    }

    private static List<String> literals(String text) {
        List<String> literals = new ArrayList<>();
        Matcher one = ONE.matcher(text);
        while (one.find()) {
            literals.add(one.group());
        }
        return literals;
    }

    private static String name(Input input) {
        String expression = input.getInputExpression() == null ? "" : text(input.getInputExpression());
        return expression.isBlank() ? String.valueOf(input.getId()) : shortly(expression);
    }

    private static String name(Output output) {
        return output.getName() == null ? String.valueOf(output.getId()) : output.getName();
    }

    private static String text(LiteralExpression expression) {
        return text(expression.getText());
    }

    private static String text(UnaryTests tests) {
        return text(tests.getText());
    }

    private static String text(@Nullable Text text) {
        return text == null || text.getTextContent() == null
                ? ""
                : text.getTextContent().trim();
    }

    /** The first of the causes, with its place in the file where it knows one. */
    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = shortly(String.valueOf(root.getMessage()));
        return root instanceof SAXParseException place
                ? "line " + place.getLineNumber() + ", column " + place.getColumnNumber() + ": " + message
                : message;
    }

    private static String shortly(String text) {
        String line = text.strip().replaceAll("\\s+", " ").replace("URI=null ", "");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
