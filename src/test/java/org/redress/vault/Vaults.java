package org.redress.vault;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.PlatformTransactionManager;

/** The vault of a database without an engine, for tests of rooms that keep their texts in it. */
public final class Vaults {

    private static final String KEY = "dGhlIG1hc3RlciBrZXkgb2YgYWxsIG91ciB0ZXN0cy4=";
    private static final String NEXT_KEY = "dGhlIG5leHQgbWFzdGVyIGtleSBvZiBvdXIgdGVzdHM=";

    private Vaults() {}

    /** Its tables. */
    public static void make(DataSource database) {
        for (String script :
                List.of("V75__vault", "V79__vault_cases", "V85__vault_reopenings", "V117__keys_bound_to_cases")) {
            new ResourceDatabasePopulator(new ClassPathResource("db/migration/common/" + script + ".sql"))
                    .execute(database);
        }
    }

    /** Its door for texts, as a node that starts opens it. */
    public static SealedTexts texts(DataSource database, PlatformTransactionManager transactions, Clock clock) {
        return texts(database, transactions, clock, KEY, "");
    }

    /** Wraps all keys by another master key; gives the door of a node that has that one alone. */
    public static SealedTexts rotated(DataSource database, PlatformTransactionManager transactions, Clock clock) {
        keys(database, transactions, clock, NEXT_KEY, KEY).rotate();
        return texts(database, transactions, clock, NEXT_KEY, "");
    }

    /** What an erasure does to the keys of a case. */
    public static void destroy(DataSource database, String caseNumber) {
        JdbcClient.create(database)
                .sql("update vault_key set wrapped = null, destroyed_at = timestamp '2026-02-04 12:00:00'"
                        + " where case_number = ?")
                .param(caseNumber)
                .update();
    }

    private static SealedTexts texts(
            DataSource database, PlatformTransactionManager transactions, Clock clock, String key, String other) {
        JdbcTemplate jdbc = new JdbcTemplate(database);
        DataKeys keys = keys(database, transactions, clock, key, other);
        return new SealedTexts(
                new Values(JdbcClient.create(jdbc), jdbc, keys, clock), keys, new ReadLog(jdbc, transactions, clock));
    }

    private static DataKeys keys(
            DataSource database, PlatformTransactionManager transactions, Clock clock, String key, String other) {
        JdbcClient jdbc = JdbcClient.create(database);
        String url = Objects.requireNonNull(new JdbcTemplate(database)
                .execute((java.sql.Connection open) -> open.getMetaData().getURL()));
        MasterKeys masters = new MasterKeys(new VaultSettings("", key, "", other, List.of()), url, jdbc);
        DataKeys keys = new DataKeys(jdbc, masters, new CaseLock(jdbc, transactions), clock, url);
        keys.pin();
        return keys;
    }
}
