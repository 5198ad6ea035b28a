package org.redress.engine;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.spring.boot.starter.configuration.impl.DefaultDeploymentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * Which models a node brings live as it starts: those of the product, and over them those of the folder {@code redress.models},
 * where there is one. A file of the folder takes the place of the product's file of the same path ({@code dmn/remedy/urgency.dmn})
 * or comes beside them. All of them are one deployment, since a process, its forms and its decisions belong together; a running
 * case keeps the deployment that it began with.
 */
@Component
class ModelsFolder extends DefaultDeploymentConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(ModelsFolder.class);
    private static final Pattern PATH =
            Pattern.compile("(?:^|.*/)((?:bpmn|dmn|forms)/(?:[^/]+/)*[^/]+\\.(?:bpmn|dmn|form))$");

    /** How many faults one message names: who mends these finds the rest by the next start. */
    private static final int MOST_TOLD = 20;

    private final String folder;

    ModelsFolder(@Value("${redress.models:}") String folder) {
        this.folder = folder.strip();
    }

    /**
     * Every file under its bare name, which the engine shows to whoever asks for a definition: from a folder it would take
     * the path on this machine, from the jar it takes the bare name anyway.
     *
     * @throws BadModels if the folder is not there, or holds no model or something else, or a model of it is faulty
     */
    @Override
    public Set<Resource> getDeploymentResources() {
        Set<Resource> ofTheProduct = new LinkedHashSet<>();
        Map<String, Resource> sources = new LinkedHashMap<>();
        for (Resource resource : super.getDeploymentResources()) {
            Model model = new Model(bytes(resource), String.valueOf(resource.getFilename()));
            ofTheProduct.add(model);
            sources.put(path(uri(resource)), model);
        }
        if (folder.isEmpty()) {
            return ofTheProduct;
        }
        Map<String, Resource> all = sources;
        List<String> brought = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        ModelCheck check = new ModelCheck();
        for (Path file : files()) {
            String path = path(Path.of(folder).relativize(file).toString().replace('\\', '/'));
            byte[] content = bytes(file);
            faults.addAll(check.faults(path, content));
            all.put(path, new Model(content, file.getFileName().toString()));
            brought.add(path);
        }
        if (!faults.isEmpty()) {
            throw new BadModels("The models of the folder " + folder + " cannot go live:" + System.lineSeparator()
                    + String.join(System.lineSeparator(), faults.subList(0, Math.min(MOST_TOLD, faults.size()))));
        }
        LOG.info("Models of the folder {} come live over those of the product: {}", folder, brought);
        return new LinkedHashSet<>(all.values());
    }

    private List<Path> files() {
        Path root = Path.of(folder);
        if (!Files.isDirectory(root)) {
            throw new BadModels("redress.models names the folder " + folder + ", which is not there");
        }
        try (Stream<Path> found = Files.walk(root)) {
            List<Path> files = found.filter(Files::isRegularFile)
                    // A folder that an orchestrator mounts has hidden ones beside what is meant.
                    .filter(file -> !root.relativize(file).toString().startsWith("."))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new BadModels("redress.models names the folder " + folder + ", which holds no model");
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String path(String name) {
        Matcher path = PATH.matcher(name);
        if (!path.matches()) {
            throw new BadModels(
                    "No model: " + name + ". Below bpmn, dmn and forms stand files that end in .bpmn, .dmn and .form");
        }
        return path.group(1);
    }

    private static String uri(Resource resource) {
        try {
            return resource.getURI().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Resource resource) {
        try {
            return resource.getContentAsByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The engine takes the description of such a resource for its name. */
    private static final class Model extends ByteArrayResource {

        private final String name;

        private Model(byte[] content, String name) {
            super(content);
            this.name = name;
        }

        @Override
        public String getDescription() {
            return name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public boolean equals(@org.jspecify.annotations.Nullable Object other) {
            return super.equals(other) && other instanceof Model model && name.equals(model.name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }
}
