package org.redress.notification;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class OutboxOnH2Test extends OutboxOn {

    @SuppressWarnings("NullAway.Init")
    private static JdbcConnectionPool h2;

    @BeforeAll
    static void startH2() {
        h2 = JdbcConnectionPool.create("jdbc:h2:mem:outbox;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000", "sa", "");
        make(h2);
    }

    @AfterAll
    static void stopH2() {
        h2.dispose();
    }

    @Override
    DataSource database() {
        return h2;
    }
}
