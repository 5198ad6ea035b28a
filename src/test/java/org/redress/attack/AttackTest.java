package org.redress.attack;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.util.List;
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

    /** Whoever finds a bare engine brings a model and begins a case of it; gives the id of the process instance. */
    static String caseOnTheBareEngine(String key, String attributesOfTask, String variables) {
        Caller anybody = onTheBareEngine();
        anybody.deploy("/engine-rest", key + ".bpmn", model(key, attributesOfTask, "", ""));
        return JsonPath.parse(anybody.post("/engine-rest/process-definition/key/" + key + "/start", variables)
                        .body())
                .read("$.id");
    }

    Caller asNobody() {
        return Caller.nobody(port);
    }

    /** A demo user of the product; {@code admin} has every right that a person can have. */
    Caller signedInAs(String user) {
        return Caller.as(user, port);
    }

    /** The answers to one request ({@code PUT /path body}) of an administrator: over the engine's API, and out of Cockpit. */
    List<HttpResponse<String>> sentByAnAdministrator(String request) {
        String[] parts = request.split(" ", 3);
        Caller inCockpit = asNobody();
        inCockpit.signIn("cockpit", "admin", "admin");
        return List.of(
                sent(signedInAs("admin"), parts[0], "/engine-rest" + parts[1], parts[2]),
                sent(inCockpit, parts[0], "/camunda/api/engine/engine/default" + parts[1], parts[2]));
    }

    private static HttpResponse<String> sent(Caller caller, String method, String path, String body) {
        return method.equals("PUT") ? caller.put(path, body, caller.token()) : caller.post(path, body, caller.token());
    }

    /** The task in which a case waits that was registered just now. */
    String screeningOf(String instance) {
        String caseNumber = (String) runtimeService.getVariable(instance, "caseNumber");
        return taskService
                .createTaskQuery()
                .processInstanceBusinessKey(caseNumber)
                .taskDefinitionKey("task_screenCredibility")
                .singleResult()
                .getId();
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
