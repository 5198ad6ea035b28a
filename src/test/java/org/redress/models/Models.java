package org.redress.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Everything a modeller drew: the files below {@code bpmn}, {@code dmn} and {@code forms}. */
record Models(
        List<ProcessFile> processes, List<DecisionFile> decisions, List<FormFile> forms, List<Finding> unreadable) {

    /** What was read, by file and text: gates only look at it, and every test begins with the same hundred files. */
    private static final Map<Map.Entry<String, String>, ProcessFile> PROCESSES = new ConcurrentHashMap<>();

    private static final Map<Map.Entry<String, String>, DecisionFile> DECISIONS = new ConcurrentHashMap<>();

    /** The models below a folder that has {@code bpmn}, {@code dmn} and {@code forms}. */
    static Models in(Path root) {
        return of(texts(root));
    }

    /** The texts of the models below a folder, by their path from it. */
    static Map<String, String> texts(Path root) {
        Map<String, String> texts = new TreeMap<>();
        for (String folder : List.of("bpmn", "dmn", "forms")) {
            Path start = root.resolve(folder);
            if (!Files.isDirectory(start)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(start)) {
                for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                    texts.put(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }

    static Models of(Map<String, String> texts) {
        List<ProcessFile> processes = new ArrayList<>();
        List<DecisionFile> decisions = new ArrayList<>();
        List<FormFile> forms = new ArrayList<>();
        List<Finding> unreadable = new ArrayList<>();
        texts.forEach((file, text) -> {
            try {
                if (file.endsWith(".bpmn")) {
                    processes.add(
                            PROCESSES.computeIfAbsent(Map.entry(file, text), each -> ProcessFile.read(file, text)));
                } else if (file.endsWith(".dmn")) {
                    decisions.add(
                            DECISIONS.computeIfAbsent(Map.entry(file, text), each -> DecisionFile.read(file, text)));
                } else if (file.endsWith(".form")) {
                    forms.add(FormFile.read(file, text));
                } else {
                    unreadable.add(new Finding(file, "", "is no model; only .bpmn, .dmn and .form live here"));
                }
            } catch (RuntimeException e) {
                unreadable.add(new Finding(file, "", "cannot be read: " + rootMessage(e)));
            }
        });
        return new Models(processes, decisions, forms, unreadable);
    }

    Optional<DecisionFile> decisionFile(String decision) {
        return decisions.stream()
                .filter(file ->
                        file.decisions().stream().anyMatch(each -> each.getId().equals(decision)))
                .findFirst();
    }

    Optional<ProcessFile> process(String id) {
        return processes.stream().filter(process -> process.id().equals(id)).findFirst();
    }

    Optional<FormFile> form(String id) {
        return forms.stream().filter(form -> form.id().equals(id)).findFirst();
    }

    /** {@code bpmn/remedy/remedy-case.bpmn} gives {@code remedy-case}. */
    static String baseName(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static String rootMessage(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
