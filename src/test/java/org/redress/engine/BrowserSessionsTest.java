package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.support.TransactionTemplate;

/** What two requests of one browser, at two nodes, do to one session at the same moment. */
@SuppressWarnings("NullAway.Init")
class BrowserSessionsTest {

    private static final String H2 = "jdbc:h2:mem:sessions;DB_CLOSE_DELAY=-1";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    private static EmbeddedPostgres postgres;
    private static final Map<String, JdbcTemplate> DATABASES = new HashMap<>();

    @BeforeAll
    static void bothDatabases() throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        Map.of(H2, new DriverManagerDataSource(H2, "sa", ""), POSTGRESQL, postgres.getPostgresDatabase())
                .forEach((kind, database) -> {
                    new ResourceDatabasePopulator(
                                    new ClassPathResource("db/migration/common/V108__browser_sessions.sql"))
                            .execute(database);
                    DATABASES.put(kind, new JdbcTemplate(database));
                });
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    private static JdbcTemplate database(String kind) {
        return Objects.requireNonNull(DATABASES.get(kind));
    }

    @SuppressWarnings("unchecked")
    private static SessionRepository<Session> sessions(String kind) {
        JdbcTemplate jdbc = database(kind);
        DataSource database = Objects.requireNonNull(jdbc.getDataSource());
        JdbcIndexedSessionRepository sessions = new JdbcIndexedSessionRepository(
                jdbc, new TransactionTemplate(new DataSourceTransactionManager(database)));
        sessions.setTableName("browser_session");
        new BrowserSessions().sessionsInTheDatabase(kind).customize(sessions);
        return (SessionRepository<Session>) (SessionRepository<?>) sessions;
    }

    @ParameterizedTest
    @ValueSource(strings = {H2, POSTGRESQL})
    void twoThatWriteTheSameThingAtOnceDoNotFailAndTheLaterStays(String kind) {
        SessionRepository<Session> sessions = sessions(kind);
        Session begun = sessions.createSession();
        sessions.save(begun);
        Session atOne = sessions.findById(begun.getId());
        Session atTwo = sessions.findById(begun.getId());
        atOne.setAttribute("token", "first");
        atTwo.setAttribute("token", "second");
        sessions.save(atOne);
        sessions.save(atTwo);
        assertThat(sessions.findById(begun.getId()).<String>getAttribute("token"))
                .isEqualTo("second");
    }

    @ParameterizedTest
    @ValueSource(strings = {H2, POSTGRESQL})
    void allThatAPageSendsAtOnceIsAnswered(String kind) {
        SessionRepository<Session> sessions = sessions(kind);
        for (int page = 0; page < 20; page++) {
            Session begun = sessions.createSession();
            sessions.save(begun);
            List<CompletableFuture<Void>> requests = IntStream.range(0, 8)
                    .mapToObj(request -> CompletableFuture.runAsync(() -> {
                        Session session = sessions.findById(begun.getId());
                        session.setLastAccessedTime(Instant.now());
                        session.setAttribute("token", "of request " + request);
                        sessions.save(session);
                    }))
                    .toList();
            assertThat(requests)
                    .allSatisfy(request -> assertThatCode(request::join).doesNotThrowAnyException());
            assertThat(sessions.findById(begun.getId()).<String>getAttribute("token"))
                    .startsWith("of request");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H2, POSTGRESQL})
    void aRequestThatIsStillOnItsWayDoesNotBringBackASessionThatHasEnded(String kind) {
        SessionRepository<Session> sessions = sessions(kind);
        Session begun = sessions.createSession();
        begun.setAttribute("who", "dora");
        sessions.save(begun);
        Session late = sessions.findById(begun.getId());
        sessions.deleteById(begun.getId());
        late.setAttribute("who", "dora");
        late.setAttribute("more", "dora");
        sessions.save(late);
        assertThat(sessions.findById(begun.getId())).isNull();
        assertThat(database(kind)
                        .queryForObject(
                                "select count(*) from browser_session_attributes where attribute_name = 'more'",
                                Long.class))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {H2, POSTGRESQL})
    void whatCannotBeReadIsAsIfItWereNotThere(String kind) {
        SessionRepository<Session> sessions = sessions(kind);
        Session begun = sessions.createSession();
        begun.setAttribute("who", "dora");
        begun.setAttribute("other", new HashMap<>(Map.of("list", List.of("a", "b"))));
        sessions.save(begun);
        database(kind)
                .update(
                        "update browser_session_attributes set attribute_bytes = ? where attribute_name = 'who'",
                        (Object) "of another version".getBytes(StandardCharsets.UTF_8));
        Session read = sessions.findById(begun.getId());
        assertThat(read.<Object>getAttribute("who")).isNull();
        assertThat(read.<Object>getAttribute("other")).isEqualTo(Map.of("list", List.of("a", "b")));
    }
}
