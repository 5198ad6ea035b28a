package org.redress.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.engine.Person;
import org.redress.notification.Outbox.State;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Letters, outbox and mail on a real database and a real SMTP server, without the engine. */
@SuppressWarnings("NullAway.Init")
abstract class OutboxOn {

    private static final Addressee PROGRAMME = new Addressee("audit-programme", null);
    private static final Addressee LUMA = new Addressee("smelter", "org-luma");

    private final Accounts accounts = new Accounts();
    private final Travelling clock = new Travelling();
    private GreenMail mailServer;
    private JdbcClient jdbc;
    private PlatformTransactionManager transactions;

    /** A database with the tables of this package. */
    abstract DataSource database();

    @BeforeEach
    void start() {
        mailServer = new GreenMail(ServerSetup.SMTP.dynamicPort());
        mailServer.start();
        jdbc = JdbcClient.create(database());
        List.of("letter_read", "letter", "outbox")
                .forEach(table -> jdbc.sql("delete from " + table).update());
        transactions = new DataSourceTransactionManager(database());
        accounts.add("ada", "audit-programme");
        accounts.add("ben", "audit-programme");
        accounts.add("lu", "smelter", "org-luma");
        accounts.add("nora", "smelter", "org-nova");
    }

    @AfterEach
    void stop() {
        mailServer.stop();
    }

    @Test
    void everybodyOfTheRoleIsToldThatALetterWaits() throws MessagingException, IOException {
        node().give(notice("job-1", PROGRAMME));

        assertThat(recipients()).containsExactlyInAnyOrder("ada@demo.example", "ben@demo.example");
        MimeMessage mail = mailServer.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("Redress: a letter waits for you");
        assertThat(mail.getContent().toString()).contains("A letter waits for you", "http://localhost:8080/my/letters");
    }

    @Test
    void onlyTheOrganisationThatIsAddressedIsTold() {
        node().give(notice("job-1", LUMA));

        assertThat(recipients()).containsExactly("lu@demo.example");
    }

    @Test
    void aMailSaysNothingOfTheCase() throws MessagingException, IOException {
        node().give(notice("job-1", PROGRAMME));

        for (MimeMessage mail : mailServer.getReceivedMessages()) {
            String all = String.join(
                            "\n",
                            Arrays.asList(mail.getSubject(), mail.getContent().toString()))
                    + Arrays.toString(mail.getHeader("Message-ID"));
            assertThat(all).doesNotContain("R-2026", "0042", "dossier", "allegation", "ada", "job-1", "org-");
            assertThat(mail.getContentType()).startsWith("text/plain");
        }
    }

    @Test
    void aComplainantGetsALetterAndNoMail() {
        accounts.add("somebody", Addressee.COMPLAINANT);

        node().give(new Notice(
                "job-1",
                "R-2026-0042",
                "allegation-received",
                List.of(new Notice.Post("receipt", new Addressee(Addressee.COMPLAINANT, null))),
                new FactsOfAnyCase()));

        assertThat(letters()).isEqualTo(1);
        assertThat(recipients()).isEmpty();
    }

    @Test
    void whoHasNoMailAddressReadsWithoutBeingTold() {
        accounts.people.put("ada", new Person("ada", "", Set.of("audit-programme")));

        node().give(notice("job-1", PROGRAMME));

        assertThat(recipients()).containsExactly("ben@demo.example");
    }

    @Test
    void aNoticeGivenAgainWritesOneLetterAndSendsNothingTwice() {
        node().give(notice("job-1", PROGRAMME));
        node().give(notice("job-1", PROGRAMME));

        assertThat(letters()).isEqualTo(1);
        assertThat(recipients()).hasSize(2);
    }

    @Test
    void whatSaysTheSameTwiceIsToldOnceWhileItIsUnread() {
        node().give(notice("smelter-1", PROGRAMME));
        node().give(notice("smelter-2", PROGRAMME));
        assertThat(letters()).isEqualTo(1);
        assertThat(recipients()).hasSize(2);

        read("ada");
        node().give(notice("smelter-3", PROGRAMME));
        assertThat(letters()).isEqualTo(2);
    }

    @Test
    void aMailThatWentOutStaysSentThoughTheJobFailsLater() {
        TransactionTemplate job = new TransactionTemplate(transactions);

        assertThatThrownBy(() -> job.executeWithoutResult(status -> {
                    node().give(notice("job-1", PROGRAMME));
                    throw new IllegalStateException("the job fails");
                }))
                .hasMessage("the job fails");

        assertThat(states()).containsExactly(State.SENT, State.SENT);
        assertThat(letters()).isEqualTo(1);
    }

