package org.redress.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.Test;
import org.redress.engine.Roles;

/** Who may do which task, as the models say: a modeller who changes it changes a line of {@code docs/access/tasks.csv}. */
class AccessToTasksTest {

    private static final Pattern NAMED = Pattern.compile("'([a-z-]+)'");

    @Test
    void everyTaskIsOfWhomTheTableSays() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("process,task,name,form,roles,only of an organisation,candidate groups");
        try (Stream<Path> models = Files.walk(Path.of("bpmn"))) {
            for (Path file : models.filter(path -> path.toString().endsWith(".bpmn"))
                    .sorted()
                    .toList()) {
                BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());
                String process = model.getModelElementsByType(Process.class)
                        .iterator()
                        .next()
                        .getId();
                model.getModelElementsByType(UserTask.class).stream()
                        .map(task -> line(process, task))
                        .sorted()
                        .forEach(lines::add);
            }
        }
        Table.same("tasks.csv", lines);
    }

    private static String line(String process, UserTask task) {
        String groups = Objects.requireNonNullElse(task.getCamundaCandidateGroups(), "");
        List<String> roles = roles(groups);
        assertThat(roles).as(process + " " + task.getId() + " is for nobody").isNotEmpty();
        return Stream.of(
                        process,
                        task.getId(),
                        Optional.ofNullable(task.getName()).orElse(""),
                        Optional.ofNullable(task.getCamundaFormRef()).orElse(""),
                        String.join(" ", roles),
                        roles.stream()
                                .filter(role -> Roles.OF_PARTIES.contains(role) || groups.contains("committee."))
                                .filter(role -> !role.equals("secretariat"))
                                .collect(Collectors.joining(" ")),
                        groups)
                .map(Table::cell)
                .collect(Collectors.joining(","));
    }

    /** The roles that candidate groups can come to, whatever expression gives them. */
    private static List<String> roles(String groups) {
        TreeSet<String> roles = new TreeSet<>();
        for (String group : groups.split(",(?![^{]*})", -1)) {
            if (!group.contains("${")) {
                roles.add(group.strip());
            }
        }
        Matcher named = NAMED.matcher(groups);
        while (named.find()) {
            roles.add(named.group(1));
        }
        if (groups.contains("committee.groups")) {
            roles.add("steering-committee");
        }
        if (groups.contains("committee.presiding")) {
            roles.addAll(List.of("government-chair", "secretariat"));
        }
        roles.retainAll(Roles.all());
        return List.copyOf(roles);
    }
}
