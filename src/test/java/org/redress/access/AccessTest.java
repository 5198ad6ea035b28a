package org.redress.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.redress.PartnerCalls;
import org.redress.ProcessTest;
import org.redress.engine.Roles;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Walks every route for every role, for another organisation of the same role, for somebody without a role and for nobody,
 * and compares with {@code docs/access/routes.csv}. A right that changes is a line that changes there, and a route that is
 * new is missing there. {@code mvn test -Dtest=AccessTest -Dredress.access.write=true} writes the table anew. Runs before all
 * others: lists answer as the table says while there is one of everything, and not the history of a thousand tests.
 */
@Order(1)
@SuppressWarnings("NullAway.Init")
class AccessTest extends ProcessTest {

    /** The house has no such form, page or policy: 404 for everybody. */
    private static final List<String> NOT_DECIDED = List.of(
            "GET /actuator/health/**",
            "GET /camunda/api/cockpit/plugin/base/static/{file}",
            "GET /engine-rest/process-definition/key/{key}/rendered-form",
            "GET /engine-rest/process-definition/{id}/rendered-form",
            "GET /engine-rest/task/{id}/rendered-form");

    /** What anybody may count: of models, filters and accounts, each only what they may read; of cases nothing. */
    private static final Set<String> COUNTED_FOR_ALL = Set.of(
            "/engine-rest/filter/count",
            "/engine-rest/group/count",
            "/engine-rest/process-definition/count",
            "/engine-rest/user/count");

    private static final String ANOTHERS = "another's";
    private static final String OF_NO_CASE = "of no case";

    /** Cases of each kind, and the fact that is the number of one. */
    private static final Map<String, String> CASES =
            new TreeMap<>(Map.of("remedy case", "caseNumber", "application", "applications", "concern", "concerns"));

    /**
     * A kind of file, in the kind of case that has it, added by somebody who may.
     *
     * @param of a key of {@link #CASES}
     * @param by id of the account
     */
    private record Paper(String of, String by) {}

    /** Every kind of file that {@code redress.vault.files.kinds} knows. */
    private static final Map<String, Paper> PAPERS = new TreeMap<>(Map.of(
            "evidence", new Paper("remedy case", "downstream"),
            "investigation", new Paper("remedy case", "audit-programme"),
            "smelter-evidence", new Paper("remedy case", "smelter"),
            "due-diligence", new Paper("remedy case", "smelter"),
            "remedy-report", new Paper("remedy case", "facilitator"),
            "survivor-papers", new Paper("remedy case", "vsc"),
            "service-papers", new Paper("remedy case", "provider"),
            "application", new Paper("application", "secretariat"),
            "membership-report", new Paper("application", "member"),
            "concern", new Paper("concern", "member")));

    /** Of each kind of visitor one, where the same resources are reached by another address. */
    private static final Set<String> SAMPLE = Set.of("smelter elsewhere", "overseer", "camunda-admin", "nobody");

    /** Who opens no web app, and so reads nothing behind their sign-in. */
    private static final Set<String> OUTSIDE_THE_WEB_APPS = Set.of(Roles.PARTNER, "no role");

    private static final String WEB_APPS = "/camunda/api/engine/engine/{name}";

    private static final List<Route> PAGES = List.of(
            new Route("GET", "/"),
            new Route("GET", "/actuator/env"),
            new Route("GET", "/actuator/heapdump"),
            new Route("GET", "/camunda"),
            new Route("GET", "/camunda/app/admin/default/"),
            new Route("GET", "/camunda/app/admin/default/setup/"),
            new Route("GET", "/camunda/app/cockpit/default/"),
            new Route("GET", "/camunda/app/tasklist/default/"),
            new Route("GET", "/camunda/app/welcome/default/"),
            new Route("GET", "/camunda/lib/deps.js"),
            new Route("GET", "/h2-console"),
            new Route("GET", "/redress.css"),
            new Route("GET", "/webjars/camunda/app/tasklist/index.html"));

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private BeanFactory house;

    @Autowired
    private Collection<RequestMappingInfoHandlerMapping> mappings;

    private final Map<Route, Request> requests = new ConcurrentHashMap<>(Request.all());
    private final List<Visitor> visitors = Visitor.all();
    private final Map<String, Session> byPassword = new ConcurrentHashMap<>();
    private final Map<String, Session> inWebApps = new ConcurrentHashMap<>();
    private final Map<String, String> adminGot = new ConcurrentSkipListMap<>();

