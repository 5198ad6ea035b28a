package org.redress.coverage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Rule;

/** What the models below a folder hold and no test visited. */
final class Coverage {

    private final Path root;

    Coverage(Path root) {
        this.root = root;
    }

    /** The flow nodes that nobody visited, as {@code process/element}. */
    List<String> nodesMissing(Visits visits) {
        List<String> missing = new ArrayList<>();
        for (Path file : files("bpmn")) {
            BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());
            for (Process process : model.getModelElementsByType(Process.class)) {
                for (FlowNode node : model.getModelElementsByType(FlowNode.class)) {
                    add(missing, process.getId() + "/" + node.getId(), visits.nodes());
                }
            }
        }
        return missing;
    }

    /** The rows of decision tables that nobody hit, as {@code decision/rule}. */
    List<String> rowsMissing(Visits visits) {
        List<String> missing = new ArrayList<>();
        for (Path file : files("dmn")) {
            DmnModelInstance model = Dmn.readModelFromFile(file.toFile());
            for (Decision decision : model.getModelElementsByType(Decision.class)) {
                if (decision.getExpression() instanceof DecisionTable table) {
                    for (Rule rule : table.getRules()) {
                        add(missing, decision.getId() + "/" + rule.getId(), visits.rows());
                    }
                }
            }
        }
        return missing;
    }

    private static void add(List<String> missing, String name, java.util.Set<String> visited) {
        if (!visited.contains(name)) {
            missing.add(name);
        }
    }

    private List<Path> files(String kind) {
        Path start = root.resolve(kind);
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(file -> file.toString().endsWith("." + kind))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
