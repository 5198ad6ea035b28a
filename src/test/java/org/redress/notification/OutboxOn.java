package org.redress.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
import org.redress.vault.CaseErased;
import org.redress.vault.Vaults;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Letters, outbox and mail on a real database and a real SMTP server, without the engine. */
@SuppressWarnings("NullAway.Init")
abstract class OutboxOn {

    private static final Addressee PROGRAMME = new Addressee("audit-programme", null);
    /** What no letter of today says. */
    private static final String PLAIN = "As it was said before the vault, number ";

    private static final Addressee LUMA = new Addressee("smelter", "org-luma");

    private final Accounts accounts = new Accounts();
    private final Travelling clock = new Travelling();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private GreenMail mailServer;
    private JdbcClient jdbc;
    private PlatformTransactionManager transactions;

    /** A database with the tables of this package and of the vault. */
    abstract DataSource database();

    /** As the product comes to them: a letter of an earlier version is there before letters lie in the vault. */
    static void make(DataSource database) {
        run(database, "V30__letters_and_outbox");
        Vaults.make(database);
        JdbcClient jdbc = JdbcClient.create(database);
        plain(jdbc, "job-0", 0, "smelter", "org-luma");
        jdbc.sql("insert into outbox (message_key, recipient, message_id, state, created_at, next_attempt_at)"
                        + " values ('job-0', 'lu', '<0>', 'FAILED', current_timestamp, current_timestamp)")
                .update();
        run(database, "V107__letters_in_the_vault");
        // Of V118, which has more in it that is not here
        jdbc.sql("alter table outbox add column address varchar(255)").update();
        assertThat(jdbc.sql("select notice_key from letter").query(String.class).single())
                .isEqualTo("job-0");
        assertThat(jdbc.sql("select state from outbox").query(String.class).single())
                .isEqualTo("FAILED");
    }

    private static void run(DataSource database, String script) {
        new ResourceDatabasePopulator(new ClassPathResource("db/migration/common/" + script + ".sql"))
                .execute(database);
    }

    /** A letter as an earlier version wrote it. */
    private static void plain(JdbcClient jdbc, String notice, int number, String role, String organisation) {
        jdbc.sql(
                        """
                        insert into letter (message_key, case_number, event, template, addressee_role,
                            addressee_organisation, language, subject, body, created_at)
                        values (?, ?, 'credible-and-actionable', 'dossier', ?, ?, 'en', 'Dossier', ?, current_timestamp)
                        """)
                .params(
                        notice + "/dossier/" + role + "." + organisation,
                        "R-2026-" + String.format(java.util.Locale.ROOT, "%04d", 100 + number % 3),
                        role,
                        organisation,
                        PLAIN + number)
                .update();
    }