    private AccessCase data;

    @BeforeEach
    void oneOfEverything() {
        data = new AccessCase(engine, jdbc, house);
        data.make();
        PartnerCalls partner = new PartnerCalls(port);
        for (String kind : List.of("grievances", "applications", "concerns")) {
            HttpResponse<String> filed = partner.file(
                    "partner",
                    "/api/" + kind,
                    AccessCase.fresh(),
                    Objects.requireNonNull(requests.get(new Route("POST", "/api/" + kind)))
                            .body());
            assertThat(filed.statusCode()).as(filed.body()).isEqualTo(201);
            data.put(kind, filed.body().replaceAll(".*\"caseNumber\":\"([^\"]+)\".*", "$1"));
        }
        data.erasureWaits(data.fact("concerns"));
        List.of("applications", "concerns").forEach(kind -> data.party(data.fact(kind), "member"));
        PAPERS.forEach((kind, paper) -> data.put("file " + kind, aFile(kind, paper)));
    }

    /** A file of this kind whose name is a value of the case; its id. */
    private String aFile(String kind, Paper paper) {
        String number = data.fact(Objects.requireNonNull(CASES.get(paper.of())));
        HttpResponse<String> added = Session.byPassword(paper.by(), port)
                .keep(
                        "POST",
                        "/api/cases/" + number + "/files",
                        Request.MULTIPART,
                        Request.multipart(
                                "kind=" + kind + "&person=" + personIn(kind) + "&file=@" + AccessCase.VALUE + ".txt"));
        assertThat(added.statusCode()).as(kind + " " + added.body()).isEqualTo(201);
        return jdbc.sql("select f.id from vault_file f join vault_key k on k.id = f.key_id where k.case_number = ?"
                        + " and f.kind = ? order by f.added_at desc fetch first 1 rows only")
                .params(number, kind)
                .query(String.class)
                .single();
    }

    /** The survivor whom a file of this kind is about; empty for those that are about none. */
    private static String personIn(String kind) {
        return Set.of("survivor-papers", "service-papers").contains(kind) ? AccessCase.SURVIVOR : "";
    }

    @AfterEach
    void nothingIsLeft() {
        data.remove();
    }

    @Test
    void everyRouteAnswersEverybodyAsTheTableSays() throws Exception {
        List<Route> routes = new ArrayList<>(Routes.ofSpring(mappings));
        routes.addAll(PAGES);
        routes.addAll(Routes.ofTheEngine());
        routes.addAll(Routes.ofTheWebApps());
        assertThat(routes).as("requests for routes that are not there").containsAll(requests.keySet());
        long begun = System.nanoTime();
        Map<String, List<Answer>> walked = walk(routes, visitors);
        long seconds = (System.nanoTime() - begun) / 1_000_000_000;
        Files.createDirectories(Path.of("target"));
        Files.write(
                Path.of("target/access-undecided.txt"),
                adminGot.entrySet().stream()
                        .map(entry -> entry.getKey() + "\n    " + entry.getValue())
                        .toList());
        Files.writeString(
                Path.of("target/access-walk.txt"),
                walked.size() + " rows, " + walked.size() * visitors.size() + " requests, " + seconds + " s\n");
        Table.same("routes.csv", lines(walked));
        assertThat(walked)
                .as("nobody gets a server error")
                .allSatisfy((row, answers) -> assertThat(answers).as(row).doesNotContain(Answer.FAULT));
        assertThat(walked.entrySet().stream()
                        .filter(row -> !isDecided(row.getValue()))
                        .filter(row -> !row.getKey().endsWith(ANOTHERS))
                        .map(row -> row.getKey().split(",", -1)[1] + " "
                                + row.getKey().split(",", -1)[0]))
                .as(
                        "routes on which nobody gets what they ask for, though nobody is refused either: they prove nothing")
                .containsExactlyInAnyOrderElementsOf(NOT_DECIDED);
        assertThat(walked.entrySet().stream()
                        .filter(row -> row.getKey().matches("[^,]*(statistics|report|count)\\b[^,]*,(GET|POST),"))
                        .filter(row -> visitors.stream()
                                .filter(Visitor::isElsewhere)
                                .anyMatch(visitor -> row.getValue().get(visitors.indexOf(visitor)) == Answer.YES))
                        .map(row -> row.getKey().split(",", -1)[0])
                        .collect(Collectors.toSet()))
                .as("routes that count something for a company that is party to nothing")
                .containsExactlyInAnyOrderElementsOf(COUNTED_FOR_ALL);
        theSameElsewhere(walked);
    }

