package org.redress.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.yaml.snakeyaml.Yaml;

/** A form that leads to the files of its case is for people who may read or add some there, and says which case it is. */
final class FileLinksGate implements Gate {

    private static final String LINK = "](/files/{{caseNumber}})";
    private static final Map<String, String> CASES = Map.of("remedy", "R", "membership", "M", "complaint", "C");

    private final Map<String, Set<String>> roles;

    /** @param settings an application.yml */
    FileLinksGate(Path settings) {
        roles = Map.of("R", new TreeSet<>(), "M", new TreeSet<>(), "C", new TreeSet<>());
        try {
            Object found = new Yaml().<Object>load(Files.readString(settings));
            for (String step : List.of("redress", "vault", "files", "kinds")) {
                found = Objects.requireNonNull(((Map<?, ?>) found).get(step), step);
            }
            for (Object kind : ((Map<?, ?>) found).values()) {
                Map<?, ?> of = (Map<?, ?>) kind;
                for (String who : List.of("readers", "adders")) {
                    roles.getOrDefault(String.valueOf(of.get("cases")), Set.of())
                            .addAll(Arrays.asList(String.valueOf(of.get(who)).split(" *, *", -1)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Finding> findings(Models models, House house) {
        List<Finding> findings = new ArrayList<>();
        for (ProcessFile process : models.processes()) {
            Set<String> there = new TreeSet<>();
            CASES.forEach((folder, letter) -> {
                if (process.file().contains("/" + folder + "/")) {
                    there.addAll(roles.getOrDefault(letter, Set.of()));
                }
            });
            for (UserTask task : process.all(UserTask.class)) {
                boolean leads = models.form(String.valueOf(task.getCamundaFormRef()))
                        .filter(form -> form.leadsTo(LINK))
                        .isPresent();
                if (leads) {
                    Set<String> lost = ConfidentialGate.rolesOf(task);
                    lost.removeAll(there);
                    lost.forEach(role -> findings.add(process.finding(
                            task.getId(), "leads " + role + " to the files of the case, where they may do nothing")));
                }
            }
        }
        return findings;
    }
}