    @BeforeEach
    void start() {
        mailServer = new GreenMail(ServerSetup.SMTP.dynamicPort());
        mailServer.start();
        jdbc = JdbcClient.create(database());
        List.of("letter_read", "letter", "outbox", "vault_read", "vault_value", "vault_key")
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

    // The vault

    @Test
    void aLetterLiesInTheVaultAndItsReaderReadsItOnRecord() {
        node().give(notice("job-1", LUMA));
        assertThat(count("letter where body is not null or reference is null")).isZero();
        assertThat(count("vault_key where case_number = 'R-2026-0042'")).isEqualTo(1);

        assertThat(onlyLetterOf("lu").body()).contains("What we ask of you");
        assertThat(lettersRoom().open(reader("nora"), onlyLetterOf("lu").id())).isEmpty();
        assertThat(jdbc.sql("select reader || ' ' || purpose || ' ' || variable || ' ' || case_number from vault_read")
                        .query(String.class)
                        .list())
                .as("twice by whom it is for, never by another")
                .containsExactly("lu letter letter R-2026-0042", "lu letter letter R-2026-0042");
    }

    @Test
    void whatCameFromAnEarlierVersionIsSealedByTwoNodesAtOnceAndOnce() throws Exception {
        for (int i = 0; i < 60; i++) {
            plain(jdbc, "old-" + i, i, "smelter", "org-luma");
        }
        // R-2026-0102 was erased before.
        node(null)
                .give(new Notice(
                        "gone",
                        "R-2026-0102",
                        "level-decided",
                        List.of(new Notice.Post("dossier", LUMA)),
                        new FactsOfAnyCase()));
        Vaults.destroy(database(), "R-2026-0102");
        jdbc.sql("delete from letter where message_key like 'gone%'").update();
        jdbc.sql("delete from vault_value").update();
        assertThat(onlyLetterOf("lu").body()).as("read before it is sealed").startsWith(PLAIN);

        CountDownLatch both = new CountDownLatch(2);
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> starts = IntStream.range(0, 2)
                    .<Future<?>>mapToObj(node -> nodes.submit(() -> {
                        PlainLetters plain = new PlainLetters(lettersRoom(), transactions);
                        both.countDown();
                        both.await();
                        return plain.sealAll();
                    }))
                    .toList();
            for (Future<?> start : starts) {
                start.get();
            }
        } finally {
            nodes.shutdownNow();
        }

        assertThat(new PlainLetters(lettersRoom(), transactions).sealAll())
                .as("again, there is nothing to do")
                .isZero();
        assertThat(lettersRoom().countUnsealed()).isZero();
        assertThat(count("letter where body is not null")).isZero();
        assertThat(count("letter where erased_at is not null and case_number = 'R-2026-0102'"))
                .isEqualTo(20);
        assertThat(count("vault_value")).as("each of the others once").isEqualTo(40);
        List<Letter> all = lettersRoom().of(reader("lu"), false, 100);
        assertThat(all).hasSize(60);
        for (Letter letter : all) {
            Letter open = lettersRoom().open(reader("lu"), letter.id()).orElseThrow();
            assertThat(open.erased()).isEqualTo(letter.caseNumber().equals("R-2026-0102"));
            assertThat(open.erased() || String.valueOf(open.body()).startsWith(PLAIN))
                    .isTrue();
        }
    }

    @Test
    void whatWaitsWhileItsCaseIsErasedIsNotToldAndNoRetryLoops() {
        Notice notice = notice("job-1", LUMA);
        node(null).give(notice);
        assertThat(states()).containsExactly(State.WAITING);
        erase("R-2026-0042");

        assertThat(states()).containsExactly(State.ERASED);
        node().give(notice);
        outbox(new SmtpOf(mailServer)).sweep(100);
        assertThat(states()).containsExactly(State.ERASED);
        assertThat(recipients()).isEmpty();
        assertThat(letters()).isEqualTo(1);
        assertThat(lettersRoom().unread(reader("lu"))).isZero();

        Letter letter = onlyLetterOf("lu");
        assertThat(letter.erased()).isTrue();
        assertThat(letter.body()).isNull();
        assertThat(lettersRoom().of(reader("lu"), false, 10)).allMatch(Letter::erased);
        assertThat(count("vault_read")).as("nobody read it").isZero();
    }

    @Test
    void aCaseThatWasErasedWritesNoLettersAndItsJobsGoOn() {
        node(null).give(notice("job-1", LUMA));
        erase("R-2026-0042");
        double before = unwritten();

        node().give(notice("job-2", LUMA));
        node().give(notice("job-2", LUMA));

        assertThat(letters()).isEqualTo(1);
        assertThat(recipients()).isEmpty();
        assertThat(unwritten()).isEqualTo(before + 2);
    }

    @Test
    void anErasureThatNobodyToldOfIsSeenAllTheSame() {
        node(null).give(notice("job-1", LUMA));
        Vaults.destroy(database(), "R-2026-0042");

        assertThat(onlyLetterOf("lu").erased()).isTrue();
        assertThat(onlyLetterOf("lu").body()).isNull();
    }

