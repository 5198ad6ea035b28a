package org.redress.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.admin.impl.web.AdminApplication;
import org.camunda.bpm.cockpit.impl.web.CockpitApplication;
import org.camunda.bpm.engine.rest.impl.CamundaRestResources;
import org.camunda.bpm.tasklist.impl.web.TasklistApplication;
import org.camunda.bpm.welcome.impl.web.WelcomeApplication;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Every route that there is, found and not written down, so that a new one cannot hide. */
final class Routes {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int DEEPEST = 8;

    private Routes() {}

    /** The engine's REST: what its OpenAPI document lists, and what it forgets. */
    static Set<Route> ofTheEngine() {
        Set<Route> listed = listed();
        Set<Route> known = listed.stream().map(Route::unnamed).collect(Collectors.toSet());
        Set<Route> all = new TreeSet<>(listed);
        scanned("/engine-rest", CamundaRestResources.getResourceClasses()).stream()
                .filter(route -> !route.path().startsWith("/engine-rest/engine/{name}"))
                .filter(route -> !known.contains(route.unnamed()))
                .forEach(all::add);
        // Jersey's own description of itself, which no class names
        all.add(new Route("GET", "/engine-rest/application.wadl"));
        return all;
    }

    /** The same once more for an engine with a name. */
    static Set<Route> ofANamedEngine() {
        return scanned("/engine-rest", CamundaRestResources.getResourceClasses()).stream()
                .filter(route -> route.path().startsWith("/engine-rest/engine/{name}"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the web apps bring beside the engine's REST, which they have once more. */
    static Set<Route> ofTheWebApps() {
        Set<Route> all = new TreeSet<>();
        all.addAll(scanned("/camunda/api/admin", new AdminApplication().getClasses()));
        all.addAll(scanned("/camunda/api/cockpit", new CockpitApplication().getClasses()));
        all.addAll(scanned("/camunda/api/tasklist", new TasklistApplication().getClasses()));
        all.addAll(scanned("/camunda/api/welcome", new WelcomeApplication().getClasses()));
        return all;
    }

    /** Ours, and those of Spring. */
    static Set<Route> ofSpring(Collection<RequestMappingInfoHandlerMapping> mappings) {
        Set<Route> all = new TreeSet<>();
        for (RequestMappingInfoHandlerMapping mapping : mappings) {
            for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
                for (String path : info.getPatternValues()) {
                    Set<String> methods = info.getMethodsCondition().getMethods().stream()
                            .map(Enum::name)
                            .collect(Collectors.toSet());
                    (methods.isEmpty() ? Set.of("GET") : methods).forEach(method -> all.add(new Route(method, path)));
                }
            }
        }
        return all;
    }

    private static Set<Route> listed() {
        Set<Route> all = new TreeSet<>();
        try (InputStream document = Routes.class.getResourceAsStream("/openapi.json")) {
            JsonNode paths = MAPPER.readTree(Objects.requireNonNull(document)).path("paths");
            paths.properties().forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                if (!method.equals("parameters")) {
                    all.add(new Route(method.toUpperCase(java.util.Locale.ROOT), "/engine-rest" + path.getKey()));
                }
            }));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static Set<Route> scanned(String prefix, Collection<Class<?>> resources) {
        Set<Route> all = new TreeSet<>();
        resources.forEach(resource -> Optional.ofNullable(resource.getAnnotation(Path.class))
                .ifPresent(path -> scan(resource, joined(prefix, path.value()), 0, all)));
        return all;
    }

    private static void scan(Class<?> resource, String prefix, int depth, Set<Route> found) {
        if (depth > DEEPEST) {
            throw new IllegalStateException("Resources without end at " + prefix);
        }
        for (Method method : resource.getMethods()) {
            List<Annotation> annotations = annotations(resource, method);
            Optional<String> path = annotations.stream()
                    .filter(Path.class::isInstance)
                    .map(annotation -> ((Path) annotation).value())
                    .findFirst();
            Optional<String> verb = annotations.stream()
                    .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                    .filter(Objects::nonNull)
                    .map(HttpMethod::value)
                    .findFirst();
            String whole = joined(prefix, path.orElse(""));
            if (verb.isPresent()) {
                found.add(new Route(verb.get(), whole));
            } else if (path.isPresent()) {
                scan(method.getReturnType(), whole, depth + 1, found);
            }
        }
    }

    /** Annotations of resources stand on the interface or on the class. */
    private static List<Annotation> annotations(Class<?> resource, Method method) {
        List<Annotation> all = new ArrayList<>();
        List<Class<?>> types = new ArrayList<>();
        for (Class<?> type = resource; type != null; type = type.getSuperclass()) {
            types.add(type);
            types.addAll(List.of(type.getInterfaces()));
        }
        for (Class<?> type : types) {
            for (Method same : type.getMethods()) {
                if (same.getName().equals(method.getName())
                        && Arrays.equals(same.getParameterTypes(), method.getParameterTypes())) {
                    all.addAll(List.of(same.getDeclaredAnnotations()));
                }
            }
        }
        return all;
    }

    private static String joined(String prefix, String path) {
        String plain = path.replaceAll("\\{\\s*([^:}\\s]+)[^}]*}", "{$1}").replaceAll("^/|/$", "");
        return plain.isEmpty() ? prefix : prefix + "/" + plain;
    }
}
