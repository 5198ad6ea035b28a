package org.redress.engine;

import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whose password was set, one after the other. Numbers and not times tell what was before what: the clocks of two nodes
 * differ.
 */
@Component
class PasswordChanges {

    private final JdbcClient jdbc;

    PasswordChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes that the password of an account is set, in the transaction that does it. */
    void note(String user, @Nullable String by, Instant at) {
        jdbc.sql("insert into password_change (user_id, changed_by, changed_at) values (?, ?, ?)")
                .params(user, by, Timestamp.from(at))
                .update();
    }

    /** The number of the newest change, whosoever it is; 0 before the first. */
    long newest() {
        return jdbc.sql("select coalesce(max(id), 0) from password_change")
                .query(Long.class)
                .single();
    }

    /** Whether the password of this account was set after the change with this number. */
    boolean since(long number, String user) {
        return jdbc.sql("select count(*) from password_change where user_id = ? and id > ?")
                        .params(user, number)
                        .query(Long.class)
                        .single()
                > 0;
    }
}