    @Test
    void aLetterOfNoCaseLiesUnderAKeyThatNoCaseHas() {
        for (String key : List.of("password-1", "password-2")) {
            node(null)
                    .give(new Notice(
                            key,
                            Notice.OF_NO_CASE,
                            "password-set",
                            List.of(new Notice.Post("dossier", PROGRAMME)),
                            new FactsOfAnyCase()));
            clock.travel(Duration.ofDays(1));
        }
        assertThat(count("letter where body is not null or reference is null")).isZero();
        assertThat(count("vault_key where house and case_number is null")).isEqualTo(1);
        assertThat(onlyLetterOf("ada").body()).isNotBlank();
    }

    @Test
    void aLetterOutlivesTheRotationOfTheMasterKey() {
        node(null).give(notice("job-1", LUMA));
        String before = String.valueOf(onlyLetterOf("lu").body());

        Letters after = new Letters(jdbc, Vaults.rotated(database(), transactions, clock), clock, meters);

        assertThat(after.of(reader("lu"), false, 1)).singleElement().satisfies(letter -> assertThat(
                        after.open(reader("lu"), letter.id()).orElseThrow().body())
                .isEqualTo(before));
    }

    @Test
    void aLetterThatDoesNotOpenSaysSoAndStaysUnread() {
        node(null).give(notice("job-1", LUMA));
        jdbc.sql("update vault_value set audience = 'downstream'").update();

        Letter letter = onlyLetterOf("lu");
        assertThat(letter.body()).isNull();
        assertThat(letter.erased()).isFalse();
        assertThat(lettersRoom().unread(reader("lu"))).isEqualTo(1);
    }

    private double unwritten() {
        return meters.get("redress.letters.unwritten").counter().count();
    }

    @Test
    void theFormerAddressIsToldWhateverWasReadMeanwhileAndIsForgottenThen() {
        for (String notice : List.of("change-1", "change-1", "change-2")) {
            outbox(null).putToFormer(notice, "lu", notice + "@example.org");
        }
        assertThat(count("outbox where address is not null")).isEqualTo(2);

        outbox(new SmtpOf(mailServer)).send("change-1");

        assertThat(recipients()).containsExactlyInAnyOrder("change-1@example.org", "change-2@example.org");
        assertThat(count("outbox where address is not null or state <> 'SENT'")).isZero();
        outbox(new SmtpOf(mailServer)).sweep(10);
        assertThat(recipients()).hasSize(2);
    }

    @Test
    void whereTheServerIsAwayTheFormerAddressIsKeptForTheNextTry() {
        outbox(null).putToFormer("change-1", "lu", "former@example.org");
        Outbox outbox = outbox(new SmtpOf(mailServer));
        mailServer.stop();

        assertThatThrownBy(() -> outbox.send("change-1")).isInstanceOf(MailNotSent.class);

        assertThat(count("outbox where address is not null and state = 'FAILED'"))
                .isEqualTo(1);
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
                lettersRoom(),
                new LetterTemplates(LetterTemplatesTest.words(), settings(), clock),
                outbox(smtp),
                accounts,
                transactions);
    }

    private Outbox outbox(@org.jspecify.annotations.Nullable JavaMailSender smtp) {
        return new Outbox(jdbc, lettersRoom(), accounts, postOffice(smtp), settings(), clock, transactions);
    }

    private Letters lettersRoom() {
        return new Letters(jdbc, Vaults.texts(database(), transactions, clock), clock, meters);
    }

    private void erase(String caseNumber) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            Vaults.destroy(database(), caseNumber);
            new ErasedCases(outbox(null), lettersRoom()).letGo(new CaseErased(caseNumber));
        });
    }

    private Letters.Reader reader(String person) {
        return Letters.Reader.of(accounts.person(person).orElseThrow());
    }

    private Letter onlyLetterOf(String person) {
        return lettersRoom()
                .open(
                        reader(person),
                        lettersRoom().of(reader(person), false, 2).get(0).id())
                .orElseThrow();
    }

    private long count(String what) {
        return jdbc.sql("select count(*) from " + what).query(Long.class).single();
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
        Letters letters = lettersRoom();
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
