package org.redress.engine;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The mail addresses of accounts as they lie in the database, past what a command is about to write. */
@Component
class MailAddresses {

    private final JdbcClient jdbc;

    MailAddresses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The address of an account; empty when it has none, or there is no such account. */
    String of(String user) {
        return jdbc.sql("select coalesce(EMAIL_, '') from ACT_ID_USER where ID_ = ?")
                .param(user)
                .query(String.class)
                .optional()
                .map(String::strip)
                .orElse("");
    }
}
