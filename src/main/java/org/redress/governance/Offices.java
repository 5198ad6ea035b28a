package org.redress.governance;

import java.util.List;
import org.redress.engine.OpenTasks;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets open tasks follow the seats of the Steering Committee and the chair: whoever holds no office any more sees, claims and
 * completes none of its tasks, and whoever has come into one finds what waits. Who votes in a ballot is fixed as it opens, and
 * does not follow.
 *
 * <p>A task of the committee for which nobody is left, since no seat is held or all who hold one stay out, is nobody's until
 * a seat is given; its clocks go on. The change that led there stands, and the Secretariat is asked to give a seat, once a
 * day while such a task waits [I].
 */
@Component("governanceOffices")
class Offices {

    private final OpenTasks tasks;
    private final SeatWorkflow seats;
    private final ChangeLog changes;
    private final Day day;

    Offices(OpenTasks tasks, SeatWorkflow seats, ChangeLog changes, Day day) {
        this.tasks = tasks;
        this.seats = seats;
        this.changes = changes;
        this.day = day;
    }

    /** Lets every open task follow; called under the lock, in the transaction of the change. */
    void passOn() {
        if (!tasks.follow(Committee.NAME, Committee.ROLES)) {
            seats.ask(day.today());
        }
    }

    /**
     * The same for a term whose first day has come or whose last day is over, which nobody changes; and for a task that began
     * on another node while its seats changed. Any number of nodes do so in turn.
     */
    @Transactional
    public void passOnWithTheDay() {
        changes.lock();
        passOn();
    }

    /** The names, with the case numbers, of the tasks for which nobody is left. */
    List<String> waitingTasks() {
        return tasks.waitingForSomebody(Committee.NAME);
    }
}
