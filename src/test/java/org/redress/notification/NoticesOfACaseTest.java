package org.redress.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.builder.ServiceTaskBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;
import org.redress.engine.CaseDecisions;
import org.redress.engine.Lists;
import org.redress.engine.Parties;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.PlatformTransactionManager;

/** Cases give notice: the delegate in the real engine, on PostgreSQL, with a mail server that comes and goes. */
@SuppressWarnings("NullAway.Init")
class NoticesOfACaseTest extends ProcessTest {

    private static final String CASE = "R-2026-9301";

    @Autowired
    private DefaultListableBeanFactory beans;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Parties parties;

    @Autowired
    private Letters letters;

    @Autowired
    private Addressees addressees;

    @Autowired
    private CaseDecisions decisions;

    @Autowired
    private LetterTemplates templates;

    @Autowired
    private NotificationSettings settings;

    @Autowired
    private MessageSource words;

    @Autowired
    private Clock clock;

    @Autowired
    private PlatformTransactionManager transactions;

    private final JavaMailSenderImpl smtp = new JavaMailSenderImpl();
    private GreenMail mailServer;
    private boolean whatFollowsFails;

    @BeforeEach
    void aMailServer() {
        List.of("letter_read", "letter", "outbox")
                .forEach(table -> jdbc.sql("delete from " + table).update());
        jdbc.sql("delete from case_party where case_number = ?").param(CASE).update();
        mailServer = new GreenMail(ServerSetup.SMTP.dynamicPort());
        mailServer.start();
        smtp.setHost("localhost");
        smtp.setPort(mailServer.getSmtp().getPort());

        StaticListableBeanFactory connected = new StaticListableBeanFactory(Map.of("smtp", smtp));
        PostOffice postOffice =
                new PostOffice(connected.getBeanProvider(JavaMailSender.class), "localhost", words, settings);
        Outbox outbox = new Outbox(jdbc, letters, addressees, postOffice, settings, clock, transactions);
        Notifications notifications = new Notifications(letters, templates, outbox, addressees, transactions);
        beans.registerSingleton("notifyByMail", new NotifyTask(decisions, addressees, notifications, new Lists()));
        beans.registerSingleton("whatFollows", (JavaDelegate) execution -> {
            if (whatFollowsFails) {
                throw new IllegalStateException("what follows fails");
            }
        });
    }

    @AfterEach
    void nothingStays() {
        beans.destroySingleton("notifyByMail");
        beans.destroySingleton("whatFollows");
        mailServer.stop();
    }

    @Test
    void theAuditProgrammeIsToldOfACredibleAllegation() {
        deploy(task("${notifyByMail}", "credible-and-actionable"));
        begin(Map.of());
        runJob();

        assertThat(lettersTo("audit-programme", CASE)).containsExactly("dossier");
        assertThat(lettersTo("complainant", CASE)).containsExactly("being-investigated");
        assertThat(mailsTo())
                .containsExactly(
                        "audit-programme-2@demo.example",
                        "audit-programme-3@demo.example",
                        "audit-programme-4@demo.example",
                        "audit-programme@demo.example");
    }

    @Test
    void aJobThatRunsTwiceWritesOneLetterAndSendsOneMail() {
        deploy(task("${notifyByMail}", "credible-and-actionable"));
        begin(Map.of());
        whatFollowsFails = true;

        assertThatThrownBy(this::runJob).hasMessageContaining("what follows fails");
        assertThat(lettersTo("audit-programme", CASE)).containsExactly("dossier");
        assertThat(mailsTo()).hasSize(4);

        whatFollowsFails = false;
        runJob();
        assertThat(lettersTo("audit-programme", CASE)).containsExactly("dossier");
        assertThat(mailsTo()).hasSize(4);
        assertThat(waitsAfterwards()).isTrue();
    }

    @Test
    void aMailServerThatStaysDownEndsAsAnIncidentAndTheOperatorsRetrySends() {
        deploy(task("${notifyByMail}", "credible-and-actionable"));
        ProcessInstance instance = begin(Map.of());
        int port = mailServer.getSmtp().getPort();
        mailServer.stop();

        assertThatThrownBy(this::runJob).hasMessageContaining("4 of 4 mails could not be sent");
        Job job = job();
        assertThat(job.getRetries()).as("tries that are left").isEqualTo(2);
        assertThat(job.getDuedate()).as("the next try is in a minute").isAfter(clock.instant());
        assertThatThrownBy(this::runJob).hasMessageContaining("4 of 4");
        assertThat(runtimeService.createIncidentQuery().count()).isZero();
        assertThatThrownBy(this::runJob).hasMessageContaining("4 of 4");

        assertThat(runtimeService
                        .createIncidentQuery()
                        .processInstanceId(instance.getId())
                        .singleResult()
                        .getIncidentMessage())
                .contains("4 of 4 mails")
                .doesNotContain("@", CASE);
        assertThat(lettersTo("audit-programme", CASE))
                .as("the letter waits all the while")
                .containsExactly("dossier");

        mailServer = new GreenMail(new ServerSetup(port, "localhost", ServerSetup.PROTOCOL_SMTP));
        mailServer.start();
        managementService.setJobRetries(job().getId(), 1);
        runJob();

        assertThat(mailsTo()).hasSize(4);
        assertThat(runtimeService.createIncidentQuery().count()).isZero();
        assertThat(waitsAfterwards()).isTrue();
    }

