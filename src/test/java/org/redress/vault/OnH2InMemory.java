package org.redress.vault;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The database of the first look in place of that of all process tests. An interface, since what a class registers is
 * overwritten by what its superclass does.
 */
interface OnH2InMemory {

    @DynamicPropertySource
    static void firstLook(DynamicPropertyRegistry registry) {
        properties(registry, "jdbc:h2:mem:vault-whole;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000");
    }

    static void properties(DynamicPropertyRegistry registry, String url) {
        registry.add("spring.datasource.url", () -> url);
        registry.add("spring.datasource.username", () -> "sa");
        registry.add("spring.datasource.password", () -> "");
        registry.add("spring.flyway.locations", () -> "classpath:db/migration/common");
        registry.add("camunda.bpm.database.type", () -> "h2");
        registry.add("camunda.bpm.database.schema-update", () -> "true");
    }
}
