package org.redress.vault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The vault's whole list of traps once more, on the database of the first look. In a JVM of its own: REST knows one engine of
 * a JVM.
 */
@SuppressWarnings("NullAway.Init")
class VaultWholeOnH2Test extends VaultTest implements OnH2InMemory {

    @Autowired
    private JdbcClient onIt;

    @Test
    void itIsThatDatabase() {
        assertThat(onIt.sql("select h2version()").query(String.class).single()).isNotBlank();
    }
}
