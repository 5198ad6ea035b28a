package org.redress.oversight;

import static org.redress.engine.Markup.all;
import static org.redress.engine.Markup.element;
import static org.redress.engine.Markup.nothing;
import static org.redress.engine.Markup.text;
import static org.redress.engine.Markup.with;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.redress.engine.CaseReads;
import org.redress.engine.Markup;
import org.redress.engine.Markup.Piece;
import org.redress.engine.Parties;
import org.redress.engine.Roles;
import org.redress.oversight.CaseGlance.Answer;
import org.redress.oversight.CaseGlance.Happened;
import org.redress.oversight.CaseGlance.Step;
import org.redress.oversight.CaseGlance.Waiting;
import org.redress.vault.Erasures;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * {@code GET /cases/{caseNumber}}: the case at a glance, linked from every form, for whoever is signed in to the web apps. The
 * engine's community edition shows no history to people who work; this page does. A case where somebody has no business is
 * not found (404); who opens one is on its audit trail.
 */
@RestController
class CasePage {

    private static final String HTML = "text/html;charset=UTF-8";
    private static final String TASKLIST = "/camunda/app/tasklist/default/";

    private final CaseGlances glances;
    private final CaseReads reads;
    private final Parties parties;
    private final Days days;
    private final Markup markup;

    CasePage(CaseGlances glances, CaseReads reads, Parties parties, Days days, Markup markup) {
        this.glances = glances;
        this.reads = reads;
        this.parties = parties;
        this.days = days;
        this.markup = markup;
    }

    @GetMapping(path = "/cases/{caseNumber}", produces = HTML)
    ResponseEntity<String> show(@PathVariable String caseNumber, Authentication who) {
        Set<String> groups = who.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        return glances.of(caseNumber, groups)
                .map(glance -> {
                    reads.note(glance.caseNumber(), who.getName(), CaseReads.What.PAGE);
                    return page(glance, groups);
                })
                .orElseThrow(() -> new ResponseStatusException(org.springframework.http.HttpStatus.NOT_FOUND));
    }

    @ExceptionHandler
    ResponseEntity<String> notFound(ResponseStatusException failure) {
        String title = markup.word("case.title-plain");
        return ResponseEntity.status(failure.getStatusCode())
                .contentType(MediaType.parseMediaType(HTML))
                .body(Markup.page(title, element("h1", title), element("p", markup.word("case.not-found"))));
    }

