package org.redress.membership;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;

/** Members that leave or withdraw, by the start forms of Tasklist and by the engine's REST. */
abstract class LeavingTest extends StandingTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final String process;

    LeavingTest(String process) {
        this.process = process;
    }

    /** Fills in the start form. */
    ProcessInstance ask(String user, Map<String, Object> form) {
        String definition = definition();
        ProcessInstance started = actingAs(user, () -> formService.submitStartForm(definition, formValues(form)));
        fireDueJobs();
        return started;
    }

    String definition() {
        return latest(process);
    }

    /** The answer of {@code start} or {@code submit-form}. */
    HttpResponse<String> overRest(String user, String way, String variables) throws IOException, InterruptedException {
        String login = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/engine-rest/process-definition/key/"
                                + process + "/" + way))
                        .header("Authorization", "Basic " + login)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"variables\":" + variables + "}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    long running(String key) {
        return runtimeService
                .createProcessInstanceQuery()
                .processDefinitionKey(key)
                .count();
    }

    /** Raises a concern of the NGO about the company, up to where it is submitted to the Steering Committee. */
    ProcessInstance concern() {
        ProcessInstance review = runtimeService.startProcessInstanceByMessage(
                "concern-raised",
                formValues(Map.of(
                        "raisingMember", NGO,
                        "concernedMember", MEMBER,
                        "concernAbout", "Tarnwick",
                        "concernCriterion", "LACK_OF_EFFORT",
                        "dialogueTried", "YES",
                        "concernNarrative", "Three letters were not answered")));
        fireDueJobs();
        return review;
    }

    /** An application that waits to be checked. */
    ProcessInstance application() {
        ProcessInstance started = runtimeService.startProcessInstanceByMessage(
                "application-received",
                formValues(Map.of(
                        "applicantName", "Endeavour",
                        "applicantType", "COMPANY",
                        "sector", "EXTRACTION",
                        "targetStatus", "ENGAGED",
                        "applicantContact", "Head of security, by letter",
                        "applicationStatement", "The board has adopted a policy.")));
        fireDueJobs();
        return started;
    }

    String numberOf(ProcessInstance instance) {
        return String.valueOf(variable(instance.getId(), "caseNumber").orElseThrow());
    }
}