    @Test
    void whenTheNodeDiesBetweenSendingAndCommittingTheSecondMailIsRecognisedAsTheSame() throws MessagingException {
        Notice notice = notice("job-1", LUMA);
        assertThatThrownBy(() -> node(new SmtpOf(mailServer) {
                            @Override
                            public void send(MimeMessage mail) {
                                super.send(mail);
                                throw new IllegalStateException("the node dies");
                            }
                        })
                        .give(notice))
                .hasMessage("the node dies");
        assertThat(states()).containsExactly(State.WAITING);

        node().give(notice);

        MimeMessage[] mails = mailServer.getReceivedMessages();
        assertThat(mails).hasSize(2);
        assertThat(mails[0].getMessageID()).isEqualTo(mails[1].getMessageID()).endsWith("@localhost>");
        assertThat(states()).containsExactly(State.SENT);
    }

    @Test
    void whenTheMailServerIsDownTheNoticeFailsAndTheNextTrySends() {
        Notice notice = notice("job-1", PROGRAMME);
        int port = mailServer.getSmtp().getPort();
        Notifications node = node();
        mailServer.stop();

        assertThatThrownBy(() -> node.give(notice))
                .isInstanceOf(MailNotSent.class)
                .hasMessageContaining("2 of 2 mails");
        assertThat(states()).containsExactly(State.FAILED, State.FAILED);
        assertThat(errors())
                .allSatisfy(error -> assertThat(error).doesNotContain("@").contains("ConnectException"));

        mailServer = new GreenMail(new ServerSetup(port, "localhost", ServerSetup.PROTOCOL_SMTP));
        mailServer.start();
        node.give(notice);

        assertThat(states()).containsExactly(State.SENT, State.SENT);
        assertThat(recipients()).hasSize(2);
    }

    @Test
    void oneMailboxThatRefusesDoesNotKeepTheOthersWaiting() throws MessagingException {
        Notice notice = notice("job-1", PROGRAMME);
        Notifications node = node(new SmtpOf(mailServer) {
            @Override
            public void send(MimeMessage mail) {
                if (to(mail).startsWith("ada@")) {
                    throw new MailSendException("550 no such user " + to(mail));
                }
                super.send(mail);
            }
        });

        assertThatThrownBy(() -> node.give(notice)).hasMessageContaining("1 of 2 mails");
        assertThatThrownBy(() -> node.give(notice)).hasMessageContaining("1 of 1 mails");
        assertThat(recipients()).containsExactly("ben@demo.example");
        assertThat(errors()).containsExactly("MailSendException");

        // The operator mends the address, then retries the job.
        accounts.people.put("ada", new Person("ada", "ada.new@demo.example", Set.of("audit-programme")));
        node().give(notice);
        assertThat(recipients()).containsExactly("ben@demo.example", "ada.new@demo.example");
    }

    @Test
    void withoutAMailServerMailsWaitInTheOutbox() {
        Notifications node = node(null);

        node.give(notice("job-1", PROGRAMME));

        assertThat(states()).containsExactly(State.WAITING, State.WAITING);
        assertThat(outbox(null).unsent(10)).extracting(Outbox.Mail::recipient).containsExactly("ada", "ben");
        outbox(null).sweep(100);
        assertThat(recipients()).isEmpty();
    }

    @Test
    void whenThereIsAMailServerAtLastOneMailTellsOfAllThatWaits() throws MessagingException, IOException {
        Notifications node = node(null);
        for (int i = 0; i < 30; i++) {
            clock.travel(Duration.ofDays(1));
            node.give(notice("job-" + i, LUMA));
        }

        outbox(new SmtpOf(mailServer)).sweep(100);

        assertThat(recipients()).containsExactly("lu@demo.example");
        assertThat(mailServer.getReceivedMessages()[0].getContent().toString()).contains("30 letters wait for you");
        assertThat(states()).containsOnlyOnce(State.SENT).doesNotContain(State.WAITING, State.FAILED);
    }

    @Test
    void whoHasReadBeforeIsNotTold() {
        node(null).give(notice("job-1", LUMA));
        read("lu");

        outbox(new SmtpOf(mailServer)).sweep(100);

        assertThat(recipients()).isEmpty();
        assertThat(states()).containsExactly(State.NEEDLESS);
    }

    @Test
    void theSweepWaitsLongerAfterEachFailure() {
        node(null).give(notice("job-1", LUMA));
        int[] tries = {0};
        Outbox failing = outbox(new SmtpOf(mailServer) {
            @Override
            public void send(MimeMessage mail) {
                tries[0]++;
                throw new MailSendException("down");
            }
        });

        failing.sweep(100);
        failing.sweep(100);
        assertThat(tries[0]).isEqualTo(1);
        clock.travel(Duration.ofMinutes(2));
        failing.sweep(100);
        assertThat(tries[0]).isEqualTo(2);
        clock.travel(Duration.ofMinutes(2));
        failing.sweep(100);
        assertThat(tries[0]).isEqualTo(2);
        clock.travel(Duration.ofMinutes(2));
        failing.sweep(100);
        assertThat(tries[0]).isEqualTo(3);

        outbox(new SmtpOf(mailServer)).sweep(100);
        assertThat(recipients()).isEmpty();
        clock.travel(Duration.ofHours(6));
        outbox(new SmtpOf(mailServer)).sweep(100);
        assertThat(recipients()).containsExactly("lu@demo.example");
    }

