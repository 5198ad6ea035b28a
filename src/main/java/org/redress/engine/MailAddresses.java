package org.redress.engine;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The mail addresses of accounts as they lie in the database, past what a command is about to write. */
@Component
public class MailAddresses {

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

    /**
     * Whether two accounts are one person's, as far as can be known here: it is the same account, or they have the same address.
     * Where two must decide, a mailbox that several share counts as one of them, since each hears there what the other is told.
     *
     * @param one id of an account; null for nobody
     * @param other likewise
     */
    public boolean areOfOnePerson(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return false;
        }
        String address = of(one);
        return one.equals(other) || (!address.isEmpty() && address.equalsIgnoreCase(of(other)));
    }
}
