package org.redress.governance;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.redress.engine.SystemWork;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** What we ask of {@code keep-calendar}: that the Secretariat gives a seat, since a task waits for somebody who holds one. */
@Component
class SeatWorkflow {

    static final String SEAT_NEEDED = "seatNeeded";

    private static final String PROCESS = "keep-calendar";
    private static final Set<String> STANDS = Set.of(
            HistoricProcessInstance.STATE_ACTIVE,
            HistoricProcessInstance.STATE_SUSPENDED,
            HistoricProcessInstance.STATE_COMPLETED);

    private final ProcessEngine engine;
    private final SystemWork asTheSystem;

    SeatWorkflow(@Lazy ProcessEngine engine, SystemWork asTheSystem) {
        this.engine = engine;
        this.asTheSystem = asTheSystem;
    }

    /**
     * Asks for a seat; asked again on the same day it does nothing, unless an administrator deleted what was asked. Called
     * under the lock of the calendar.
     */
    void ask(LocalDate today) {
        String asked = "seat-needed-" + today;
        asTheSystem.run(() -> {
            boolean known = engine
                    .getHistoryService()
                    .createHistoricProcessInstanceQuery()
                    .processDefinitionKey(PROCESS)
                    .processInstanceBusinessKey(asked)
                    .list()
                    .stream()
                    .map(HistoricProcessInstance::getState)
                    .anyMatch(STANDS::contains);
            if (!known) {
                engine.getRuntimeService()
                        .startProcessInstanceByKey(
                                PROCESS, asked, Map.of("calendarChange", "GIVE_SEAT", SEAT_NEEDED, true));
            }
        });
    }
}
