package org.redress.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.redress.engine.StartedCase;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The first look runs on H2, where the same promises hold; there the URL says how long a request waits. */
class IntakeOnH2Test {

    @Test
    void theSecondRequestWaitsForTheFirstAndGetsItsAnswer() throws Exception {
        try (Intake here = new Intake("waits", 10_000)) {
            CompletableFuture<StartedCase> first = here.slowly(Duration.ofMillis(500), false);
            StartedCase second = here.file("key", Grievances.smallest().toPrettyString());
            assertThat(second).isEqualTo(first.get(10, TimeUnit.SECONDS));
            assertThat(here.cases.count()).isEqualTo(1);
        }
    }

    @Test
    void whenTheFirstFailsTheSecondOpensTheCase() throws Exception {
        try (Intake here = new Intake("fails", 10_000)) {
            CompletableFuture<StartedCase> first = here.slowly(Duration.ofMillis(500), true);
            StartedCase second = here.file("key", Grievances.smallest().toString());
            assertThat(first).failsWithin(Duration.ofSeconds(10));
            assertThat(here.file("key", Grievances.smallest().toString())).isEqualTo(second);
            assertThat(here.cases.count()).isEqualTo(1);
        }
    }

    @Test
    void whoWaitedTooLongIsAskedToComeBack() throws Exception {
        try (Intake here = new Intake("patience", 300)) {
            CompletableFuture<StartedCase> first = here.slowly(Duration.ofMillis(1_500), false);
            assertThatThrownBy(() -> here.file("key", Grievances.smallest().toString()))
                    .isInstanceOfSatisfying(RefusedRequest.class, refused -> assertThat(refused.status())
                            .isEqualTo(HttpStatus.CONFLICT));
            assertThat(first.get(10, TimeUnit.SECONDS))
                    .isEqualTo(here.file("key", Grievances.smallest().toString()));
        }
    }

    @Test
    void anotherBodyWithTheSameKeyIsRefused() {
        try (Intake here = new Intake("reuse", 10_000)) {
            here.file("key", Grievances.smallest().toString());
            assertThatThrownBy(() -> here.file("key", Grievances.full().toString()))
                    .isInstanceOfSatisfying(RefusedRequest.class, refused -> assertThat(refused.status())
                            .isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY));
        }
    }

    private static final class Intake implements AutoCloseable {

        private final GrievanceReader reader = new GrievanceReader(Clock.systemUTC(), ZoneOffset.UTC);
        private final HikariDataSource pool = new HikariDataSource();
        private final CaseBook cases;
        private final FilingDesk intake;

        Intake(String database, int lockTimeout) {
            pool.setJdbcUrl("jdbc:h2:mem:" + database + ";LOCK_TIMEOUT=" + lockTimeout);
            IntakeSlice.migrate(pool);
            JdbcClient jdbc = JdbcClient.create(pool);
            cases = new CaseBook(jdbc);
            intake = new FilingDesk(
                    cases,
                    new IntakeRequests(pool, jdbc, Clock.systemUTC(), Duration.ofSeconds(10)),
                    new JdbcTransactionManager(pool),
                    Clock.systemUTC());
        }

        StartedCase file(String key, String body) {
            return intake.file("partner", key, reader.read(body.getBytes(StandardCharsets.UTF_8)));
        }

        /** A first request that is inside its transaction when this returns, and stays there for a while. */
        CompletableFuture<StartedCase> slowly(Duration time, boolean fails) throws InterruptedException {
            CountDownLatch inside = new CountDownLatch(1);
            cases.whileStarting(attempt -> {
                if (attempt == 1) {
                    inside.countDown();
                    sleep(time);
                    if (fails) {
                        throw new IllegalStateException("the engine refuses");
                    }
                }
            });
            CompletableFuture<StartedCase> first = CompletableFuture.supplyAsync(
                    () -> file("key", Grievances.smallest().toString()));
            assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
            return first;
        }

        private static void sleep(Duration time) {
            try {
                Thread.sleep(time.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            pool.close();
        }
    }
}
