package org.redress.vault;

import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.producer.CacheAwareHistoryEventProducer;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.jspecify.annotations.Nullable;
import org.redress.engine.Reference;

/** The history of form fields gets what was submitted, past every serializer: of a confidential field only a reference. */
final class FormHistory extends CacheAwareHistoryEventProducer {

    private final ConfidentialNames names;

    FormHistory(ConfidentialNames names) {
        this.names = names;
    }

    @Override
    public HistoryEvent createFormPropertyUpdateEvt(
            ExecutionEntity execution, String property, @Nullable String value, @Nullable String task) {
        boolean keep = value == null
                || value.isBlank()
                || Reference.is(value)
                || !names.audiences().containsKey(property);
        return super.createFormPropertyUpdateEvt(execution, property, keep ? value : EngineValues.MASK, task);
    }
}
