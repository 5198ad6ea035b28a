package org.redress.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever looks at a task in a list reads in words which clock runs on it. */
class ClockWordsTest {

    private static final Pattern ON_A_TASK = Pattern.compile("<bpmn:userTask[^>]*camunda:dueDate=\"([^\"]*)\"");
    private static final Pattern TASK = Pattern.compile("<bpmn:userTask.*?</bpmn:userTask>", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("deadlines\\.\\w+\\(execution, \\w+");
    private static final Pattern CLOCK = Pattern.compile("deadlines\\.\\w+\\(execution, '([^']+)'");
    private static final Pattern NAMED = Pattern.compile("<camunda:property name=\"clock\" value=\"([^\"]+)\"");
    private static final Pattern ROW = Pattern.compile("_clock\">\\s*<text>\"([^\"]+)\"");

    @Test
    void everyClockOfATaskHasWordsAndNoWordsAreOfAClockThatThereIsNot() throws IOException {
        Set<String> spoken = spoken();
        assertThat(spoken)
                .as("clock.<id> in messages.properties says what each clock of a task is for")
                .containsAll(onTasks())
                .containsAll(named());
        assertThat(inTheMatrix()).containsAll(spoken);
    }

    @Test
    void everyTaskThatIsDueSaysWhatTheDayIsFor() throws IOException {
        Set<String> silent = new TreeSet<>();
        int due = 0;
        try (Stream<Path> files = Files.walk(Path.of("bpmn"))) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Matcher task = TASK.matcher(Files.readString(file));
                while (task.find()) {
                    String drawn = task.group();
                    if (drawn.contains("camunda:dueDate=")) {
                        due++;
                        if (!CLOCK.matcher(drawn.substring(0, drawn.indexOf('>')))
                                        .find()
                                && !VARIABLE.matcher(drawn.substring(0, drawn.indexOf('>')))
                                        .find()
                                && !drawn.contains("<camunda:property name=\"clock\"")) {
                            silent.add(file.getFileName() + " " + drawn.substring(0, drawn.indexOf(" name=")));
                        }
                    }
                }
            }
        }
        assertThat(due).isGreaterThan(150);
        assertThat(silent).isEmpty();
    }

    private static Set<String> spoken() throws IOException {
        Properties words = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("src/main/resources/messages.properties"))) {
            words.load(file);
        }
        Set<String> clocks = new TreeSet<>();
        words.stringPropertyNames().stream()
                .filter(key -> key.startsWith("clock."))
                .forEach(key -> {
                    assertThat(words.getProperty(key)).as(key).hasSizeBetween(3, 40);
                    clocks.add(key.substring("clock.".length()));
                });
        return clocks;
    }

    private static Set<String> onTasks() throws IOException {
        Set<String> clocks = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("bpmn"))) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Matcher task = ON_A_TASK.matcher(Files.readString(file));
                while (task.find()) {
                    Matcher clock = CLOCK.matcher(task.group(1));
                    while (clock.find()) {
                        clocks.add(clock.group(1));
                    }
                }
            }
        }
        assertThat(clocks).hasSizeGreaterThan(30);
        return clocks;
    }

    /** The clocks that tasks name themselves; where that is a variable, it is no row. */
    private static Set<String> named() throws IOException {
        Set<String> clocks = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("bpmn"))) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Matcher property = NAMED.matcher(Files.readString(file));
                while (property.find()) {
                    clocks.add(property.group(1));
                }
            }
        }
        clocks.retainAll(inTheMatrix());
        assertThat(clocks).hasSizeGreaterThan(5);
        return clocks;
    }

    private static Set<String> inTheMatrix() throws IOException {
        Set<String> clocks = new TreeSet<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("dmn/shared/deadline-matrix.dmn")));
        while (row.find()) {
            clocks.add(row.group(1));
        }
        return clocks;
    }
}
