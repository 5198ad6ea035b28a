package org.redress.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.junit.jupiter.api.Test;

/**
 * What docs/exceptions.md says of where an exception lives is drawn there: every process that a line names is a diagram, and
 * every element that it names is in one of the diagrams of the line (remedy.md A.8, E01 to E24).
 */
class ExceptionsTableTest {

    private static final Pattern LINE = Pattern.compile("(?m)^\\| ([^| ][^|]*) \\| [^|]+ \\| ([^|]*) \\| [^|]* \\|$");
    private static final Pattern PROCESS = Pattern.compile("`([^`]+)`");
    /** An element alone, or after the subprocess that it is in: <i>Provide the service: Help rejected</i>. */
    private static final Pattern ELEMENT = Pattern.compile("\\*([^*]+)\\*");

    private final Map<String, Set<String>> drawn = drawn();

    @Test
    void whateverTheTableNamesIsDrawn() {
        assertThat(faults(table())).isEmpty();
    }

    @Test
    void everyExceptionHasItsLine() {
        List<String> lines =
                LINE.matcher(table()).results().map(line -> line.group(1)).toList();
        for (int number = 1; number <= 24; number++) {
            assertThat(lines).containsOnlyOnce("E%02d".formatted(number));
        }
    }

    @Test
    void whatIsNotDrawnIsNamed() {
        assertThat(faults(table().replace("`guardian-conflict`", "`guardian-quarrel`")))
                .contains("E08: there is no process guardian-quarrel");
        assertThat(faults(table().replace("*Allegation not credible*", "*Allegation doubted*")))
                .containsExactly("E01: nothing in [verify-allegation] is called \"Allegation doubted\"");
        assertThat(faults(table().replace("*Provide the service: Help rejected*", "*Give the help: Help rejected*")))
                .containsExactly("E09: nothing in [withdraw-consent, victim-case, recall-sharing, reopen-victim-case]"
                        + " is called \"Give the help: Help rejected\"");
    }

    private List<String> faults(String table) {
        List<String> faults = new ArrayList<>();
        Matcher line = LINE.matcher(table);
        while (line.find()) {
            List<String> processes = named(PROCESS, line.group(2));
            Set<String> elements = new HashSet<>();
            for (String process : processes) {
                if (drawn.containsKey(process)) {
                    elements.addAll(drawn.get(process));
                } else {
                    faults.add(line.group(1) + ": there is no process " + process);
                }
            }
            for (String element : named(ELEMENT, line.group(2))) {
                if (!elements.contains(element)) {
                    faults.add(line.group(1) + ": nothing in " + processes + " is called \"" + element + "\"");
                }
            }
        }
        return faults;
    }

    private static List<String> named(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .distinct()
                .toList();
    }

    /** What the elements of each process are called, alone and after each subprocess that they are in. */
    private static Map<String, Set<String>> drawn() {
        Map<String, Set<String>> drawn = new HashMap<>();
        for (ProcessFile process : Models.in(Path.of("")).processes()) {
            Set<String> names = drawn.computeIfAbsent(process.id(), id -> new HashSet<>());
            for (FlowNode node : process.flowNodes()) {
                if (node.getName() != null) {
                    names.add(node.getName());
                    if (node.getParentElement() instanceof SubProcess around) {
                        names.add(around.getName() + ": " + node.getName());
                    }
                }
            }
        }
        return drawn;
    }

    private static String table() {
        try {
            return Files.readString(Path.of("docs/exceptions.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
