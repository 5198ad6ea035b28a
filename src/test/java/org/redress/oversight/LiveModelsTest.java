package org.redress.oversight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.redress.OwnHouse;
import org.redress.QuietGrievance;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A modeller changes a row of a table and brings it live without Java, while cases run on the old one. Before the others of its
 * suite: it sets up the log, which says far too much until then.
 */
@Order(1)
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init")
class LiveModelsTest {

    private static final Path MATRIX = Path.of("dmn/shared/deadline-matrix.dmn");

    @TempDir
    private Path folder;

    @Test
    void anOldCaseKeepsItsRuleANewOneGetsTheNewAndAMigratedOneGoesOnByTheNew() throws Exception {
        String old;
        String moved;
        try (ConfigurableApplicationContext house = start("")) {
            old = newCase(house);
            moved = newCase(house);
            assertThat(days(house, old, "task_screenCredibility")).isBetween(13L, 17L);
        }
        Path models = folderWithTwentyDays();
        try (ConfigurableApplicationContext house = start(models.toString())) {
            assertThat(versions(house)).isEqualTo(2);
            String fresh = newCase(house);
            assertThat(days(house, fresh, "task_screenCredibility"))
                    .as("the new rule")
                    .isBetween(27L, 31L);
            complete(house, old);
            assertThat(days(house, old, "task_screenActionability"))
                    .as("the rule with which it began")
                    .isBetween(13L, 17L);

            Migrations migrations = house.getBean(Migrations.class);
            List<String> both = List.of(moved, "R-2026-9999");
            assertThat(migrations.run(both, "verify-allegation", 1, 2, Map.of(), true, "operator"))
                    .containsExactly(
                            new Migrations.Result(moved, Migrations.Outcome.WOULD_MIGRATE, 1, List.of()),
                            new Migrations.Result("R-2026-9999", Migrations.Outcome.NOTHING_TO_DO, 0, List.of()));
            assertThat(migrations.of(moved)).as("a dry run leaves no trace").isEmpty();
            assertThat(migrations.run(List.of(moved), "verify-allegation", 1, 2, Map.of(), false, "operator"))
                    .extracting(Migrations.Result::outcome)
                    .containsExactly(Migrations.Outcome.MIGRATED);
            assertThat(migrations.run(List.of(moved), "verify-allegation", 1, 2, Map.of(), false, "operator"))
                    .as("twice is as good as once")
                    .extracting(Migrations.Result::outcome)
                    .containsExactly(Migrations.Outcome.NOTHING_TO_DO);
            assertThat(migrations.of(moved)).hasSize(1);
            complete(house, moved);
            assertThat(days(house, moved, "task_screenActionability"))
                    .as("it goes on, by the new rule")
                    .isBetween(27L, 31L);
        }
        try (ConfigurableApplicationContext house = start(models.toString())) {
            assertThat(versions(house))
                    .as("the same folder again brings nothing new")
                    .isEqualTo(2);
        }
    }

    @Test
    void aFolderThatIsNotOneOfModelsStopsTheStartAndSaysWhy() throws Exception {
        assertThatThrownBy(() -> start(folder.resolve("nowhere").toString()).close())
                .hasStackTraceContaining("which is not there");
        Path wrong = Files.createDirectories(folder.resolve("wrong/dmn"));
        Files.writeString(wrong.resolve("notes.txt"), "soon");
        assertThatThrownBy(() -> start(folder.resolve("wrong").toString()).close())
                .hasStackTraceContaining("No model: dmn/notes.txt");
    }

    @Test
    void aCellThatIsMistypedStopsTheStartInFewWordsAndNoCase(CapturedOutput output) throws Exception {
        String old;
        try (ConfigurableApplicationContext house = start("")) {
            old = newCase(house);
        }
        Path models = folderWith("((1");
        int before = output.getAll().length();
        assertThatThrownBy(() -> start(models.toString()).close())
                .hasStackTraceContaining("column amount: no FEEL: failed to parse expression '((1'");
        String told = output.getAll().substring(before);
        assertThat(told)
                .contains(
                        "APPLICATION FAILED TO START",
                        "dmn/shared/deadline-matrix.dmn: decision deadline-matrix, row deadline-matrix_D03_normal",
                        "Nothing was deployed");
        assertThat(told.lines().filter(line -> line.startsWith("\tat ")))
                .as("no stack of what was starting")
                .isEmpty();
        try (ConfigurableApplicationContext house = start("")) {
            assertThat(versions(house)).isEqualTo(1);
            complete(house, old);
            assertThat(days(house, old, "task_screenActionability")).isBetween(13L, 17L);
        }
    }

    private Path folderWithTwentyDays() throws IOException {
        return folderWith("20");
    }

    private Path folderWith(String amount) throws IOException {
        String matrix = Files.readString(MATRIX);
        String changed = matrix.replaceFirst(
                "(<outputEntry id=\"deadline-matrix_D03_normal_is_amount\">\\s*<text>)10", "$1" + amount);
        assertThat(changed).isNotEqualTo(matrix);
        Path models = folder.resolve("models");
        Path file = models.resolve(MATRIX);
        Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
        Files.writeString(file, changed);
        return models;
    }

    private static long versions(ConfigurableApplicationContext house) {
        return house.getBean(ProcessEngine.class)
                .getRepositoryService()
                .createProcessDefinitionQuery()
                .processDefinitionKey("verify-allegation")
                .count();
    }

    private static String newCase(ConfigurableApplicationContext house) {
        String number = QuietGrievance.file(house);
        fire(house);
        return number;
    }

    private static void fire(ConfigurableApplicationContext house) {
        ProcessEngine engine = house.getBean(ProcessEngine.class);
        engine.getManagementService().createJobQuery().active().executable().list().stream()
                .filter(job -> job.getProcessDefinitionKey() != null)
                .forEach(job -> engine.getManagementService().executeJob(job.getId()));
    }

    private static Task task(ConfigurableApplicationContext house, String caseNumber, String element) {
        return house.getBean(ProcessEngine.class)
                .getTaskService()
                .createTaskQuery()
                .processInstanceBusinessKey(caseNumber)
                .taskDefinitionKey(element)
                .singleResult();
    }

    private static void complete(ConfigurableApplicationContext house, String caseNumber) {
        house.getBean(ProcessEngine.class)
                .getTaskService()
                .complete(
                        task(house, caseNumber, "task_screenCredibility").getId(),
                        Map.of(
                                "sourceClass", "NGO",
                                "specificity", 4,
                                "corroborations", 1,
                                "factsDisproved", "NO",
                                "conflictOfInterest", "NO",
                                "credibilityJudgement", "CREDIBLE",
                                "credibilityReason", "A known organisation tells who, what, where and when."));
        fire(house);
    }

    /** From now to the task's last day. */
    private static long days(ConfigurableApplicationContext house, String caseNumber, String element) {
        Date due = task(house, caseNumber, element).getDueDate();
        return Duration.between(java.time.Instant.now(), due.toInstant()).toDays();
    }

    private ConfigurableApplicationContext start(String models) {
        return OwnHouse.start(folder, models);
    }
}
