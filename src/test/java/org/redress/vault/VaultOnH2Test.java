package org.redress.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redress.PartnerCalls;
import org.redress.RedressApplication;
import org.redress.engine.Cases;
import org.redress.engine.Reference;
import org.redress.engine.StartedCase;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The first look on its file: the same promises, and a key that it makes for itself. */
@SuppressWarnings("NullAway.Init")
class VaultOnH2Test {

    private static final String MARKER = "kanarienvogel";

    @TempDir
    private Path folder;

    @Test
    void theFileOfTheDatabaseHoldsNoWordOfWhatWasTold() throws Exception {
        String number;
        try (ConfigurableApplicationContext house = start()) {
            StartedCase filed = house.getBean(Cases.class)
                    .start(
                            "grievance-received",
                            Map.ofEntries(
                                    Map.entry("channel", "PARTNER_SYSTEM"),
                                    Map.entry("reporterType", "NGO"),
                                    Map.entry("anonymous", false),
                                    Map.entry("language", "en"),
                                    Map.entry("whatHappened", MARKER + "x".repeat(9_900)),
                                    Map.entry("contact", MARKER),
                                    Map.entry("whereCountry", "CD"),
                                    Map.entry("whereLatitude", -10.71),
                                    Map.entry("ongoing", "NO"),
                                    Map.entry("exploitationTypes", List.of("OTHER")),
                                    Map.entry("childrenInvolved", false),
                                    Map.entry("fearOfRetaliation", "NONE"),
                                    Map.entry("consentToShareIdentity", "NONE")));
            number = filed.caseNumber();
            ProcessEngine engine = house.getBean(ProcessEngine.class);
            engine.getManagementService().createJobQuery().active().list().forEach(job -> {
                if (job.getDuedate() == null || job.getDuedate().before(new java.util.Date())) {
                    engine.getManagementService().executeJob(job.getId());
                }
            });
            Task triage = engine.getTaskService()
                    .createTaskQuery()
                    .processInstanceBusinessKey(number)
                    .taskDefinitionKey("task_safetyTriage")
                    .singleResult();
            assertThat(engine.getTaskService().getVariable(triage.getId(), "whatHappened"))
                    .matches(Reference::is);
            engine.getIdentityService().setAuthentication("protection", List.of("protection"));
            try {
                assertThat(engine.getFormService()
                                .getTaskFormVariables(triage.getId())
                                .get("whatHappened"))
                        .asString()
                        .startsWith(MARKER);
            } finally {
                engine.getIdentityService().clearAuthentication();
            }
            assertThat(house.getBean(JdbcClient.class)
                            .sql("select count(*) from vault_read where reader = 'protection'")
                            .query(Integer.class)
                            .single())
                    .isPositive();
            itIsCountedWhoReadsWhat(house, number, triage.getId());
        }
        assertThat(folder.resolve("redress.key")).exists();
        byte[] file = Files.readAllBytes(folder.resolve("redress.mv.db"));
        assertThat(contains(file, number)).as("the search finds what is there").isTrue();
        assertThat(contains(file, MARKER)).isFalse();
        assertThat(contains(file, "xxxxxxxxxx")).isFalse();
    }

    /** The access trail, as this database counts it. */
    private static void itIsCountedWhoReadsWhat(ConfigurableApplicationContext house, String number, String task) {
        PartnerCalls calls =
                new PartnerCalls(house.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
        String engine = house.getBean(ProcessEngine.class).getName();
        for (String path : List.of(
                "/api/letters",
                "/api/letters",
                "/api/cases/" + number + "/files",
                "/engine-rest/engine/" + engine + "/task/" + task)) {
            assertThat(calls.get("protection", path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(house.getBean(JdbcClient.class)
                        .sql("select route || ' ' || case_number || ' ' || times from access_trail")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder(
                        "GET /api/letters  2",
                        "GET /api/cases/{caseNumber}/files  1",
                        "GET /engine-rest/task/{id} " + number + " 1");
    }

    private static boolean contains(byte[] file, String text) {
        return new String(file, StandardCharsets.ISO_8859_1).contains(text);
    }

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(RedressApplication.class)
                .run(
                        "--spring.datasource.url=jdbc:h2:file:" + folder.resolve("redress") + ";LOCK_TIMEOUT=10000",
                        "--server.port=0",
                        "--redress.demo-cases=false",
                        "--camunda.bpm.generate-unique-process-engine-name=true",
                        "--camunda.bpm.generate-unique-process-application-name=true",
                        "--camunda.bpm.job-execution.enabled=false",
                        "--camunda.bpm.webapp.enabled=false");
    }
}
