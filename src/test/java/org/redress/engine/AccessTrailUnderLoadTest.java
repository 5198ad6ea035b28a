package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.redress.ProcessTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whoever keeps the database busy, or all its connections: a reading is on the trail, or in the log, and nobody waits. */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init")
class AccessTrailUnderLoadTest extends ProcessTest {

    private static final String ROUTE = "GET /engine-rest/task";

    @Autowired
    private AccessTrail trail;

    @Autowired
    private DataSource database;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MeterRegistry meters;

    private final String reader = "reader-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void aReadingIsCountedWhileNoConnectionIsLeft() throws SQLException {
        List<Connection> all = new ArrayList<>();
        long begun;
        long ended;
        try {
            useUp(all);
            begun = System.nanoTime();
            trail.count(reader, ROUTE, null, null);
            ended = System.nanoTime();
        } finally {
            for (Connection one : all) {
                one.close();
            }
        }
        assertThat(Duration.ofNanos(ended - begun)).isLessThan(Duration.ofSeconds(2));
        assertThat(counted()).isEqualTo(1);
    }

    /** All of the pool, until it gives none. */
    private void useUp(List<Connection> all) throws SQLException {
        while (true) {
            try {
                all.add(database.getConnection());
            } catch (SQLTransientConnectionException none) {
                return;
            }
        }
    }

    @Test
    void whatCannotBeCountedInTimeIsInTheLogAndNobodyWaitsForIt(CapturedOutput log) throws SQLException {
        trail.count(reader, ROUTE, null, null);
        double lost = meters.counter("redress.access.lost").count();
        ExecutorService many = Executors.newFixedThreadPool(4);
        try (Connection busy = database.getConnection()) {
            busy.setAutoCommit(false);
            try (Statement statement = busy.createStatement()) {
                statement.executeUpdate("update access_trail set times = times where reader = '" + reader + "'");
            }
            long begun = System.nanoTime();
            // Two wait for the row, and two for a connection
            List<CompletableFuture<Void>> readings = new ArrayList<>();
            for (int n = 0; n < 4; n++) {
                readings.add(CompletableFuture.runAsync(() -> trail.count(reader, ROUTE, "R-2026-0001", null), many));
                readings.add(CompletableFuture.runAsync(() -> trail.count(reader, ROUTE, null, null), many));
            }
            readings.forEach(CompletableFuture::join);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(12));
            busy.rollback();
        } finally {
            many.shutdownNow();
        }
        double now = meters.counter("redress.access.lost").count() - lost;
        assertThat(now).isGreaterThan(0);
        assertThat(counted() + now).as("each is on the trail or was lost").isEqualTo(9);
        assertThat(log.getAll()
                        .lines()
                        .filter(line -> line.contains(
                                "could not be put on the access trail: " + ROUTE + " by " + reader + " of ")))
                .as("who, by which route, of what")
                .hasSize((int) now)
                .anyMatch(line -> line.contains(" of no one case ("));
    }

    private long counted() {
        return jdbc.sql("select coalesce(sum(times), 0) from access_trail where reader = ?")
                .param(reader)
                .query(Long.class)
                .single();
    }
}
