package org.redress.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

/** An open Camunda Form: filled in by hand, field by field, as the deployed form says. */
final class FormOnScreen {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("M/d/yyyy", Locale.ROOT);
    private static final DateTimeFormatter TYPED = DateTimeFormatter.ofPattern("MM/dd/yyyy", Locale.ROOT);

    /** What a form must never show. */
    private static final List<String> JUNK =
            List.of("undefined", "null", "[object Object]", "{{", "}}", "NaN", "Infinity");

    private final Page page;
    private final Locator frame;
    private final List<JsonNode> fields;
    private final String variables;
    private final Map<String, Object> entered = new HashMap<>();

    /**
     * @param frame what holds the form and its buttons
     * @param schema address of the deployed form
     * @param variables address of the values that the form may show; empty for a start form
     */
    FormOnScreen(Page page, Locator frame, String schema, String variables) {
        this.page = page;
        this.frame = frame;
        this.fields = StreamSupport.stream(get(page, schema).path("components").spliterator(), false)
                .filter(field -> field.has("key"))
                .toList();
        this.variables = variables;
    }

    private static JsonNode get(Page page, String address) {
        try {
            return JSON.readTree(page.request().get(address).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Reading

    /** All that the form says. */
    String text() {
        return frame.locator(".fjs-form").innerText();
    }

    /** Fails when the form shows what is meant for machines. */
    FormOnScreen readsWell() {
        String text = text();
        assertThat(JUNK).as(text).noneMatch(text::contains);
        return this;
    }

    /** The messages at the fields, each with the question in front: {@code Why?: Field is required.} */
    List<String> problems() {
        return frame.locator(".fjs-has-errors").all().stream()
                .map(field -> label(field) + ": "
                        + field.locator(".fjs-form-field-error")
                                .first()
                                .innerText()
                                .strip())
                .toList();
    }

    private static String label(Locator field) {
        return field.locator("label").first().innerText().strip().replaceAll("\\s*\\*$", "");
    }

    /** What the page tells about a form that the server refused. */
    String told() {
        return String.join("\n", page.locator(".page-notifications .alert").allInnerTexts());
    }

    /** What stands in a field: the text, or the labels that are chosen. */
    String value(String key) {
        JsonNode field = field(key);
        return switch (field.path("type").asText()) {
            case "radio", "checklist" ->
                String.join(
                        ", ",
                        frame.locator("label:has(input[id*='-" + id(field) + "-']:checked)")
                                .allInnerTexts());
            case "taglist" ->
                String.join(
                        ", ", container(field).locator(".fjs-taglist-tag-label").allInnerTexts());
            case "checkbox" -> String.valueOf(input(field).isChecked());
            default -> input(field).inputValue();
        };
    }

    boolean shows(String key) {
        return isShown(field(key));
    }

    /** Keeps a picture of the whole form, however long, in {@code target/screenshots}. */
    FormOnScreen picture(String name) {
        int height = ((Number) frame.locator(".fjs-form").evaluate("form => form.scrollHeight")).intValue();
        var usual = page.viewportSize();
        page.setViewportSize(usual.width, Math.max(usual.height, height + 420));
        page.screenshot(new Page.ScreenshotOptions().setPath(Browsers.PICTURES.resolve(name + ".png")));
        page.setViewportSize(usual.width, usual.height);
        return this;
    }

    // Writing

    /** Fills in the fields of these keys; one that the form does not show, even when the others are filled, fails. */
    FormOnScreen fill(Map<String, ?> values) {
        entered.putAll(values);
        Map<String, Object> left = new LinkedHashMap<>(values);
        int rounds = 0;
        while (!left.isEmpty() && rounds < 20) {
            int before = left.size();
            for (JsonNode field : fields) {
                String key = field.path("key").asText();
                Object value = left.get(key);
                if (value != null && isShown(field)) {
                    enter(field, value);
                    left.remove(key);
                }
            }
            if (left.size() == before) {
                // A field that another one calls up takes a moment.
                page.waitForTimeout(50);
                rounds++;
            }
        }
        assertThat(left.keySet())
                .as("fields that the form does not show:\n" + text())
                .isEmpty();
        return this;
    }

    private void enter(JsonNode field, Object value) {
        switch (field.path("type").asText()) {
            case "textfield", "textarea" -> type(field, String.valueOf(value));
            case "number" ->
                type(
                        field,
                        new BigDecimal(String.valueOf(value))
                                .stripTrailingZeros()
                                .toPlainString());
            case "datetime" -> date(field, LocalDate.parse(String.valueOf(value)));
            case "checkbox" -> input(field).setChecked(Boolean.TRUE.equals(value));
            case "radio" -> choice(field, value).check();
            case "checklist" ->
                options(field).forEach(option -> choice(field, option.value())
                        .setChecked(((Collection<?>) value).contains(option.value())));
            case "select" -> pick(field, value);
            case "taglist" -> ((Collection<?>) value).forEach(each -> pick(field, each));
            default -> throw new AssertionError("Nobody knows how to fill in " + field);
        }
    }

    private void type(JsonNode field, String text) {
        Locator input = input(field);
        input.fill(text);
        // A form takes over what was typed when the cursor leaves the field.
        input.blur();
    }

    /** A calendar hangs on the field a moment after the field is there, and may clear what was typed before it did. */
    private void date(JsonNode field, LocalDate day) {
        Locator input = input(field);
        for (int attempt = 0; attempt < 5 && !input.inputValue().equals(day.format(SHOWN)); attempt++) {
            page.waitForFunction("input => input._flatpickr", input.elementHandle());
            input.fill(day.format(TYPED));
            page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))");
            input.blur();
            page.waitForTimeout(100.0 * attempt);
        }
        PlaywrightAssertions.assertThat(input).hasValue(day.format(SHOWN));
    }

    private void pick(JsonNode field, Object value) {
        String label = options(field).stream()
                .filter(option -> option.value().equals(String.valueOf(value)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(value + " is no choice of " + field.path("key")))
                .label();
        Locator search = input(field);
        search.click();
        search.fill(label);
        container(field)
                .locator(".fjs-dropdownlist-item")
                .filter(new Locator.FilterOptions().setHasText(Tasklist.whole(label)))
                .click();
        search.blur();
    }

    private record Option(String value, String label) {}

    private List<Option> options(JsonNode field) {
        JsonNode values = field.path("values");
        if (field.has("valuesKey")) {
            JsonNode variable = get(page, variables + "?deserializeValues=false")
                    .path(field.path("valuesKey").asText())
                    .path("value");
            try {
                values = JSON.readTree(variable.asText());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        List<Option> options = new ArrayList<>();
        values.forEach(option -> options.add(
                new Option(option.path("value").asText(), option.path("label").asText())));
        return options;
    }

    // Sending

    /** Presses the button and waits until the server has taken the form. */
    void complete() {
        enterAgainWhatWasLost();
        assertThat(problems()).isEmpty();
        Response answer =
                page.waitForResponse(response -> response.url().endsWith("/submit-form"), () -> press("Complete"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
        assertThat(sent(answer.request())).as("what the form sent").containsAllEntriesOf(plain(entered));
        frame.locator(".fjs-form").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }

    /**
     * Enters again what the form did not take. It takes over what was typed or ticked a moment after the last key or
     * click; when somebody goes on sooner than that, as a test does, a text, its check or a tick can be lost, and the form
     * shows it.
     */
    private void enterAgainWhatWasLost() {
        for (int round = 0; round < 10; round++) {
            page.waitForTimeout(50);
            List<JsonNode> lost = fields.stream()
                    .filter(field -> entered.containsKey(field.path("key").asText()) && isShown(field))
                    .filter(field -> complainsOf(field) || !stands(field))
                    .toList();
            if (lost.isEmpty()) {
                return;
            }
            lost.forEach(field -> enter(field, enteredIn(field)));
        }
    }

    private boolean complainsOf(JsonNode field) {
        return frame.locator(".fjs-has-errors:has([id$='-" + id(field) + "'])").count() > 0;
    }

    /** Whether what was typed still stands there, and what was ticked is ticked, and nothing else. */
    private boolean stands(JsonNode field) {
        Object value = enteredIn(field);
        return switch (field.path("type").asText()) {
            case "checkbox" -> input(field).isChecked() == Boolean.TRUE.equals(value);
            case "radio" -> choice(field, value).isChecked();
            case "checklist" ->
                options(field).stream()
                        .allMatch(option -> choice(field, option.value()).isChecked()
                                == ((Collection<?>) value).contains(option.value()));
            case "textfield", "textarea" -> input(field).inputValue().equals(String.valueOf(value));
            case "number" -> !input(field).inputValue().isEmpty();
            case "datetime" ->
                input(field)
                        .inputValue()
                        .equals(LocalDate.parse(String.valueOf(value)).format(SHOWN));
            default -> true;
        };
    }

    private Object enteredIn(JsonNode field) {
        return entered.getOrDefault(field.path("key").asText(), "");
    }

    private static Map<String, String> sent(Request request) {
        Map<String, String> sent = new HashMap<>();
        try {
            JSON.readTree(request.postData())
                    .path("variables")
                    .properties()
                    .forEach(variable -> sent.put(
                            variable.getKey(), written(variable.getValue().path("value"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sent;
    }

    private Map<String, String> plain(Map<String, Object> values) {
        Map<String, String> plain = new HashMap<>();
        values.forEach((key, value) -> plain.put(key, written(JSON.<JsonNode>valueToTree(value))));
        return plain;
    }

    /** One way to write a value: lists of choices, sent as Json in a text, without their order, numbers without their zeros. */
    private static String written(JsonNode value) {
        String text = value.isTextual() ? value.asText() : value.toString();
        try {
            return text.startsWith("[")
                    ? StreamSupport.stream(JSON.readTree(text).spliterator(), false)
                            .map(JsonNode::asText)
                            .sorted()
                            .toList()
                            .toString()
                    : value.isNumber()
                            ? value.decimalValue().stripTrailingZeros().toPlainString()
                            : text;
        } catch (IOException e) {
            return text;
        }
    }

    /** Presses the button of a form that is not ready yet. */
    FormOnScreen tryToComplete() {
        press("Complete");
        page.locator(".page-notifications .alert").first().waitFor();
        return this;
    }

    /** Presses <em>Start</em>, and waits until the case is there. */
    void start() {
        Response answer =
                page.waitForResponse(response -> response.url().endsWith("/submit-form"), () -> press("Start"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        frame.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }

    /** The form checks what was typed a moment later, and may shut the button between the look at it and the click. */
    private void press(String name) {
        for (int tries = 1; ; tries++) {
            try {
                button(name).click(new Locator.ClickOptions().setTimeout(5_000));
                return;
            } catch (TimeoutError shut) {
                if (tries == 4) {
                    throw shut;
                }
            }
        }
    }

    /**
     * Clears the view of the button. After an invalid try, a message lies over it, and Complete may stay grey until the form
     * is saved once.
     */
    private Locator button(String name) {
        page.locator(".page-notifications .alert button.close:visible").all().forEach(Locator::click);
        Locator button = frame.locator("button.btn-primary").filter(new Locator.FilterOptions().setHasText(name));
        if (button.isDisabled()) {
            frame.locator("button")
                    .filter(new Locator.FilterOptions().setHasText("Save"))
                    .click();
        }
        return button;
    }

    // Finding

    private JsonNode field(String key) {
        return fields.stream()
                .filter(field -> field.path("key").asText().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError("The form has no field " + key));
    }

    private static String id(JsonNode field) {
        return field.path("id").asText();
    }

    private boolean isShown(JsonNode field) {
        return anyInput(field).count() > 0;
    }

    private Locator input(JsonNode field) {
        return anyInput(field).first();
    }

    /** An element of the field: its input, or the first of its choices. */
    private Locator anyInput(JsonNode field) {
        String ending = "-" + id(field);
        return frame.locator(
                String.join(", ", "[id$='" + ending + "']", "[id$='" + ending + "-date']", "[id$='" + ending + "-0']"));
    }

    private Locator choice(JsonNode field, Object value) {
        List<Option> options = options(field);
        int index = options.stream().map(Option::value).toList().indexOf(String.valueOf(value));
        assertThat(index).as(value + " is a choice of " + field.path("key")).isNotNegative();
        return frame.locator("[id$='-" + id(field) + "-" + index + "']");
    }

    private Locator container(JsonNode field) {
        return frame.locator(".fjs-form-field:has([id$='-" + id(field) + "'])");
    }
}
