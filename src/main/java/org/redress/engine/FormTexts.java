package org.redress.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts of a Camunda Form are Markdown, and what a case says is put into them as it came: a reporter could write a
 * heading or a link that looks like ours. A form is therefore handed out with every insertion {@code {{…}}} of its texts
 * wrapped, so that whatever is put in is shown to the letter. Modellers go on writing {@code {{name}}}.
 */
final class FormTexts {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final Pattern INSERTION = Pattern.compile("\\{\\{(?![#/])(.+?)}}", Pattern.DOTALL);

    /** An insertion after this is part of an address. */
    private static final Pattern IN_AN_ADDRESS = Pattern.compile("]\\([^()\\s]*$");

    /**
     * Every sign that could mean something in Markdown or HTML is escaped, and a line ends by an element, not by a line
     * break: on one line, no heading, list or table begins and no quotation ends. In FEEL, null and what is not a text stay
     * what they are to a form.
     */
    private static final String AS_WRITTEN =
            """
            {{replace(replace(replace(string(%s), "^\\\\s+|\\\\s+$", ""), "([!-/:-@[-`{-~])", "\\\\$1"), \
            "\\\\r\\\\n|\\\\r|\\\\n", "<br>")}}""";

    /** A part of a path: letters, digits, and what an address needs no escape for. */
    private static final String IN_ADDRESS = "{{replace(string(%s), \"[^A-Za-z0-9._~-]\", \"\")}}";

    private FormTexts() {}

    /** The form with its texts made safe; what is no form stays as it is. */
    static InputStream asWritten(InputStream form) {
        try (form) {
            byte[] bytes = form.readAllBytes();
            JsonNode json = read(bytes);
            return new ByteArrayInputStream(changed(json) ? MAPPER.writeValueAsBytes(json) : bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(byte[] form) throws IOException {
        try {
            return MAPPER.readTree(form);
        } catch (JsonProcessingException e) {
            return MAPPER.nullNode();
        }
    }

    private static boolean changed(JsonNode component) {
        boolean changed = false;
        if (component instanceof ObjectNode object
                && component.path("type").asText().equals("text")
                && component.path("text").isTextual()) {
            String text = component.path("text").textValue();
            String safe = asWritten(text);
            object.put("text", safe);
            changed = !safe.equals(text);
        }
        for (JsonNode inner : component.path("components")) {
            changed |= changed(inner);
        }
        return changed;
    }

    /** A text of a form with each insertion wrapped. */
    static String asWritten(String text) {
        Matcher insertion = INSERTION.matcher(text);
        StringBuilder safe = new StringBuilder();
        while (insertion.find()) {
            boolean address =
                    IN_AN_ADDRESS.matcher(text.substring(0, insertion.start())).find();
            String expression = (address ? IN_ADDRESS : AS_WRITTEN).formatted(insertion.group(1));
            insertion.appendReplacement(safe, Matcher.quoteReplacement(expression));
        }
        return insertion.appendTail(safe).toString();
    }
}
