package org.redress.vault;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The vault's whole list of traps once more, on the database of the first look. In a JVM of its own: REST knows one engine of
 * a JVM.
 */
class VaultWholeOnH2Test extends VaultTest {

    @DynamicPropertySource
    static void firstLook(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", () -> "jdbc:h2:mem:vault-whole;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000");
        registry.add("spring.datasource.username", () -> "sa");
        registry.add("spring.datasource.password", () -> "");
        registry.add("spring.flyway.locations", () -> "classpath:db/migration/common");
        registry.add("camunda.bpm.database.type", () -> "h2");
        registry.add("camunda.bpm.database.schema-update", () -> "true");
    }
}
