package org.redress.vault;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.variable.serializer.DefaultVariableSerializers;
import org.camunda.bpm.engine.impl.variable.serializer.TypedValueSerializer;
import org.camunda.bpm.engine.impl.variable.serializer.VariableSerializerFactory;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;
import org.redress.engine.AroundForms;
import org.redress.engine.People;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Puts the vault under the engine: people's reading commands are opened, all commands sealed, and every serializer is
 * wrapped. The product does not start with one that is not.
 */
@Component
class VaultSetup extends AbstractProcessEnginePlugin implements AroundForms {

    private final ConfidentialNames names;
    private final Vault vault;
    private final Readers readers;
    private final People people;
    private final NewCases newCases;
    private final List<String> persons;
    private @Nullable ProcessEngineConfigurationImpl configured;

    VaultSetup(
            ConfidentialNames names,
            Vault vault,
            Readers readers,
            People people,
            NewCases newCases,
            VaultSettings settings) {
        this.names = names;
        this.vault = vault;
        this.readers = readers;
        this.people = people;
        this.newCases = newCases;
        this.persons = settings.personVariables();
    }

    @Override
    public CommandInterceptor before() {
        return new ReturnedValues(names, vault, readers, persons);
    }

    @Override
    public CommandInterceptor after() {
        return new SealingCommands(names, vault, newCases, persons);
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        configured = configuration;
        names.belongTo(configuration);
        List<CommandInterceptor> outermost = configuration.getCustomPreCommandInterceptorsTxRequired() == null
                ? new ArrayList<>()
                : new ArrayList<>(configuration.getCustomPreCommandInterceptorsTxRequired());
        outermost.add(0, new ReadingCommands(vault, readers, people));
        configuration.setCustomPreCommandInterceptorsTxRequired(outermost);
        configuration.setHistoryEventProducer(new FormHistory(names));
    }

    /** Only now all serializers are there, those of other plug-ins too. */
    @Override
    public void postProcessEngineBuild(ProcessEngine engine) {
        ProcessEngineConfigurationImpl configuration =
                (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        DefaultVariableSerializers serializers = (DefaultVariableSerializers) configuration.getVariableSerializers();
        List<TypedValueSerializer<?>> wrapped = new ArrayList<>();
        serializers.getSerializers().forEach(serializer -> wrapped.add(wrap(serializer)));
        serializers.setSerializerList(wrapped);
        VariableSerializerFactory fallback = configuration.getFallbackSerializerFactory();
        if (fallback != null) {
            configuration.setFallbackSerializerFactory(new Fallback(fallback));
        }
    }

    /** Says so when somebody came after us. */
    @EventListener(ApplicationStartedEvent.class)
    void refuseToStartUnsealed() {
        if (configured == null) {
            throw new IllegalStateException("The engine was built without the vault");
        }
        List<String> bare = configured.getVariableSerializers().getSerializers().stream()
                .filter(serializer -> !(serializer instanceof SealingSerializer<?>))
                .map(TypedValueSerializer::getName)
                .toList();
        if (!bare.isEmpty()) {
            throw new IllegalStateException(
                    "These serializers would write confidential values as they are: " + String.join(", ", bare));
        }
    }

    private <T extends TypedValue> TypedValueSerializer<T> wrap(TypedValueSerializer<T> serializer) {
        return serializer instanceof SealingSerializer<T>
                ? serializer
                : new SealingSerializer<>(serializer, names, vault, persons);
    }

    /** Serializers that the engine makes when it meets a format. */
    private final class Fallback implements VariableSerializerFactory {

        private final VariableSerializerFactory engines;

        private Fallback(VariableSerializerFactory engines) {
            this.engines = engines;
        }

        @Override
        public @Nullable TypedValueSerializer<?> getSerializer(String name) {
            TypedValueSerializer<?> made = engines.getSerializer(name);
            return made == null ? null : wrap(made);
        }

        @Override
        public @Nullable TypedValueSerializer<?> getSerializer(TypedValue value) {
            TypedValueSerializer<?> made = engines.getSerializer(value);
            return made == null ? null : wrap(made);
        }
    }
}