    /** The same resources once more: for an engine with a name, and behind the web apps' own sign-in. */
    private void theSameElsewhere(Map<String, List<Answer>> walked) throws Exception {
        List<Visitor> sample = visitors.stream()
                .filter(visitor -> SAMPLE.contains(visitor.name()))
                .toList();
        SoftAssertions all = new SoftAssertions();
        for (String door : List.of("/engine-rest/engine/{name}", WEB_APPS)) {
            Map<Route, Route> routes = Routes.ofTheEngine().stream()
                    .filter(route -> !route.path().endsWith("application.wadl")
                            && !route.path().endsWith("/engine"))
                    .collect(Collectors.toMap(
                            route -> new Route(route.method(), route.path().replaceFirst("/engine-rest", door)),
                            route -> route));
            routes.forEach((there, here) -> {
                if (requests.containsKey(here)) {
                    requests.put(there, Objects.requireNonNull(requests.get(here)));
                }
            });
            compare(walk(routes.keySet(), sample), sample, door, walked, all);
        }
        // What a person of each role reads behind the web apps' own sign-in, which tells groups in its own way.
        List<Visitor> outside = visitors.stream()
                .filter(visitor -> OUTSIDE_THE_WEB_APPS.contains(visitor.name()))
                .toList();
        List<Visitor> others = visitors.stream()
                .filter(visitor -> !sample.contains(visitor) && !outside.contains(visitor))
                .toList();
        Set<Route> reads = Routes.ofTheEngine().stream()
                .filter(route -> route.method().equals("GET"))
                .filter(route -> !route.path().endsWith("application.wadl")
                        && !route.path().endsWith("/engine"))
                .map(route -> new Route(route.method(), route.path().replaceFirst("/engine-rest", WEB_APPS)))
                .collect(Collectors.toSet());
        assertThat(reads).hasSizeGreaterThan(100);
        compare(walk(reads, others), others, WEB_APPS, walked, all);
        walk(reads, outside).forEach((row, answers) -> all.assertThat(answers)
                .as(row)
                .hasSize(OUTSIDE_THE_WEB_APPS.size())
                .doesNotContainAnyElementsOf(Answer.ALLOWED));
        all.assertAll();
    }

    private void compare(
            Map<String, List<Answer>> answered,
            List<Visitor> who,
            String door,
            Map<String, List<Answer>> walked,
            SoftAssertions all) {
        answered.forEach((row, answers) -> {
            List<Answer> expected =
                    Objects.requireNonNull(walked.get(row.replaceFirst(Pattern.quote(door), "/engine-rest")));
            List<Answer> ofThem = who.stream()
                    .map(visitor -> expected.get(visitors.indexOf(visitor)))
                    .toList();
            all.assertThat(answers)
                    .as(row)
                    .usingElementComparator(AccessTest::alike)
                    .isEqualTo(ofThem);
        });
    }

    /** The web apps answer some bad requests as the engine does that is shipped: what counts is who is let in. */
    private static int alike(Answer one, Answer other) {
        if (Answer.ALLOWED.contains(one) || Answer.ALLOWED.contains(other)) {
            return one == other ? 0 : 1;
        }
        return 0;
    }

    /** Somebody gets what they ask for, or even the administrator is told that nobody may. */
    private boolean isDecided(List<Answer> answers) {
        return answers.stream().anyMatch(Answer.ALLOWED::contains) || answers.get(administrator()) == Answer.NO;
    }

    private int administrator() {
        return visitors.stream().map(Visitor::name).toList().indexOf(Roles.ADMINISTRATOR);
    }

