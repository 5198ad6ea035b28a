package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.redress.RedressApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;

/** The profile for production, as an operator starts it: two nodes at once on an empty database. */
@SuppressWarnings("NullAway.Init")
class TwoNodesTest {

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void anEmptyDatabase() throws Exception {
        // Two applications in one JVM would set up its one logging system at the same moment.
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        postgres = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stop() throws Exception {
        System.clearProperty(LoggingSystem.SYSTEM_PROPERTY);
        postgres.close();
    }

    @Test
    void twoNodesStartTogetherOnAnEmptyDatabaseAndShareIt() {
        Supplier<ConfigurableApplicationContext> start = () -> node("postgres", "operator", "a-long-password");
        CompletableFuture<ConfigurableApplicationContext> first = CompletableFuture.supplyAsync(start);
        CompletableFuture<ConfigurableApplicationContext> second = CompletableFuture.supplyAsync(start);
        List<ConfigurableApplicationContext> nodes = List.of(first.join(), second.join());
        try {
            for (ConfigurableApplicationContext node : nodes) {
                IdentityService identity = node.getBean(IdentityService.class);
                assertThat(identity.createUserQuery().list())
                        .extracting(org.camunda.bpm.engine.identity.User::getId)
                        .containsExactly("operator");
                assertThat(node.getBean(Cases.class)
                                .start("grievance-received", grievance())
                                .caseNumber())
                        .as("a fresh installation takes a case")
                        .startsWith("R-");
                assertThat(node.getBean(RepositoryService.class)
                                .createProcessDefinitionQuery()
                                .processDefinitionKey("remedy-case")
                                .latestVersion()
                                .count())
                        .isEqualTo(1);
            }
        } finally {
            nodes.forEach(ConfigurableApplicationContext::close);
        }
    }

    @Test
    void whatIsMissingInTheEnvironmentIsSaidAtOnce() {
        assertThatThrownBy(() -> new SpringApplicationBuilder(RedressApplication.class)
                        .profiles("postgres")
                        .run("--REDRESS_DB_USER=postgres", "--REDRESS_DB_PASSWORD=postgres")
                        .close())
                .hasMessageContaining("REDRESS_DB_URL, REDRESS_PUBLIC_URL, REDRESS_VAULT_KEY_FILE or REDRESS_VAULT_KEY")
                .hasMessageNotContaining("REDRESS_DB_USER");
    }

    @Test
    void withoutAnAdministratorItDoesNotStart() throws Exception {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database lonely");
        }
        assertThatThrownBy(() -> node("lonely", "", "").close()).hasMessageContaining("REDRESS_ADMIN_USER");
        assertThatThrownBy(() -> node("lonely", "operator", "short").close())
                .hasMessageContaining("at least 12 characters");
    }

    private static final String MASTER_KEY = "dGhlIG1hc3RlciBrZXkgb2YgdGhlIHR3byBub2Rlcy4=";

    private static Map<String, Object> grievance() {
        return Map.ofEntries(
                Map.entry("channel", "PARTNER_SYSTEM"),
                Map.entry("reporterType", "NGO"),
                Map.entry("anonymous", false),
                Map.entry("language", "en"),
                Map.entry("whatHappened", "Something happened."),
                Map.entry("whereCountry", "CD"),
                Map.entry("ongoing", "NO"),
                Map.entry("exploitationTypes", List.of("OTHER")),
                Map.entry("childrenInvolved", false),
                Map.entry("fearOfRetaliation", "NONE"),
                Map.entry("consentToShareIdentity", "NONE"));
    }

    private static ConfigurableApplicationContext node(String database, String user, String password) {
        return new SpringApplicationBuilder(RedressApplication.class)
                .profiles("postgres")
                .run(
                        "--REDRESS_DB_URL=" + postgres.getJdbcUrl("postgres", database),
                        "--REDRESS_DB_USER=postgres",
                        "--REDRESS_DB_PASSWORD=postgres",
                        "--REDRESS_PUBLIC_URL=http://localhost",
                        "--REDRESS_VAULT_KEY=" + MASTER_KEY,
                        "--REDRESS_ADMIN_USER=" + user,
                        "--REDRESS_ADMIN_PASSWORD=" + password,
                        "--REDRESS_ADDRESS=127.0.0.1",
                        "--REDRESS_PORT=0",
                        "--camunda.bpm.generate-unique-process-engine-name=true",
                        "--camunda.bpm.generate-unique-process-application-name=true",
                        "--camunda.bpm.job-execution.enabled=false",
                        // The web apps keep their context in static fields, which this JVM shares with other tests.
                        "--camunda.bpm.webapp.enabled=false");
    }
}
