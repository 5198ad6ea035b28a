package org.redress.engine;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who read what by which door and how often, by the hour (UTC): lists, and what is not confidential, of which no other trail
 * has a line (remedy.md C). A person is the id of an account, as on the other trails; a route is one of a closed list. What was
 * refused is not here; what came out empty is here without its case: nothing was read.
 *
 * <p>It never keeps a request from its answer: it has connections of its own, and what could not be put on it in time is a line
 * of the log, and counted ({@code redress.access.lost}). Rows of a case stay as long as its other trails do, beyond an erasure
 * too, since they tell nothing of anybody but the reader; those of no case go after {@code redress.access-trail.keep} (PROPOSED:
 * five years, as the engine's history).
 */
@Component
public class AccessTrail implements AuditSource {

    private static final Logger LOG = LoggerFactory.getLogger(AccessTrail.class);

    /** Another request may put the same row there at the same moment. */
    private static final int TRIES = 3;

    /** Longer than this nobody waits for one of its connections, nor for what it writes there. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** A row is written in a few milliseconds. */
    private static final int CONNECTIONS = 2;

    /** The case of what somebody named by an id of the engine's, whatever it is the id of. */
    private static final String CASE_OF_ID =
            "coalesce((select h.BUSINESS_KEY_ from ACT_HI_PROCINST h where h.ID_ = :id)"
                    + caseBy("ACT_HI_TASKINST") + caseBy("ACT_RU_EXECUTION") + caseBy("ACT_HI_VARINST")
                    + caseBy("ACT_HI_ACTINST")
                    + caseBy("ACT_HI_DECINST") + caseBy("ACT_HI_DETAIL") + caseBy("ACT_HI_INCIDENT")
                    + caseBy("ACT_RU_EXT_TASK") + ")";

    private static final String KEY = "reader, route, case_number, at_hour";

    private final JdbcClient jdbc;
    private final JdbcClient writing;
    private final @Nullable HikariDataSource own;
    private final Clock clock;
    private final Duration keep;
    private final boolean postgres;
    private final Counter lost;

    AccessTrail(
            DataSource database,
            Clock clock,
            MeterRegistry meters,
            @Value("${redress.access-trail.keep:P1825D}") Duration keep) {
        this.jdbc = JdbcClient.create(database);
        this.own = own(database);
        JdbcTemplate template = new JdbcTemplate(own == null ? database : own);
        template.setQueryTimeout((int) PATIENCE.toSeconds());
        this.writing = JdbcClient.create(template);
        this.clock = clock;
        this.keep = keep;
        this.postgres = "PostgreSQL".equals(new JdbcTemplate(database).execute((ConnectionCallback<String>)
                        connection -> connection.getMetaData().getDatabaseProductName()));
        this.lost = Counter.builder("redress.access.lost")
                .description("Readings that could not be put on the access trail")
                .register(meters);
    }

    /** Connections that nothing else uses up; null where the house has no pool, and so none that could be used up. */
    private static @Nullable HikariDataSource own(DataSource database) {
        HikariDataSource pool = DataSourceUnwrapper.unwrap(database, HikariConfigMXBean.class, HikariDataSource.class);
        if (pool == null) {
            return null;
        }
        HikariConfig settings = new HikariConfig();
        pool.copyStateTo(settings);
        settings.setPoolName("access-trail");
        settings.setMaximumPoolSize(CONNECTIONS);
        settings.setMinimumIdle(0);
        settings.setConnectionTimeout(PATIENCE.toMillis());
        settings.setValidationTimeout(PATIENCE.toMillis() / 2);
        return new HikariDataSource(settings);
    }

    @PreDestroy
    void close() {
        if (own != null) {
            own.close();
        }
    }

    private static String caseBy(String table) {
        return ", (select h.BUSINESS_KEY_ from " + table + " x join ACT_HI_PROCINST h on h.ID_ = x.PROC_INST_ID_"
                + " where x.ID_ = :id)";
    }

    /**
     * Counts a reading. Never throws, and waits for some seconds at most, whoever keeps the database busy: what could not be
     * counted is in the log.
     *
     * @param reader id of an account
     * @param route as it is written in the product
     * @param caseNumber the case that was named; null for none
     * @param id of something of the engine's that was named; null for none
     */
    void count(String reader, String route, @Nullable String caseNumber, @Nullable String id) {
        try {
            for (int tries = 1; !write(reader, route, caseNumber, id, tries == TRIES); tries++) {
                LOG.debug("The same reading was counted at the same moment");
            }
        } catch (RuntimeException e) {
            lost(reader, route, caseNumber == null ? id : caseNumber, e);
        }
    }

    /**
     * Says in the log, instead of on the trail, that something was read.
     *
     * @param what the case, or what of the engine's, was named; null for none
     */
    void lost(String reader, String route, @Nullable String what, RuntimeException e) {
        lost.increment();
        LOG.warn(
                "A reading could not be put on the access trail: {} by {} of {} ({})",
                route,
                reader,
                what == null ? "no one case" : what,
                e.getClass().getSimpleName());
    }

    private boolean write(
            String reader, String route, @Nullable String caseNumber, @Nullable String id, boolean lastTry) {
        try {
            String named = caseNumber != null ? ":named" : id != null ? CASE_OF_ID : null;
            String concerns = named == null
                    ? "''"
                    : "coalesce((select c.case_number from case_file c where c.case_number = " + named + "), '')";
            String row = "select cast(:reader as varchar(255)) as reader, cast(:route as varchar(200)) as route, "
                    + concerns + " as case_number, cast(:hour as timestamp with time zone) as at_hour";
            JdbcClient.StatementSpec statement = writing.sql(
                            postgres
                                    ? "insert into access_trail (" + KEY + ", times) select s.*, 1 from (" + row
                                            + ") s on conflict (" + KEY
                                            + ") do update set times = access_trail.times + 1"
                                    : "merge into access_trail t using (" + row + ") s on t.reader = s.reader"
                                            + " and t.route = s.route and t.case_number = s.case_number"
                                            + " and t.at_hour = s.at_hour when matched then update set times = t.times + 1"
                                            + " when not matched then insert (" + KEY + ", times) values (s.reader,"
                                            + " s.route, s.case_number, s.at_hour, 1)")
                    .param("reader", reader)
                    .param("route", route)
                    .param("hour", Timestamp.from(clock.instant().truncatedTo(ChronoUnit.HOURS)));
            if (caseNumber != null) {
                statement = statement.param("named", caseNumber);
            } else if (id != null) {
                statement = statement.param("id", id);
            }
            statement.update();
            return true;
        } catch (DuplicateKeyException e) {
            if (lastTry) {
                throw e;
            }
            return false;
        }
    }

    @Override
    public List<AuditLine> of(String caseNumber) {
        return lines("where case_number = ? order by at_hour, id", caseNumber);
    }

    /** How many rows concern no one case. */
    public long count() {
        return jdbc.sql("select count(*) from access_trail where case_number = ''")
                .query(Long.class)
                .single();
    }

    /** What concerned no one case, the newest first. */
    public List<AuditLine> newest(int first, int max) {
        return lines(
                "where case_number = ? order by at_hour desc, id desc offset " + first + " rows fetch first " + max
                        + " rows only",
                "");
    }

    private List<AuditLine> lines(String which, String caseNumber) {
        return jdbc.sql("select reader, route, at_hour, times from access_trail " + which)
                .param(caseNumber)
                .query((row, index) -> {
                    Map<String, Object> facts = new LinkedHashMap<>();
                    facts.put("route", row.getString("route"));
                    facts.put("times", row.getLong("times"));
                    return new AuditLine(
                            row.getTimestamp("at_hour").toInstant(),
                            row.getString("reader"),
                            "ACCESS",
                            caseNumber.isEmpty() ? "asked within this hour" : "read within this hour",
                            facts);
                })
                .list();
    }

    /** Takes away what concerns no case and is old enough; every node does, and it is the same. */
    void forgetWhatIsOld() {
        Instant since = clock.instant().minus(keep);
        jdbc.sql("delete from access_trail where case_number = '' and at_hour < ?")
                .param(Timestamp.from(since))
                .update();
    }
}
