package org.redress.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.redress.Confidential;
import org.redress.notification.Delivered;
import org.redress.remedy.BagSorter;
import org.redress.remedy.StoryTest;
import org.redress.remedy.Walk;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Markers in every confidential text of a whole case; then everything that anybody could open is searched for them. */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init")
class CanaryTest extends StoryTest {

    private static final String MARKER = Confidential.MARKER;
    /** Stands in a letter and nowhere else. */
    private static final String SAID = "Thank you for coming to us. It takes courage to report";

    private static final Map<String, String> CONFIDENTIAL = Confidential.fields();

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ListableBeanFactory beans;

    @Test
    void whatIsToldInConfidenceLiesNowhereButInTheVault(CapturedOutput log) throws Exception {
        Walk story = marked(BagSorter.story());
        long planted = story.steps().stream()
                        .flatMap(step -> step.form().values().stream())
                        .filter(value -> value.toString().contains(MARKER))
                        .count()
                + story.grievance().values().stream()
                        .filter(value -> value.toString().contains(MARKER))
                        .count();
        assertThat(planted).as("markers in the script").isGreaterThan(100);

        post(story);
        walkToTheEnd();

        Dump dump = new Dump(jdbc);
        assertThat(dump.rowsWith(MARKER)).as("rows with a marker").isEmpty();
        assertThat(dump.unsealed(CONFIDENTIAL.keySet())).isEmpty();
        assertThat(log.getAll()).doesNotContain(MARKER);
        List<String> letters = jdbc
                .sql("select distinct template from letter where case_number = ?")
                .param(caseNumber)
                .query(String.class)
                .list()
                .stream()
                .flatMap(template -> textsOfLetters(caseNumber, template).stream())
                .toList();
        assertThat(letters)
                .as("opened letters")
                .hasSizeGreaterThan(10)
                .noneMatch(text -> text.contains(MARKER))
                .anyMatch(text -> text.contains(caseNumber));
        assertThat(letters).anyMatch(text -> text.contains(SAID));
        List<String> mails = Delivered.all(beans);
        assertThat(mails)
                .as("delivered mails")
                .isNotEmpty()
                .noneMatch(text -> text.contains(MARKER) || text.contains(caseNumber))
                .anyMatch(text -> text.contains("/my/letters"));
        Map<String, Map<String, Integer>> found = dump.rowsWith(List.of(SAID, "R-2026-"));
        assertThat(found.get(SAID)).as("rows with what a letter says").isEmpty();
        assertThat(found.get("R-2026-")).as("the search finds what is there").isNotEmpty();
        int sealed = jdbc.sql("select count(*) from vault_value v join vault_key k on k.id = v.key_id"
                        + " where k.case_number = ?")
                .param(caseNumber)
                .query(Integer.class)
                .single();
        assertThat(sealed).isGreaterThan(100);
        assertThat(jdbc.sql("select count(*) from vault_key where case_number = ? and person is not null")
                        .param(caseNumber)
                        .query(Integer.class)
                        .single())
                .as("one key of the boy's own")
                .isEqualTo(1);
        assertThat(jdbc.sql("select count(*) from vault_key where case_number = ? and person is null")
                        .param(caseNumber)
                        .query(Integer.class)
                        .single())
                .as("one key of the case")
                .isEqualTo(1);
    }

    /** The engine writes the message and the stack trace of a failure beside the job, into history and into the log. */
    @Test
    void aJobThatFailsOverWhatWasToldTellsNothing(CapturedOutput log) {
        deployForThisTest(repositoryService
                .createDeployment()
                .addModelInstance(
                        "canary-probe.bpmn",
                        Bpmn.createExecutableProcess("canary-probe")
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent()
                                .serviceTask("task_fail")
                                .camundaAsyncBefore()
                                .camundaExpression("${deadlines.endOf(contact)}")
                                .endEvent()
                                .done()));
        String instance = runtimeService
                .startProcessInstanceByKey("canary-probe", "R-2026-9902", Map.of("contact", "At the well " + MARKER))
                .getId();
        Job job = managementService.createJobQuery().processInstanceId(instance).singleResult();
        assertThatThrownBy(() -> managementService.executeJob(job.getId()))
                .hasMessageContaining("vault:")
                .hasMessageNotContaining(MARKER);
        assertThat(managementService.getJobExceptionStacktrace(job.getId()))
                .contains("vault:")
                .doesNotContain(MARKER);
        assertThat(new Dump(jdbc).rowsWith(MARKER)).as("rows with a marker").isEmpty();
        assertThat(log.getAll()).doesNotContain(MARKER);
    }

    private static Walk marked(Walk story) {
        return new Walk(
                story.begins(),
                marked(story.grievance()),
                story.steps().stream()
                        .map(step ->
                                new Walk.Step(step.at(), step.user(), step.task(), step.shown(), marked(step.form())))
                        .toList());
    }

    private static Map<String, Object> marked(Map<String, Object> form) {
        Map<String, Object> marked = new LinkedHashMap<>(form);
        marked.replaceAll(Confidential::marked);
        return marked;
    }

    @Test
    void theFormsMarkWhatTheySay() {
        assertThat(CONFIDENTIAL.keySet())
                .containsAll(List.of("victimName", "whatHappened", "contact", "currentPlace", "findings"));
    }
}