    @Test
    void withoutAMailServerTheCaseGoesOn() {
        deploy(task("${notify}", "credible-and-actionable"));
        begin(Map.of());
        runJob();

        assertThat(waitsAfterwards()).isTrue();
        assertThat(lettersTo("audit-programme", CASE)).containsExactly("dossier");
        assertThat(jdbc.sql("select state from outbox").query(String.class).list())
                .containsExactly("WAITING", "WAITING", "WAITING", "WAITING");
    }

    @Test
    void aSecondVisitIsASecondNotice() {
        deployModel(Bpmn.createExecutableProcess("notice-probe")
                .camundaHistoryTimeToLiveString("P1D")
                .startEvent()
                .serviceTask("tell")
                .camundaAsyncBefore()
                .camundaInputParameter("event", "credible-and-actionable")
                .camundaDelegateExpression("${notifyByMail}")
                .userTask("choose")
                .name("Choose")
                .connectTo("tell")
                .done());
        begin(Map.of());
        runJob();
        assertThat(lettersTo("audit-programme", CASE)).hasSize(1);
        readAll("audit-programme");

        taskService.complete(taskService
                .createTaskQuery()
                .processInstanceBusinessKey(CASE)
                .singleResult()
                .getId());
        runJob();
        assertThat(lettersTo("audit-programme", CASE)).hasSize(2);
    }

    @Test
    void anUrgentAllegationReachesProtectionAtOnce() {
        deploy(task("${notifyByMail}", "allegation-received"));
        begin(Map.of("urgency", "URGENT"));
        runJob();

        assertThat(lettersTo("protection", CASE)).containsExactly("urgent-allegation");
        assertThat(lettersTo("complainant", CASE)).containsExactly("receipt");
        assertThat(mailsTo()).containsExactly("protection@demo.example");
        assertThat(textTo("protection")).contains("within one hour");
    }

    @Test
    void anOrdinaryAllegationIsConfirmedToTheComplainantAlone() {
        deploy(task("${notifyByMail}", "allegation-received"));
        begin(Map.of());
        runJob();

        assertThat(jdbc.sql("select addressee_role from letter")
                        .query(String.class)
                        .list())
                .containsExactly("complainant");
        assertThat(mailsTo()).isEmpty();
        assertThat(textTo("complainant"))
                .contains("within 24 hours", "within 10 working days", "usually 2 months", "45 days");
    }

    @Test
    void eachSmelterOfTheCaseGetsItsOwnLetter() {
        parties.add(CASE, "smelter", "org-luma");
        parties.add(CASE, "smelter", "org-nova");
        deploy(task("${notifyByMail}", "substantiated"));
        begin(Map.of());
        runJob();

        assertThat(organisationsWithLetters("smelter")).containsExactly("org-luma", "org-nova");
        assertThat(mailsTo()).containsExactly("smelter-b@demo.example", "smelter@demo.example");
    }

    @Test
    void withinTheDutyOfOneSmelterTheOtherIsNotTold() {
        parties.add(CASE, "smelter", "org-luma");
        parties.add(CASE, "smelter", "org-nova");
        deploy(task("${notifyByMail}", "level-decided"));
        begin(Map.of("smelter", "org-nova", "level1", "MANDATORY", "level2", "RECOMMENDED"));
        runJob();

        assertThat(organisationsWithLetters("smelter")).containsExactly("org-nova");
        assertThat(textTo("smelter")).contains("each person who was harmed: mandatory");
        assertThat(mailsTo()).containsExactly("smelter-b@demo.example");
    }

    @Test
    void oneTaskForManySmeltersTellsEachOfThemItsOwnLevel() {
        parties.add(CASE, "smelter", "org-luma");
        parties.add(CASE, "smelter", "org-nova");
        deploy(task("${notifyByMail}", "level-decided")
                .multiInstance()
                .sequential()
                .camundaCollection("${lists.strings(smelters)}")
                .camundaElementVariable("smelter")
                .multiInstanceDone());
        begin(Map.of("smelters", List.of("org-luma", "org-nova"), "level1", "MANDATORY", "level2", "NONE"));
        whatFollowsFails = true;
        assertThatThrownBy(this::runJob).hasMessageContaining("what follows fails");
        whatFollowsFails = false;
        runJob();

        assertThat(organisationsWithLetters("smelter")).containsExactly("org-luma", "org-nova");
        assertThat(lettersTo("complainant", CASE)).containsExactly("remedy-planned");
        assertThat(mailsTo()).containsExactly("smelter-b@demo.example", "smelter@demo.example");
    }