    private ResponseEntity<String> page(CaseGlance glance, Set<String> groups) {
        String title = markup.word("case.title", glance.caseNumber());
        Names names = new Names(parties.names());
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(HTML))
                .body(Markup.page(
                        title,
                        element("h1", title),
                        element("p", element("strong", state(glance)), text(" " + received(glance))),
                        glance.suspended() ? element("p", element("strong", markup.word("case.suspended"))) : nothing(),
                        remote(glance),
                        extensions(glance),
                        steps(glance.steps()),
                        element("h2", markup.word("case.waiting")),
                        waiting(glance, names),
                        people(glance.people()),
                        element("h2", markup.word("case.happened")),
                        happened(glance, names),
                        glance.happened().stream().anyMatch(Happened::toTheHour)
                                ? element("p", markup.word("case.times"))
                                : nothing(),
                        element("p", markup.word(seen(glance))),
                        element(
                                "p",
                                files(glance, groups),
                                holds(glance, groups),
                                element("a href=?", with(TASKLIST), text(markup.word("case.tasklist"))),
                                text(" · "),
                                element("a href=?", with("/my/finished"), text(markup.word("finished.title"))),
                                text(" · "),
                                element("a href=?", with("/my/letters"), text(markup.word("letters.title"))))));
    }

    /** Who only oversees has no files to look at. */
    private Piece files(CaseGlance glance, Set<String> groups) {
        return groups.stream()
                        .allMatch(group ->
                                group.equals(Roles.OVERSEER) || !Roles.all().contains(group))
                ? nothing()
                : element(
                        "span",
                        element("a href=?", with("/files/" + glance.caseNumber()), text(markup.word("case.files"))),
                        text(" · "));
    }

    private Piece holds(CaseGlance glance, Set<String> groups) {
        return Erasures.areOfAnOfficer(groups)
                ? element(
                        "span",
                        element("a href=?", with("/holds/" + glance.caseNumber()), text(markup.word("holds.link"))),
                        text(" · "))
                : nothing();
    }

    private String state(CaseGlance glance) {
        return spoken("case.state.", glance.state());
    }

    private String received(CaseGlance glance) {
        Instant at = glance.receivedAt();
        String received = markup.word("case.received", glance.toTheHour() ? days.moment(at) : days.day(at));
        return received
                + (glance.urgent() ? " " + markup.word("case.urgent") : "")
                + (glance.emergency() ? " " + markup.word("case.emergency") : "");
    }

    private Piece remote(CaseGlance glance) {
        return switch (glance.remote()) {
            case "" -> all(List.of());
            case "UNCHECKED" -> element("p", element("strong", markup.word("case.remote")));
            default -> element("p", markup.word("case.remote." + glance.remote()));
        };
    }

    private Piece extensions(CaseGlance glance) {
        List<Piece> lines = new ArrayList<>();
        glance.extensions()
                .forEach((name, until) -> lines.add(element(
                        "p",
                        until.isEmpty()
                                ? markup.word("case.extended." + name)
                                : markup.word("case.extended-until." + name, until))));
        return all(lines);
    }

    private static String seen(CaseGlance glance) {
        if (glance.people() == null) {
            return glance.whole() ? "case.whole-of-members" : "case.part-of-members";
        }
        return glance.whole() ? "case.whole" : "case.part";
    }

    private Piece steps(List<Step> steps) {
        if (steps.isEmpty()) {
            return nothing();
        }
        List<Piece> lines = new ArrayList<>();
        for (Step step : steps) {
            Instant began = step.began();
            Instant ended = step.ended();
            String how;
            String mark;
            if (began == null) {
                how = markup.word("case.step.ahead");
                mark = "ahead";
            } else if (ended == null) {
                how = markup.word("case.step.goes-on", days.day(began));
                mark = "goes-on";
            } else {
                how = markup.word(step.cutShort() ? "case.step.ended" : "case.step.done", days.day(ended));
                mark = "done";
            }
            lines.add(element(
                    "li class=?",
                    with(mark),
                    element("strong", markup.word("case.step." + step.process())),
                    text(" – " + how)));
        }
        return all(element("h2", markup.word("case.steps")), element("ol class=?", with("steps"), all(lines)));
    }

    private Piece waiting(CaseGlance glance, Names names) {
        if (glance.waiting().isEmpty()) {
            return element("p", markup.word(glance.whole() ? "case.waits-not" : "case.waits-not-for-you"));
        }
        List<Piece> rows = new ArrayList<>();
        for (Waiting task : glance.waiting()) {
            Instant due = task.due();
            Instant still = task.pausedUntil();
            rows.add(element(
                    "tr",
                    element("th scope=?", with("row"), text(task.task())),
                    element("td", names.of(task.groups())),
                    element(
                            "td",
                            text(
                                    due != null
                                            ? days.until(due)
                                            : markup.word(task.held() ? "case.clock-held" : "case.no-clock")),
                            task.late() ? late("case.late") : nothing(),
                            still == null
                                    ? nothing()
                                    : all(
                                            element("br"),
                                            element("small", markup.word("case.stands-still", days.day(still)))))));
        }
        return table(List.of("case.column.task", "case.column.who", "case.column.until"), rows);
    }

    private Piece people(CaseGlance.@Nullable People people) {
        return people == null ? nothing() : all(element("h2", markup.word("case.people")), counts(people));
    }

    private Piece counts(CaseGlance.People people) {
        if (people.registered() == 0) {
            return element("p", markup.word("case.people.none"));
        }
        String counts = markup.word("case.people.counts", number(people.registered()), number(people.open()));
        return all(
                element(
                        "p",
                        people.tasks() < 0 ? counts : counts + " " + markup.word("case.people.tasks", people.tasks())),
                help(people));
    }

    /** Why nobody is referred to a service yet, in the words of the case; what one person wants is not told. */
    private Piece help(CaseGlance.People people) {
        if (people.helpWaitsFor().isEmpty()) {
            return nothing();
        }
        String waits = markup.word("case.help." + people.helpWaitsFor());
        boolean coordinates = people.ownAgreed() >= 0;
        return all(
                element("p", waits),
                coordinates ? element("p", markup.word("case.help.consent")) : nothing(),
                people.ownAgreed() > 0 ? element("p", markup.word("case.help.agreed", people.ownAgreed())) : nothing());
    }

    private String number(int number) {
        return number < 0 ? markup.word("case.few") : String.valueOf(number);
    }

    private Piece happened(CaseGlance glance, Names names) {
        if (glance.happened().isEmpty()) {
            return element("p", markup.word("case.nothing-yet"));
        }
        List<Piece> rows = new ArrayList<>();
        for (Happened line : glance.happened()) {
            rows.add(element(
                    "tr",
                    element(
                            "td class=?",
                            with("day"),
                            text(line.toTheHour() ? days.dayInUtc(line.at()) : days.day(line.at())),
                            line.toTheHour() ? all(element("br"), element("small", days.time(line.at()))) : nothing()),
                    element("td", what(line)),
                    element("td", of(line, names))));
        }
        return table(List.of("case.column.day", "case.column.what", "case.column.who"), rows);
    }

    private Piece what(Happened line) {
        return switch (line.kind()) {
            case "DECISION" ->
                all(text(asked(line) + " " + outcome(line)), element("br"), element("small", basis(line)));
            case "LETTER" -> text(markup.word("case.letter", letter(line)));
            case "HELD" ->
                text(markup.word(
                        "case.held." + line.what() + "." + line.outcome().get(0)));
            case "SUSPENDED" ->
                text(markup.word("case.suspended." + line.outcome().get(0), line.what()));
            case "MOVE" ->
                text(markup.word(
                        "case.moved." + line.outcome().get(0),
                        spoken("clock.", line.what()),
                        line.outcome().get(1),
                        spoken("case.reason.", line.outcome().get(2)),
                        line.outcome().get(3)));
            default -> all(text(line.what()), line.late() ? late("case.was-late") : nothing(), answers(line.answers()));
        };
    }

    /** By what it is about; where a text says less than its event, by the text. */
    private String letter(Happened line) {
        String text = line.outcome().get(0);
        String found = markup.word("case.letter.text." + text);
        return found.equals(text) ? spoken("case.letter.event.", line.what()) : found;
    }

    private Piece answers(List<Answer> answers) {
        List<Piece> lines = new ArrayList<>();
        for (Answer answer : answers) {
            String words = answer.words().isEmpty() ? markup.word("case.answer." + answer.value()) : answer.words();
            if (!answer.words().isEmpty() || !words.equals(answer.value())) {
                lines.add(all(element("br"), element("small", text(answer.question() + " "), element("em", words))));
            }
        }
        return all(lines);
    }

    private String asked(Happened line) {
        String asked = spoken("case.decision.", line.what());
        return asked.endsWith("?") ? asked : asked + ":";
    }

    private Piece of(Happened line, Names names) {
        return text(
                switch (line.kind()) {
                    case "DECISION" -> byTable(line.what());
                    case "MOVE" -> line.groups().isEmpty() ? markup.word("case.by-itself") : names.of(line.groups());
                    case "LETTER" -> markup.word("case.to", names.of(line.groups()));
                    default -> names.of(line.groups());
                });
    }

    /** Which rules decided. */
    private String byTable(String decision) {
        String key = "case.by-table." + decision;
        String found = markup.word(key);
        return found.equals(decision) ? markup.word("case.by-table") : found;
    }

    private String outcome(Happened line) {
        if (line.outcome().isEmpty()) {
            return markup.word("case.outcome-plain");
        }
        return line.outcome().stream()
                .map(each -> {
                    int dot = each.indexOf('.');
                    String name = each.substring(0, dot);
                    String whole = markup.word("case.outcome." + each);
                    if (!whole.equals(each.substring(each.lastIndexOf('.') + 1))) {
                        return whole;
                    }
                    String value = spoken("case.outcome.", each.substring(dot + 1));
                    return name.equals("outcome") || name.equals("defect") || name.equals("urgency")
                            ? value
                            : spoken("case.output.", name) + " " + value;
                })
                .collect(Collectors.joining(", "));
    }

    private String basis(Happened line) {
        String basis = line.basis().isEmpty()
                ? markup.word("case.basis")
                : line.basis().stream().map(each -> spoken("case.basis.", each)).collect(Collectors.joining(", "));
        return line.rules().isEmpty() ? basis : basis + " (" + String.join(", ", line.rules()) + ")";
    }

    private Piece late(String word) {
        return all(text(" "), element("strong class=?", with("late"), text(markup.word(word))));
    }

    private Piece table(List<String> heads, List<Piece> rows) {
        List<Piece> columns = new ArrayList<>();
        heads.forEach(head -> columns.add(element("th scope=?", with("col"), text(markup.word(head)))));
        return element("table", element("thead", element("tr", all(columns))), element("tbody", all(rows)));
    }

    /** The words that somebody wrote for it, or the word itself made readable. */
    private String spoken(String prefix, String word) {
        String found = markup.word(prefix + word);
        return found.equals(word) ? plain(word) : found;
    }

    private static String plain(String word) {
        String words = word.equals(word.toUpperCase(Locale.ROOT)) ? word.toLowerCase(Locale.ROOT) : word;
        return words.replaceAll("([a-z])([A-Z])", "$1 $2").replace('_', ' ').replace('-', ' ');
    }

    /** Groups in words: the role, and the organisation where it is for one. */
    private final class Names {

        private final Map<String, String> organisations;

        private Names(Map<String, String> organisations) {
            this.organisations = organisations;
        }

        String of(Collection<String> groups) {
            Set<String> names = new TreeSet<>();
            for (String group : groups) {
                int dot = group.indexOf('.');
                String role = spoken("case.role.", dot < 0 ? group : group.substring(0, dot));
                String id = group.substring(dot + 1);
                names.add(dot < 0 ? role : of(role, organisations.getOrDefault(id, id)));
            }
            return names.isEmpty() ? markup.word("case.nobody") : String.join(", ", names);
        }

        /** Without brackets around a name that has its own. */
        private static String of(String role, String organisation) {
            return organisation.contains("(") ? role + ": " + organisation : role + " (" + organisation + ")";
        }
    }
}
