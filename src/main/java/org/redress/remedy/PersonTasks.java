package org.redress.remedy;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Which way the help of a person takes by what they answered, as {@code ${wayOfPerson. …}}; the answers stay sealed (remedy.md C.1). */
@Component("wayOfPerson")
public final class PersonTasks {

    private final SealedChoices choices;

    PersonTasks(SealedChoices choices) {
        this.choices = choices;
    }

    /**
     * Says in {@code rescueRoute} whether rescue is called for, CALLED or NONE, since a person who is back with the exploiter
     * wants to get out or a life is at risk (remedy.md E11, E04).
     */
    public void rescue(DelegateTask task) {
        boolean called = choices.isYes(
                task.getVariable("rescueWish"),
                (String) task.getVariable("caseNumber"),
                "whether rescue is called for");
        task.setVariable("rescueRoute", called ? "CALLED" : "NONE");
    }
}