    @Test
    void twoNodesThatSweepTogetherTellEachPersonOnce() throws Exception {
        for (int i = 0; i < 60; i++) {
            accounts.add("colleague-" + i, "audit-programme");
        }
        node(null).give(notice("job-1", PROGRAMME));
        CountDownLatch both = new CountDownLatch(2);
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> sweeps = IntStream.range(0, 2)
                    .<Future<?>>mapToObj(node -> nodes.submit(() -> {
                        both.countDown();
                        both.await();
                        outbox(new SmtpOf(mailServer)).sweep(200);
                        return null;
                    }))
                    .toList();
            for (Future<?> sweep : sweeps) {
                sweep.get();
            }
        } finally {
            nodes.shutdownNow();
        }

        assertThat(recipients()).hasSize(62).doesNotHaveDuplicates();
        assertThat(states()).containsOnly(State.SENT);
    }

    @Test
    void theOperatorSeesHowManyWait() {
        node(null).give(notice("job-1", PROGRAMME));

        OutboxGauge gauge = new OutboxGauge(outbox(null), postOffice(null));

        assertThat(gauge.health().getStatus().getCode()).isEqualTo("UP");
        assertThat(gauge.health().getDetails())
                .containsEntry("smtp", "none: mails wait")
                .containsEntry("waiting", 2L)
                .containsEntry("failed", 0L);
    }

    // A node, and what it leaves behind

    private Notifications node() {
        return node(new SmtpOf(mailServer));
    }

    private Notifications node(@org.jspecify.annotations.Nullable JavaMailSender smtp) {
        return new Notifications(
                new Letters(jdbc, clock),
                new LetterTemplates(LetterTemplatesTest.words(), settings(), clock),
                outbox(smtp),
                accounts,
                transactions);
    }

    private Outbox outbox(@org.jspecify.annotations.Nullable JavaMailSender smtp) {
        return new Outbox(jdbc, new Letters(jdbc, clock), accounts, postOffice(smtp), settings(), clock, transactions);
    }

    private static PostOffice postOffice(@org.jspecify.annotations.Nullable JavaMailSender smtp) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        if (smtp != null) {
            beans.addBean("smtp", smtp);
        }
        return new PostOffice(
                beans.getBeanProvider(JavaMailSender.class),
                smtp == null ? "" : "localhost",
                LetterTemplatesTest.words(),
                settings());
    }

    private static NotificationSettings settings() {
        return new NotificationSettings(
                URI.create("http://localhost:8080"), ZoneOffset.UTC, "redress@localhost", "the grievance desk");
    }

    private static Notice notice(String key, Addressee addressee) {
        return new Notice(
                key,
                "R-2026-0042",
                "credible-and-actionable",
                List.of(new Notice.Post("dossier", addressee)),
                new FactsOfAnyCase());
    }

    private void read(String person) {
        Letters.Reader reader = Letters.Reader.of(accounts.person(person).orElseThrow());
        Letters letters = new Letters(jdbc, clock);
        letters.of(reader, true, 100).forEach(letter -> letters.open(reader, letter.id()));
    }

    private long letters() {
        return jdbc.sql("select count(*) from letter").query(Long.class).single();
    }

    private List<State> states() {
        return jdbc.sql("select state from outbox order by id")
                .query(State.class)
                .list();
    }

    private List<String> errors() {
        return jdbc.sql("select last_error from outbox where last_error is not null")
                .query(String.class)
                .list();
    }

    private List<String> recipients() {
        return Arrays.stream(mailServer.getReceivedMessages()).map(OutboxOn::to).toList();
    }

    private static String to(MimeMessage mail) {
        try {
            return mail.getAllRecipients()[0].toString();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static class SmtpOf extends JavaMailSenderImpl {

        private SmtpOf(GreenMail server) {
            setHost("localhost");
            setPort(server.getSmtp().getPort());
        }
    }

    private static final class Accounts implements Addressees {

        private final Map<String, Person> people = new HashMap<>();

        private void add(String id, String... groups) {
            people.put(id, new Person(id, id + "@demo.example", Set.of(groups)));
        }

        @Override
        public List<Addressee> of(String caseNumber, String role) {
            return List.of(new Addressee(role, null));
        }

        @Override
        public List<Person> people(Addressee addressee) {
            return people.values().stream()
                    .filter(person -> !addressee.isComplainant())
                    .filter(person -> person.groups().contains(addressee.role()))
                    .filter(person ->
                            addressee.organisation() == null || person.groups().contains(addressee.organisation()))
                    .sorted(java.util.Comparator.comparing(Person::id))
                    .toList();
        }

        @Override
        public Optional<Person> person(String id) {
            return Optional.ofNullable(people.get(id));
        }
    }

    private static final class Travelling extends Clock {

        private Instant now = Instant.parse("2026-02-04T12:00:00Z");

        private void travel(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
