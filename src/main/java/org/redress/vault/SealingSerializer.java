package org.redress.vault;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.SingleQueryVariableValueCondition;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandContextListener;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceEntity;
import org.camunda.bpm.engine.impl.variable.serializer.TypedValueSerializer;
import org.camunda.bpm.engine.impl.variable.serializer.ValueFields;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.impl.value.UntypedValueImpl;
import org.camunda.bpm.engine.variable.type.ValueType;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;
import org.redress.engine.InvalidInput;
import org.redress.engine.Reference;

/**
 * The net below {@link SealingCommands}: whatever writes a confidential variable, code in the middle of a process too, the
 * row that the engine keeps has the reference. What the row was read as then is a text, whatever type was written.
 */
final class SealingSerializer<T extends TypedValue> implements TypedValueSerializer<T> {

    private final TypedValueSerializer<T> engines;
    private final ConfidentialNames names;
    private final Vault vault;
    private final List<String> persons;

    SealingSerializer(TypedValueSerializer<T> engines, ConfidentialNames names, Vault vault, List<String> persons) {
        this.engines = engines;
        this.names = names;
        this.vault = vault;
        this.persons = persons;
    }

    @Override
    public void writeValue(T value, ValueFields fields) {
        String name = fields.getName();
        if (name == null || Context.getCommandContext() == null || EngineValues.isNothing(value)) {
            engines.writeValue(value, fields);
            return;
        }
        Set<String> audience = names.audiences().get(name);
        if (audience == null) {
            engines.writeValue(value, fields);
            return;
        }
        if (fields instanceof SingleQueryVariableValueCondition) {
            throw new InvalidInput("The field " + name + " is confidential: nobody asks by its value");
        }
        Object plain = EngineValues.plain(value);
        write(plain instanceof String text && Reference.is(text) ? text : seal(name, value, audience, fields), fields);
    }

    private String seal(String name, T value, Set<String> audience, ValueFields fields) {
        Reference reference = Reference.random();
        Subject subject = scope(fields)
                .map(scope -> CommandPlace.subjectOf(scope, persons))
                .orElse(Subject.NONE);
        String key = vault.seal(
                subject, List.of(new Values.Fresh(reference, name, audience, EngineValues.content(name, value))));
        if (subject.caseNumber() == null && fields instanceof VariableInstanceEntity variable) {
            Context.getCommandContext().registerCommandContextListener(new LaterKnown(key, variable));
        }
        return reference.toString();
    }

    private static Optional<VariableScope> scope(ValueFields fields) {
        return fields instanceof VariableInstanceEntity variable && variable.getExecutionId() != null
                ? Optional.ofNullable(variable.getExecution())
                : Optional.ofNullable(CommandPlace.around());
    }

    /** A new row learns only after it was written where it belongs. */
    private final class LaterKnown implements CommandContextListener {

        private final String key;
        private final VariableInstanceEntity variable;

        private LaterKnown(String key, VariableInstanceEntity variable) {
            this.key = key;
            this.variable = variable;
        }

        @Override
        public void onCommandContextClose(CommandContext context) {
            scope(variable)
                    .map(scope -> CommandPlace.subjectOf(scope, persons))
                    .filter(subject -> subject.caseNumber() != null)
                    .ifPresent(subject -> vault.bind(key, subject));
        }

        @Override
        public void onCommandFailed(CommandContext context, Throwable failure) {
            // The key goes with the transaction.
        }
    }

    private static void write(String reference, ValueFields fields) {
        fields.setTextValue(reference);
        fields.setTextValue2(null);
        fields.setLongValue(null);
        fields.setDoubleValue(null);
        if (fields.getByteArrayValue() != null) {
            fields.setByteArrayValue(null);
        }
    }

    /** A reference is a text, whatever stood there: the engine asks for its type nowhere that matters. */
    @Override
    @SuppressWarnings("unchecked")
    public T readValue(ValueFields fields, boolean deserialize, boolean asTransient) {
        String text = fields.getTextValue();
        return Reference.is(text) && engines.getType() != ValueType.STRING
                ? (T) Variables.stringValue(text, asTransient)
                : engines.readValue(fields, deserialize, asTransient);
    }

    /** A text in the place of an object does not change behind the engine's back. */
    @Override
    public boolean isMutableValue(@Nullable T value) {
        return value != null && engines.getType().equals(value.getType()) && engines.isMutableValue(value);
    }

    @Override
    public String getName() {
        return engines.getName();
    }

    @Override
    public ValueType getType() {
        return engines.getType();
    }

    @Override
    public boolean canHandle(TypedValue value) {
        return engines.canHandle(value);
    }

    @Override
    public T convertToTypedValue(UntypedValueImpl value) {
        return engines.convertToTypedValue(value);
    }

    @Override
    public String getSerializationDataformat() {
        return engines.getSerializationDataformat();
    }
}
