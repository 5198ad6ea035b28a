package org.redress.models;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the Java beside the models offers and says: the beans, and the texts in its sources.
 *
 * @param beans name of each bean to the public methods that a model may call on it
 * @param steps beans that exist only to be named by a model: delegates and listeners
 * @param words texts in the sources and templates of the product, to the file that says them
 * @param testWords texts in the sources of the tests, to the file that says them
 */
record House(
        Map<String, Set<String>> beans, Set<String> steps, Map<String, String> words, Map<String, String> testWords) {

    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    /** A test that draws a process of its own in code names elements of that one. */
    private static final Pattern BUILDS_MODELS = Pattern.compile("Bpmn\\.create(Executable)?Process\\(");

    private static final Pattern WORD = Pattern.compile("([A-Za-z]\\w*)");
    private static final Set<String> STEP_TYPES = Set.of(
            "org.camunda.bpm.engine.delegate.JavaDelegate",
            "org.camunda.bpm.engine.delegate.ExecutionListener",
            "org.camunda.bpm.engine.delegate.TaskListener");

    private static final Map<Path, House> READ = new ConcurrentHashMap<>();

    /** Reads the compiled classes of {@code org.redress} and the sources below {@code root}, once. */
    static House in(Path root) {
        return READ.computeIfAbsent(root, House::read);
    }

    private static House read(Path root) {
        Map<String, Set<String>> beans = new TreeMap<>();
        Set<String> steps = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter().importPath(root.resolve("target/classes"))) {
            beanNames(type).forEach(name -> add(name, type, beans, steps));
            type.getMethods().stream()
                    .filter(method -> method.isAnnotatedWith("org.springframework.context.annotation.Bean"))
                    .forEach(method ->
                            beanNames(method).forEach(name -> add(name, method.getRawReturnType(), beans, steps)));
        }
        Map<String, String> words = texts(root.resolve("src/main/java"), TEXT);
        words.putAll(texts(root.resolve("src/main/resources/templates"), WORD));
        return new House(beans, steps, words, texts(root.resolve("src/test/java"), TEXT));
    }

    private static void add(String name, JavaClass type, Map<String, Set<String>> beans, Set<String> steps) {
        beans.put(
                name,
                type.getAllMethods().stream()
                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC)
                                || method.getOwner().isInterface())
                        .map(JavaMethod::getName)
                        .collect(Collectors.toCollection(TreeSet::new)));
        if (STEP_TYPES.stream().anyMatch(type::isAssignableTo)) {
            steps.add(name);
        }
    }

    private static List<String> beanNames(JavaClass type) {
        if (!type.isMetaAnnotatedWith("org.springframework.stereotype.Component")
                && !type.isAnnotatedWith("org.springframework.stereotype.Component")) {
            return List.of();
        }
        List<String> names = type.getAnnotations().stream()
                .filter(annotation -> annotation.getRawType().getPackageName().startsWith("org.springframework"))
                .flatMap(annotation -> annotation.get("value").stream())
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(name -> !name.isEmpty())
                .toList();
        return names.isEmpty() ? List.of(java.beans.Introspector.decapitalize(type.getSimpleName())) : names;
    }

    private static List<String> beanNames(JavaMethod method) {
        JavaAnnotation<?> bean = method.getAnnotationOfType("org.springframework.context.annotation.Bean");
        List<String> names = new ArrayList<>();
        for (String property : List.of("value", "name")) {
            bean.get(property)
                    .filter(String[].class::isInstance)
                    .map(String[].class::cast)
                    .ifPresent(found -> names.addAll(List.of(found)));
        }
        return names.isEmpty() ? List.of(method.getName()) : names;
    }

    private static Map<String, String> texts(Path folder, Pattern pattern) {
        Map<String, String> found = new LinkedHashMap<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                // The gates and their planted faults speak of models that do not exist.
                if (name.startsWith("org/redress/models/")) {
                    continue;
                }
                String text = Files.readString(file);
                if (BUILDS_MODELS.matcher(text).find()) {
                    continue;
                }
                Matcher matcher = pattern.matcher(text);
                while (matcher.find()) {
                    found.putIfAbsent(matcher.group(1), name);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** The beans that are named by nobody's expression. */
    Set<String> stepsBut(Set<String> named) {
        Set<String> left = new LinkedHashSet<>(steps);
        left.removeAll(named);
        return left;
    }
}