    @Test
    void whatRolesMayDoAtAllIsAsTheTableSays() {
        List<String> lines = new ArrayList<>();
        lines.add("right,to,roles");
        for (String app : List.of("admin", "cockpit", "tasklist")) {
            lines.add(right("opens the web app", app, Permissions.ACCESS, Resources.APPLICATION));
        }
        Resources definition = Resources.PROCESS_DEFINITION;
        for (String process : keys(repositoryService.createProcessDefinitionQuery().latestVersion().list().stream()
                .map(ProcessDefinition::getKey))) {
            lines.add(right("starts", process, ProcessDefinitionPermissions.CREATE_INSTANCE, definition));
            lines.add(right("works on tasks of", process, ProcessDefinitionPermissions.TASK_WORK, definition));
            lines.add(right("reads cases of", process, ProcessDefinitionPermissions.READ_INSTANCE, definition));
            lines.add(right(
                    "reads variables of", process, ProcessDefinitionPermissions.READ_INSTANCE_VARIABLE, definition));
            lines.add(right("reads the history of", process, ProcessDefinitionPermissions.READ_HISTORY, definition));
        }
        for (String decision : keys(repositoryService.createDecisionDefinitionQuery().latestVersion().list().stream()
                .map(DecisionDefinition::getKey))) {
            lines.add(right("evaluates", decision, Permissions.CREATE_INSTANCE, Resources.DECISION_DEFINITION));
        }
        Collections.sort(lines.subList(1, lines.size()));
        Table.same("rights.csv", lines);
    }

    private static List<String> keys(Stream<String> definitions) {
        return definitions.filter(key -> !key.startsWith("access-")).sorted().toList();
    }

    private String right(String what, String to, Permission permission, Resource resource) {
        return what + "," + to + ","
                + Roles.all().stream()
                        .filter(role -> engine.getAuthorizationService()
                                .isUserAuthorized("somebody-of-this-role", List.of(role), permission, resource, to))
                        .collect(Collectors.joining(" "));
    }

    private Map<String, List<Answer>> walk(Collection<Route> routes, List<Visitor> who) throws Exception {
        Map<String, List<Answer>> walked = new ConcurrentSkipListMap<>();
        // Changes come one after the other: two that are taken back at the same time wait for each other.
        ExecutorService changes = Executors.newSingleThreadExecutor();
        ExecutorService reads = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (Route route : new TreeSet<>(routes)) {
                for (String whose : whose(route)) {
                    all.add((route.changes() ? changes : reads)
                            .submit(() -> walked.put(key(route, whose), answers(route, whose, who))));
                }
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } finally {
            changes.shutdownNow();
            reads.shutdownNow();
        }
        return walked;
    }

    private List<Answer> answers(Route route, String whose, List<Visitor> who) {
        List<Answer> answers = new ArrayList<>();
        for (Visitor visitor : who) {
            HttpResponse<String> response = ask(route, visitor, whose);
            answers.add(Answer.of(response));
            if (response.statusCode() >= 500
                    || (visitor.name().equals("camunda-admin") && response.statusCode() >= 400)) {
                adminGot.putIfAbsent(
                        key(route, whose) + " " + visitor.name(),
                        response.statusCode() + " " + response.body().replaceAll("\\s+", " "));
            }
        }
        return answers;
    }

    private HttpResponse<String> ask(Route route, Visitor visitor, String whose) {
        Request request = requests.getOrDefault(route, Request.plain(route));
        Function<String, String> fact = word -> data.fact(meant(route, whose, word), visitor, !whose.equals(ANOTHERS));
        String path = path(route, request, fact);
        String query = Request.filled(request.query(), fact::apply);
        String body = Request.filled(request.body(), word -> switch (word) {
            case "kind" -> whose;
            case "person" -> personIn(whose);
            default -> fact.apply(word);
        });
        return session(route, visitor)
                .send(route.method(), query.isEmpty() ? path : path + "?" + query, request.type(), body);
    }

    /** The fact that stands for a word where there is one of several kinds. */
    private static String meant(Route route, String whose, String word) {
        if (whose.equals(OF_NO_CASE) && word.matches("job|failedJob")) {
            return "batchJob";
        }
        if (route.path().contains("/user/{id}") && whose.equals("own") && word.equals("user")) {
            return "me";
        }
        if (!isOfFiles(route)) {
            return word;
        }
        boolean one = PAPERS.containsKey(whose) && !isAShelf(route);
        return switch (word) {
            case "caseNumber" ->
                Objects.requireNonNull(CASES.get(
                        one ? Objects.requireNonNull(PAPERS.get(whose)).of() : whose));
            case "files" -> "file " + whose;
            default -> word;
        };
    }

    private static boolean isOfFiles(Route route) {
        return route.path().startsWith("/files/") || route.path().startsWith("/api/cases/{caseNumber}/files");
    }

    /** The list of what is there, for which no file is named. */
    private static boolean isAShelf(Route route) {
        return isOfFiles(route) && route.method().equals("GET") && !route.path().endsWith("/{id}");
    }

