package org.redress.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.dmn.engine.impl.DmnDecisionTableInputImpl;
import org.camunda.bpm.dmn.engine.impl.spi.transform.DmnElementTransformContext;
import org.camunda.bpm.dmn.engine.impl.transform.DmnDecisionTableInputTransformHandler;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputValues;
import org.jspecify.annotations.Nullable;

/** A column of a decision table that remembers its allowed values ({@code inputValues}), which the engine forgets. */
final class CheckedInput extends DmnDecisionTableInputImpl {

    private static final Pattern VARIABLE = Pattern.compile("(\\w+)\\W*$");

    private final @Nullable String allowed;

    private CheckedInput(@Nullable String allowed) {
        this.allowed = allowed;
    }

    /** FEEL unary tests on the value, or null when every value is allowed. */
    @Nullable
    String allowed() {
        return allowed;
    }

    /** The variable that the column reads: {@code incidentLatest} for {@code lastDay(incidentLatest)}. */
    String variable() {
        Matcher last = VARIABLE.matcher(text());
        return last.find() ? last.group(1) : getId();
    }

    /** Whether the column reads a variable as it is. */
    boolean plain() {
        return text().matches("\\w+");
    }

    /** What cells and allowed values compare with: a day in a column of type date, else the value itself. */
    @Nullable
    Object cell(TypedValue evaluated) {
        Object value = evaluated.getValue();
        boolean date = "date".equals(getExpression().getTypeDefinition().getTypeName());
        return date && value != null ? CalendarDays.day(value) : value;
    }

    private String text() {
        return getExpression() == null || getExpression().getExpression() == null
                ? ""
                : getExpression().getExpression().trim();
    }

    /** Reads the allowed values from the model. */
    static final class Reader extends DmnDecisionTableInputTransformHandler {

        @Override
        protected DmnDecisionTableInputImpl createDmnElement(DmnElementTransformContext context, Input input) {
            InputValues values = input.getInputValues();
            String text = values == null || values.getText() == null
                    ? ""
                    : values.getText().getTextContent().trim();
            return new CheckedInput(text.isEmpty() ? null : text);
        }
    }
}