    @Test
    void nobodyIsPartyYetSoNobodyIsTold() {
        deploy(task("${notifyByMail}", "service-reported"));
        begin(Map.of());
        runJob();

        assertThat(jdbc.sql("select count(*) from letter").query(Long.class).single())
                .isZero();
        assertThat(waitsAfterwards()).isTrue();
    }

    @Test
    void anEventThatTheMatrixDoesNotKnowFails() {
        deploy(task("${notifyByMail}", "pigeon-sighted"));
        begin(Map.of());

        assertThatThrownBy(this::runJob).hasMessageContaining("pigeon-sighted");
    }

    @Test
    void aLetterThatNeedsWhatTheCaseDoesNotHaveFailsAndNothingIsSent() {
        parties.add(CASE, "smelter", "org-luma");
        deploy(task("${notifyByMail}", "level-decided"));
        begin(Map.of("smelter", "org-luma"));

        assertThatThrownBy(this::runJob).hasMessageContaining("level1");
        assertThat(jdbc.sql("select count(*) from letter").query(Long.class).single())
                .isZero();
        assertThat(mailsTo()).isEmpty();
    }

    @Test
    void aNoticeThatCouldNotBeRepeatedIsRefused() {
        deployModel(Bpmn.createExecutableProcess("notice-probe")
                .camundaHistoryTimeToLiveString("P1D")
                .startEvent()
                .serviceTask("tell")
                .camundaInputParameter("event", "credible-and-actionable")
                .camundaDelegateExpression("${notifyByMail}")
                .endEvent()
                .done());

        assertThatThrownBy(() -> begin(Map.of())).hasMessageContaining("tell must be asynchronous before");
    }

    // The probe: tells, then goes on in the same transaction, then waits for a person.

    private static ServiceTaskBuilder task(String bean, String event) {
        return Bpmn.createExecutableProcess("notice-probe")
                .camundaHistoryTimeToLiveString("P1D")
                .startEvent()
                .serviceTask("tell")
                .camundaAsyncBefore()
                .camundaFailedJobRetryTimeCycle("PT1M,PT5M")
                .camundaInputParameter("event", event)
                .camundaDelegateExpression(bean);
    }

    private void deploy(ServiceTaskBuilder tell) {
        deployModel(tell.serviceTask("follow")
                .camundaDelegateExpression("${whatFollows}")
                .userTask("after")
                .name("Wait")
                .endEvent()
                .done());
    }

    private void deployModel(BpmnModelInstance probe) {
        deployForThisTest(repositoryService
                .createDeployment()
                .addModelInstance("notice-probe.bpmn", probe)
                .addModelInstance(
                        "notification-matrix.dmn",
                        org.camunda.bpm.model.dmn.Dmn.readModelFromFile(
                                Path.of("dmn/shared/notification-matrix.dmn").toFile()))
                .addModelInstance(
                        "deadline-matrix.dmn",
                        org.camunda.bpm.model.dmn.Dmn.readModelFromFile(
                                Path.of("dmn/shared/deadline-matrix.dmn").toFile())));
    }

    private ProcessInstance begin(Map<String, Object> variables) {
        Map<String, Object> all = new java.util.HashMap<>(formValues(variables));
        all.put("caseNumber", CASE);
        all.put("receivedAt", java.util.Date.from(clock.instant()));
        return runtimeService.startProcessInstanceByKey("notice-probe", CASE, all);
    }

    private Job job() {
        return managementService
                .createJobQuery()
                .processDefinitionKey("notice-probe")
                .singleResult();
    }

    private void runJob() {
        managementService.executeJob(job().getId());
    }

    private boolean waitsAfterwards() {
        return taskService
                        .createTaskQuery()
                        .processDefinitionKey("notice-probe")
                        .taskDefinitionKey("after")
                        .count()
                == 1;
    }

    private void readAll(String user) {
        Letters.Reader reader = Letters.Reader.of(addressees.person(user).orElseThrow());
        letters.of(reader, true, 100).forEach(letter -> letters.open(reader, letter.id()));
    }

    private List<String> organisationsWithLetters(String role) {
        return jdbc.sql("select addressee_organisation from letter where addressee_role = ? order by 1")
                .param(role)
                .query(String.class)
                .list();
    }

    private String textTo(String role) {
        String reference = jdbc.sql("select reference from letter where addressee_role = ?")
                .param(role)
                .query(String.class)
                .single();
        return vault.open(reference, CASE, "test").orElseThrow();
    }

    private List<String> mailsTo() {
        return Arrays.stream(mailServer.getReceivedMessages())
                .map(NoticesOfACaseTest::recipient)
                .sorted()
                .toList();
    }

    private static String recipient(MimeMessage mail) {
        try {
            return mail.getAllRecipients()[0].toString();
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