    private Session session(Route route, Visitor visitor) {
        if (!route.path().startsWith("/camunda") && !isAPageOfOurs(route)) {
            return byPassword.computeIfAbsent(visitor.name(), name -> Session.byPassword(visitor, port));
        }
        if (route.path().contains("/auth/user/")) {
            // Signing in and out ends the session that the others need.
            return Session.inAWebApp(visitor, port);
        }
        return inWebApps.computeIfAbsent(visitor.name(), name -> Session.inAWebApp(visitor, port));
    }

    /** Reached from a form in Tasklist, in the session that is open there. */
    private static boolean isAPageOfOurs(Route route) {
        return Stream.of("/files/", "/break-glass/", "/holds/", "/cases/", "/my/")
                .anyMatch(route.path()::startsWith);
    }

    /** Own tasks, letters and account, and those of another; for files the kind, or the kind of case. */
    private static List<String> whose(Route route) {
        if (isOfFiles(route)) {
            return List.copyOf(isAShelf(route) ? CASES.keySet() : PAPERS.keySet());
        }
        boolean ofATask = route.path().contains("/task/{id}") && !route.path().contains("/history/");
        if (ofATask || route.path().startsWith("/api/letters/{") || route.path().startsWith("/my/letters/{")) {
            return List.of("own", ANOTHERS);
        }
        if (route.path().endsWith("/user/{id}") && route.method().equals("DELETE")) {
            return List.of("own", ANOTHERS);
        }
        boolean ofAnyJob = route.path().contains("/job/{id}")
                && !route.path().contains("/history/")
                // Only a timer has a due date to count again.
                && !route.path().endsWith("/recalculate");
        return ofAnyJob ? List.of("of a case", OF_NO_CASE) : List.of("");
    }

    private String path(Route route, Request request, Function<String, String> fact) {
        String[] parts = route.path().split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].equals("**")) {
                parts[i] = "db";
            } else if (parts[i].startsWith("{")) {
                String name = parts[i].substring(1, parts[i].length() - 1);
                String word = request.named().getOrDefault(name, word(route, name, i > 0 ? parts[i - 1] : ""));
                parts[i] = data.knows(word) || isOfARole(word) || word.equals("files") ? fact.apply(word) : word;
            }
        }
        return String.join("/", parts);
    }

    private static boolean isOfARole(String word) {
        return Set.of("task", "taskComment", "attachment", "letter").contains(word);
    }

    /** The fact that a part of a path is filled with. */
    private static String word(Route route, String name, String before) {
        boolean history = route.path().contains("/history/");
        return switch (name) {
            case "id" ->
                switch (before) {
                    case "process-instance" -> history ? "finishedInstance" : "processInstance";
                    case "variable-instance" -> history ? "historicVariable" : "variable";
                    case "decision-requirements-definition" -> "requirements";
                    case "organisations" -> "organisation";
                    case "letters" -> "letter";
                    default -> camel(before);
                };
            case "key" ->
                switch (before(route.path(), "/key/")) {
                    case "decision-definition" -> "deadline-matrix";
                    case "decision-requirements-definition" -> "definitions_response-level";
                    default -> "remedy-case";
                };
            case "commentId" -> "taskComment";
            case "attachmentId" -> "attachment";
            case "appName" -> "tasklist";
            case "file" -> "app/plugin.js";
            case "caseNumber" ->
                Set.of("grievances", "applications", "concerns").contains(before) ? before : "caseNumber";
            default -> name;
        };
    }

    private static String before(String path, String part) {
        String head = path.substring(0, Math.max(0, path.indexOf(part)));
        return head.substring(head.lastIndexOf('/') + 1);
    }

    private static String camel(String words) {
        String[] parts = words.split("-", -1);
        StringBuilder all = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            all.append(Character.toUpperCase(parts[i].charAt(0))).append(parts[i].substring(1));
        }
        return all.toString();
    }

    private static String key(Route route, String whose) {
        return route.path() + "," + route.method() + "," + whose;
    }

    private List<String> lines(Map<String, List<Answer>> walked) {
        List<String> lines = new ArrayList<>();
        lines.add("route,method,whose," + visitors.stream().map(Visitor::name).collect(Collectors.joining(",")));
        new TreeMap<>(walked)
                .forEach((row, answers) ->
                        lines.add(row + "," + answers.stream().map(Answer::word).collect(Collectors.joining(","))));
        return lines;
    }
}
