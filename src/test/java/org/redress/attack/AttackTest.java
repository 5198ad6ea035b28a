package org.redress.attack;

import org.redress.ProcessTest;

/** Two servers side by side: the bare engine, open to everybody as shipped, and the product. */
abstract class AttackTest extends ProcessTest {

    /** Whoever finds a bare engine. */
    static Caller onTheBareEngine() {
        return Caller.nobody(BareEngine.port());
    }

    /** Whoever makes themselves an account there, and signs in to its web apps: a bare engine lets everybody. */
    static Caller inAWebAppOfTheBareEngine(String account) {
        onTheBareEngine()
                .post(
                        "/engine-rest/user/create",
                        "{\"profile\":{\"id\":\"" + account + "\",\"firstName\":\"A\",\"lastName\":\"A\"},"
                                + "\"credentials\":{\"password\":\"a-password\"}}");
        Caller caller = onTheBareEngine();
        caller.signIn("tasklist", account, "a-password");
        return caller;
    }

    Caller asNobody() {
        return Caller.nobody(port);
    }

    /** A demo user of the product; {@code admin} has every right that a person can have. */
    Caller signedInAs(String user) {
        return Caller.as(user, port);
    }

    /** A process with one task, in the words of BPMN; {@code inside} is put into the task, {@code more} beside it. */
    static String model(String key, String attributesOfTask, String inside, String more) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                    xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="attack">
                  <process id="%s" isExecutable="true" camunda:historyTimeToLive="P1D">
                    <startEvent id="start"/>
                    <sequenceFlow id="f1" sourceRef="start" targetRef="task"/>
                    <userTask id="task" name="Wait" %s>%s</userTask>
                    %s
                  </process>
                </definitions>
                """
                .formatted(key, attributesOfTask, inside, more);
    }
}
