package org.redress.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** For each exception of the guideline a line in docs/exceptions.md, and tests that bear its name (remedy.md A.8, E01 to E24). */
class ExceptionsAreWalkedTest {

    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern LINE = Pattern.compile("(?m)^\\| (E\\d\\d) \\| ([^|]+) \\| [^|]+ \\| ([^|]*) \\|$");
    private static final Pattern NAMED = Pattern.compile("`(\\w*)(?:#(\\w+))?`");
    private static final String FIRST = "VerifyAllegationTest#anAnonymousLineThatNobodyAddsToIsNotCredible";

    @Test
    void everyExceptionIsWalkedByTestsThatBearItsName() {
        assertThat(faults(table())).isEmpty();
    }

    @Test
    void anExceptionThatNobodyWalksIsNamed() {
        assertThat(faults(table().replaceAll("(?m)^\\| E07 .*$", ""))).containsExactly("E07: has no line");
        assertThat(faults(table().replace("`" + FIRST + "`", ""))).containsExactly("E01: names no test");
        assertThat(faults(table().replace(FIRST, "VerifyAllegationTest")))
                .containsExactly("E01: names no method of VerifyAllegationTest");
        assertThat(faults(table().replace(FIRST, "FalsifyAllegationTest#nothing")))
                .containsExactly("E01: there is no test FalsifyAllegationTest");
        for (String other : List.of("nothing", "aJudgementAgainstTheRuleNeedsAReason")) {
            assertThat(faults(table().replace(FIRST, "VerifyAllegationTest#" + other)))
                    .containsExactly(
                            "E01: no test VerifyAllegationTest#" + other + " is called \"E01 Not credible: …\"");
        }
        assertThat(faults(table().replace("| E01 | not credible |", "| E01 | doubtful |")))
                .containsExactly("E01: no test " + FIRST + " is called \"E01 Doubtful: …\"");
    }

    /** What the table of exceptions leaves out, or names and is not there. */
    private static List<String> faults(String table) {
        Map<String, List<String>> faults = new TreeMap<>();
        IntStream.rangeClosed(1, 24)
                .mapToObj("E%02d"::formatted)
                .forEach(number -> faults.put(number, List.of("has no line")));
        Matcher line = LINE.matcher(table);
        while (line.find()) {
            faults.put(line.group(1), faultsOf(line.group(1) + " " + capitalised(line.group(2)) + ": ", line.group(3)));
        }
        return faults.entrySet().stream()
                .flatMap(each -> each.getValue().stream().map(fault -> each.getKey() + ": " + fault))
                .toList();
    }

    private static List<String> faultsOf(String name, String tests) {
        List<String> faults = new ArrayList<>();
        String type = "";
        Matcher named = NAMED.matcher(tests);
        while (named.find()) {
            type = named.group(1).isEmpty() ? type : named.group(1);
            Optional<Class<?>> test = test(type);
            String method = named.group(2);
            if (test.isEmpty()) {
                faults.add("there is no test " + type);
            } else if (method == null) {
                faults.add("names no method of " + type);
            } else if (!isCalled(test.get(), method, name)) {
                faults.add("no test " + type + "#" + method + " is called \"" + name + "…\"");
            }
        }
        return type.isEmpty() ? List.of("names no test") : faults;
    }

    private static boolean isCalled(Class<?> test, String method, String name) {
        return Arrays.stream(test.getDeclaredMethods())
                .filter(each -> each.getName().equals(method) && AnnotationSupport.isAnnotated(each, Testable.class))
                .flatMap(each -> AnnotationSupport.findAnnotation(each, DisplayName.class).stream())
                .anyMatch(display -> display.value().startsWith(name));
    }

    private static Optional<Class<?>> test(String name) {
        try (Stream<Path> files = Files.walk(TESTS)) {
            Optional<Path> file =
                    files.filter(each -> each.endsWith(name + ".java")).findFirst();
            if (file.isEmpty()) {
                return Optional.empty();
            }
            String path = TESTS.relativize(file.get()).toString().replace('\\', '/');
            ClassLoader loader = ExceptionsAreWalkedTest.class.getClassLoader();
            return Optional.of(Class.forName(path.replace(".java", "").replace('/', '.'), false, loader));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String table() {
        try {
            return Files.readString(Path.of("docs/exceptions.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String capitalised(String title) {
        return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
    }
}
