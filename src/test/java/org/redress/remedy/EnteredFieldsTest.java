package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.redress.remedy.Step1.with;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.redress.engine.AuditLine;
import org.redress.engine.AuditSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The trail names the fields that somebody entered, and none that the process wrote on its way to the next step. */
@SuppressWarnings("NullAway.Init")
class EnteredFieldsTest extends StoryTest {

    private static final Pattern KEY = Pattern.compile("\"(?:key|path)\"\\s*:\\s*\"([^\"]+)\"");

    @Autowired
    private List<AuditSource> sources;

    private final Map<String, Set<String>> sent = new HashMap<>();

    @Override
    protected void perform(String user, Task task, Map<String, Object> form) {
        super.perform(user, task, form);
        sent.put(task.getTaskDefinitionKey(), Set.copyOf(form.keySet()));
    }

    @Test
    void theTrailOfAnOrdinaryCaseNamesNoFieldThatNobodyEntered() throws Exception {
        begin(BagSorter.story());
        walkThrough("task_registerVictim");
        for (AuditLine line : completions()) {
            assertThat(fields(line))
                    .as(String.valueOf(line.facts()))
                    .isSubsetOf(onTheForm(String.valueOf(line.facts().get("form"))))
                    .doesNotContain("nrOfActiveInstances", "loopCounter", "tableLevel1", "row", "grounds");
        }
        for (String element : List.of("task_confirmFacts", "task_ongoingExploitationCheck")) {
            assertThat(fields(completion(element))).as(element).isEqualTo(Objects.requireNonNull(sent.get(element)));
        }
    }

    @Test
    void theTrailOfARescueNamesWhatProtectionEntered() {
        receive("2026-02-03T20:10:00Z", with(Step1.grievance(), Map.of("ongoing", "YES")));
        fireDueJobs();
        complete(
                "protection",
                "task_safetyTriage",
                with(
                        Step1.safe(),
                        Map.of(
                                "stillExploited", "YES",
                                "childInDanger", "YES",
                                "medicalEmergency", "YES",
                                "actionTaken", "A nurse is on her way to the fence.")));
        fireDueJobs();
        Map<String, Object> danger = DangerForms.inDanger("NO", "YES");
        complete("protection", "task_assessDanger", danger);
        assertThat(fields(completion("task_assessDanger"))).isEqualTo(danger.keySet());
    }

    private List<AuditLine> completions() {
        List<AuditLine> found = sources.stream()
                .flatMap(source -> source.of(caseNumber).stream())
                .filter(line -> line.what().equals("Task Complete"))
                .toList();
        assertThat(found).isNotEmpty();
        return found;
    }

    private AuditLine completion(String element) {
        return completions().stream()
                .filter(line -> element.equals(line.facts().get("element")))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> fields(AuditLine line) {
        Set<String> fields = new HashSet<>();
        if (line.facts().get("fields") instanceof Collection<?> entered) {
            entered.forEach(field -> fields.add(String.valueOf(field)));
        }
        return fields;
    }

    private static Set<String> onTheForm(String id) throws Exception {
        Path file;
        try (var forms = Files.walk(Path.of("forms"))) {
            file = forms.filter(form -> form.endsWith(id + ".form")).findFirst().orElseThrow();
        }
        Set<String> keys = new HashSet<>();
        Matcher key = KEY.matcher(Files.readString(file));
        while (key.find()) {
            keys.add(key.group(1));
        }
        return keys;
    }
}
