package org.redress.vault;

import static org.redress.engine.Markup.all;
import static org.redress.engine.Markup.element;
import static org.redress.engine.Markup.nothing;
import static org.redress.engine.Markup.text;
import static org.redress.engine.Markup.with;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.redress.engine.CaseReads;
import org.redress.engine.Markup;
import org.redress.engine.Markup.Piece;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Where officers hold a case, lift the hold, and have records erased, at a browser: what {@link VaultApi} does for programs, by
 * the same {@link ErasureDesk}. A page without script: whoever erases types the number of the case, or the reference of the person.
 */
@RestController
@RequestMapping(path = "/holds/{caseNumber}")
class HoldsPage {

    private static final String HTML = "text/html;charset=UTF-8";
    private static final String PAGE = "/holds/";
    private static final String SET = "set";
    private static final String LIFT = "lift";
    private static final String ERASE_CASE = "erase-case";
    private static final String ERASE_PERSON = "erase-person";
    private static final String CONFIRM = "confirm";

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final ErasureDesk desk;
    private final CaseReads reads;
    private final Markup markup;

    HoldsPage(ErasureDesk desk, CaseReads reads, Markup markup) {
        this.desk = desk;
        this.reads = reads;
        this.markup = markup;
    }

    /**
     * What somebody has sent, so that nobody writes it twice.
     *
     * @param form which; where there are several of it, with its number
     */
    private record Draft(String form, @Nullable String reason, @Nullable String person, boolean force) {

        static final Draft NONE = new Draft("", null, null, false);

        String reasonIn(String asked) {
            return form.equals(asked) && reason != null ? reason : "";
        }

        String personIn(String asked) {
            return form.equals(asked) && person != null ? person : "";
        }

        boolean forceIn(String asked) {
            return form.equals(asked) && force;
        }

        /** Says nothing of the reason: it could end in a log. */
        @Override
        public String toString() {
            return form;
        }
    }

    /** What was typed to confirm an erasure is something else. */
    private static final class Mistyped extends RuntimeException {

        private final String expected;

        private Mistyped(String expected) {
            super("Mistyped");
            this.expected = expected;
        }
    }

    @GetMapping(produces = HTML)
    ResponseEntity<String> show(
            @PathVariable String caseNumber,
            @RequestParam(required = false) @Nullable String done,
            Authentication who,
            HttpServletRequest request) {
        ErasureDesk.Standing now = desk.standing(FilesApi.asker(who), caseNumber);
        Piece news = news(now, done == null ? "" : done, who.getName())
                .map(words -> element("p role=? class=?", with("status", "news"), text(words)))
                .orElseGet(Markup::nothing);
        return page(HttpStatus.OK, now, who, request, news, Draft.NONE);
    }

    /** What a link says was done, as far as it is so: anybody makes a link, and what was done may not have lasted. */
    private Optional<String> news(ErasureDesk.Standing now, String done, String reader) {
        String word = "holds.done." + done;
        return switch (done) {
            case "held" -> now.hold().map(held -> markup.word(word));
            case "lifted" -> now.lifted() ? Optional.of(markup.word(word)) : Optional.empty();
            case "asked" ->
                now.waiting().stream()
                        .filter(waiting -> waiting.by().equals(reader))
                        .findFirst()
                        .map(waiting -> markup.word(word));
            case "erased" ->
                now.gone().stream()
                        .findFirst()
                        .filter(last -> !last.toldAgain())
                        .map(last -> markup.word(word, whose(last.person())));
            default -> Optional.empty();
        };
    }

    /** Whoever opens the address of what was sent comes to the page. */
    @GetMapping({"/set", "/lift", "/erase-case", "/erase-person", "/confirm"})
    ResponseEntity<String> back(@PathVariable String caseNumber, Authentication who) {
        return to(desk.standing(FilesApi.asker(who), caseNumber).caseNumber(), "");
    }

    @PostMapping(path = "/set", produces = HTML)
    ResponseEntity<String> hold(
            @PathVariable String caseNumber,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String seen,
            Authentication who,
            HttpServletRequest request) {
        return act(caseNumber, who, request, new Draft(SET, reason, null, false), now -> {
            desk.hold(FilesApi.asker(who), caseNumber, reason, mark(seen));
            return "held";
        });
    }

    @PostMapping(path = "/lift", produces = HTML)
    ResponseEntity<String> lift(
            @PathVariable String caseNumber,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String seen,
            Authentication who,
            HttpServletRequest request) {
        return act(caseNumber, who, request, new Draft(LIFT, reason, null, false), now -> {
            desk.lift(FilesApi.asker(who), caseNumber, reason, mark(seen));
            return "lifted";
        });
    }

    @PostMapping(path = "/erase-case", produces = HTML)
    ResponseEntity<String> eraseCase(
            @PathVariable String caseNumber,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String typed,
            @RequestParam(defaultValue = "false") boolean force,
            @RequestParam(required = false) @Nullable String seen,
            Authentication who,
            HttpServletRequest request) {
        return act(caseNumber, who, request, new Draft(ERASE_CASE, reason, null, force), now -> {
            onlyWhere(typed, now.caseNumber());
            return became(desk.erase(FilesApi.asker(who), caseNumber, null, force, reason, mark(seen)));
        });
    }

    @PostMapping(path = "/erase-person", produces = HTML)
    ResponseEntity<String> erasePerson(
            @PathVariable String caseNumber,
            @RequestParam(defaultValue = "") String person,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String typed,
            @RequestParam(defaultValue = "false") boolean force,
            @RequestParam(required = false) @Nullable String seen,
            Authentication who,
            HttpServletRequest request) {
        return act(caseNumber, who, request, new Draft(ERASE_PERSON, reason, person, force), now -> {
            onlyWhere(typed, person.strip());
            return became(desk.erase(FilesApi.asker(who), caseNumber, person, force, reason, mark(seen)));
        });
    }

    /** @param asked number of what somebody else asked for */
    @PostMapping(path = "/confirm", produces = HTML)
    ResponseEntity<String> confirm(
            @PathVariable String caseNumber,
            @RequestParam(defaultValue = "0") long asked,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String typed,
            @RequestParam(defaultValue = "") String seen,
            Authentication who,
            HttpServletRequest request) {
        return act(caseNumber, who, request, new Draft(CONFIRM + asked, reason, null, false), now -> {
            now.waiting().stream()
                    .filter(waiting -> waiting.id() == asked)
                    .findFirst()
                    .ifPresent(open -> onlyWhere(typed, about(now, open.person())));
            return became(desk.confirm(FilesApi.asker(who), caseNumber, asked, reason, HoldsAndErasures.Mark.of(seen)));
        });
    }

    private static String became(Erasures.Outcome outcome) {
        return outcome instanceof Erasures.Outcome.Waits ? "asked" : "erased";
    }

    private static void onlyWhere(@Nullable String typed, String expected) {
        if (typed == null || !typed.strip().equalsIgnoreCase(expected)) {
            throw new Mistyped(expected);
        }
    }

    private static HoldsAndErasures.@Nullable Mark mark(@Nullable String seen) {
        return seen == null ? null : HoldsAndErasures.Mark.of(seen);
    }

    private static String about(ErasureDesk.Standing now, @Nullable String person) {
        return person == null ? now.caseNumber() : person;
    }

    /** @param work tells what was done */
    private ResponseEntity<String> act(
            String caseNumber,
            Authentication who,
            HttpServletRequest request,
            Draft draft,
            Function<ErasureDesk.Standing, String> work) {
        ErasureDesk.Standing before = desk.standing(FilesApi.asker(who), caseNumber);
        try {
            return to(before.caseNumber(), "?done=" + work.apply(before));
        } catch (Mistyped mistyped) {
            return problem(
                    HttpStatus.BAD_REQUEST,
                    caseNumber,
                    who,
                    request,
                    markup.word("holds.refused.TYPED", mistyped.expected),
                    draft);
        } catch (ErasureRefused refused) {
            return switch (refused.why()) {
                case NOT_YOURS, NO_CASE -> throw refused;
                case DONE -> to(before.caseNumber(), "?done=" + already(draft));
                case WAITS -> to(before.caseNumber(), "?done=asked");
                default ->
                    problem(
                            refused.getStatusCode(),
                            caseNumber,
                            who,
                            request,
                            markup.word("holds.refused." + refused.why()),
                            draft);
            };
        }
    }

    /** What the first of two clicks did. */
    private static String already(Draft draft) {
        return switch (draft.form()) {
            case SET -> "held";
            case LIFT -> "lifted";
            default -> "erased";
        };
    }

    private static ResponseEntity<String> to(String caseNumber, String question) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(PAGE + caseNumber + question))
                .build();
    }

    @ExceptionHandler
    ResponseEntity<String> refused(ResponseStatusException failure) {
        String title = markup.word("holds.title-plain");
        String words =
                failure.getStatusCode().isSameCodeAs(HttpStatus.NOT_FOUND) ? "holds.not-found" : "holds.not-yours";
        return ResponseEntity.status(failure.getStatusCode())
                .contentType(MediaType.parseMediaType(HTML))
                .body(Markup.page(title, element("h1", title), element("p", markup.word(words))));
    }

    private ResponseEntity<String> problem(
            HttpStatusCode status,
            String caseNumber,
            Authentication who,
            HttpServletRequest request,
            String words,
            Draft draft) {
        return page(
                status,
                desk.standing(FilesApi.asker(who), caseNumber),
                who,
                request,
                element("p role=? class=?", with("alert", "problem"), text(words)),
                draft);
    }

    private ResponseEntity<String> page(
            HttpStatusCode status,
            ErasureDesk.Standing now,
            Authentication who,
            HttpServletRequest request,
            Piece news,
            Draft draft) {
        // What was refused shows the page as well.
        reads.note(now.caseNumber(), who.getName(), CaseReads.What.HOLDS);
        String title = markup.word("holds.title", now.caseNumber());
        Forms forms = new Forms(now, request, draft);
        return ResponseEntity.status(status)
                .contentType(MediaType.parseMediaType(HTML))
                .body(Markup.page(
                        title,
                        element("h1", title),
                        news,
                        waiting(now, who.getName(), forms),
                        gone(now),
                        hold(now, forms),
                        erase(now, forms),
                        element("p", markup.word("holds.on-record")),
                        element(
                                "p",
                                element(
                                        "a href=?",
                                        with("/cases/" + now.caseNumber()),
                                        text(markup.word("files.case"))),
                                text(" · "),
                                element(
                                        "a href=?",
                                        with("/break-glass/" + now.caseNumber()),
                                        text(markup.word("holds.break-glass"))),
                                text(" · "),
                                element(
                                        "a href=?",
                                        with("/camunda/app/tasklist/default/"),
                                        text(markup.word("files.tasklist"))))));
    }

    private Piece hold(ErasureDesk.Standing now, Forms forms) {
        List<Piece> pieces = new ArrayList<>();
        pieces.add(element("h2", markup.word("holds.hold")));
        now.hold()
                .ifPresentOrElse(
                        held -> {
                            pieces.add(element(
                                    "p",
                                    element("strong", markup.word("holds.held", moment(held.since()), held.by())),
                                    text(" " + markup.word("holds.held.means"))));
                            pieces.add(forms.plain(LIFT));
                            pieces.add(element("h3", markup.word("holds.again")));
                            pieces.add(forms.plain(SET));
                        },
                        () -> {
                            pieces.add(element("p", markup.word("holds.none")));
                            pieces.add(forms.plain(SET));
                        });
        return all(pieces);
    }

    private Piece waiting(ErasureDesk.Standing now, String reader, Forms forms) {
        if (now.waiting().isEmpty()) {
            return nothing();
        }
        List<Piece> pieces = new ArrayList<>();
        pieces.add(element("h2", markup.word("holds.waiting")));
        for (HoldsAndErasures.Waiting open : now.waiting()) {
            pieces.add(element(
                    "p",
                    element(
                            "strong",
                            markup.word("holds.waits", open.by(), whose(open.person()), moment(open.until()))),
                    text(open.forced() ? " " + markup.word("holds.waits.forced") : "")));
            pieces.add(
                    open.by().equals(reader)
                            ? element("p", markup.word("holds.waits.own"))
                            : forms.confirm(open, about(now, open.person())));
        }
        return all(pieces);
    }

    private Piece erase(ErasureDesk.Standing now, Forms forms) {
        List<Piece> pieces = new ArrayList<>();
        pieces.add(element("h2", markup.word("holds.erase")));
        if (now.hold().isPresent()) {
            pieces.add(element("p", markup.word("holds.erase.held")));
        } else if (!now.mayAsk()) {
            pieces.add(element("p", markup.word("holds.erase.confirm-only")));
        } else {
            pieces.add(element(
                    "p",
                    text(now.takesTwoUntil()
                            .map(until -> markup.word("holds.erase.two", moment(until)))
                            .orElseGet(() -> markup.word("holds.erase.one")))));
            pieces.add(element("h3", markup.word("holds.erase-person")));
            pieces.add(forms.erase(ERASE_PERSON));
            pieces.add(element("h3", markup.word("holds.erase-case")));
            pieces.add(forms.erase(ERASE_CASE));
        }
        return all(pieces);
    }

    private Piece gone(ErasureDesk.Standing now) {
        if (now.gone().isEmpty()) {
            return nothing();
        }
        List<Piece> pieces = new ArrayList<>();
        pieces.add(element("h2", markup.word("holds.gone")));
        boolean newest = true;
        for (HoldsAndErasures.Gone gone : now.gone()) {
            pieces.add(element(
                    "p",
                    element(
                            "strong",
                            markup.word("holds.gone.line", moment(gone.at()), gone.by(), whose(gone.person()))),
                    text(" "
                            + (gone.keys() == 0
                                    ? markup.word("holds.gone.nothing")
                                    : markup.word("holds.gone.counts", gone.keys(), gone.values(), gone.files())))));
            if (newest) {
                pieces.add(beside(gone));
                newest = false;
            }
        }
        return all(pieces);
    }

    /** What lay in the engine past the forms, as the report of the erasure counts it. */
    private Piece beside(HoldsAndErasures.Gone gone) {
        Leftovers.Count found = gone.found();
        Leftovers.Count left = gone.left();
        if (found == null || left == null) {
            return nothing();
        }
        return all(
                element(
                        "table class=?",
                        with("told"),
                        element("caption", markup.word("holds.beside")),
                        element(
                                "thead",
                                element(
                                        "tr",
                                        element("th scope=?", with("col"), text(markup.word("holds.beside.what"))),
                                        element("th scope=?", with("col"), text(markup.word("holds.beside.found"))),
                                        element("th scope=?", with("col"), text(markup.word("holds.beside.left"))))),
                        element(
                                "tbody",
                                row("choices", found.choices(), left.choices()),
                                row("comments", found.comments(), left.comments()),
                                row("attachments", found.attachments(), left.attachments()),
                                row("failures", found.failures(), left.failures()),
                                row("words", found.words(), left.words()))),
                gone.person() == null ? nothing() : element("p", markup.word("holds.beside.one")));
    }

    private Piece row(String what, long found, long left) {
        return element(
                "tr",
                element("th scope=?", with("row"), text(markup.word("holds.beside." + what))),
                element("td", String.valueOf(found)),
                element("td", String.valueOf(left)));
    }

    private String whose(@Nullable String person) {
        return person == null ? markup.word("holds.of-case") : markup.word("holds.of-person", person);
    }

    private static String moment(Instant instant) {
        return MOMENT.format(instant);
    }

    /** The forms of one page: each says how the case stood when it was made. */
    private final class Forms {

        private final ErasureDesk.Standing now;
        private final CsrfToken token;
        private final Draft draft;

        private Forms(ErasureDesk.Standing now, HttpServletRequest request, Draft draft) {
            this.now = now;
            this.token = (CsrfToken) Objects.requireNonNull(request.getAttribute(CsrfToken.class.getName()));
            this.draft = draft;
        }

        /** A form that asks why. */
        Piece plain(String form) {
            return form(
                    form,
                    form,
                    reason(form),
                    hint(form.equals(SET) && now.hold().isPresent() ? "again" : form));
        }

        Piece erase(String form) {
            boolean ofPerson = form.equals(ERASE_PERSON);
            return form(
                    form,
                    form,
                    ofPerson ? line(form, "person", "holds.person", draft.personIn(form)) : nothing(),
                    reason(form),
                    element(
                            "p",
                            element(
                                    "input type=? id=? name=? value=?" + (draft.forceIn(form) ? " checked" : ""),
                                    with("checkbox", form + "-force", "force", "true")),
                            text(" "),
                            element("label for=?", with(form + "-force"), text(markup.word("holds.force")))),
                    line(form, "typed", ofPerson ? "holds.typed.person" : "holds.typed.case", "", now.caseNumber()),
                    hint(form));
        }

        Piece confirm(HoldsAndErasures.Waiting open, String typed) {
            String form = CONFIRM + open.id();
            return form(
                    CONFIRM,
                    form,
                    hidden("asked", String.valueOf(open.id())),
                    reason(form),
                    line(form, "typed", open.person() == null ? "holds.typed.case" : "holds.typed.this", "", typed),
                    hint(CONFIRM));
        }

        private Piece form(String action, String form, Piece... fields) {
            return element(
                    "form method=? action=? class=?",
                    with("post", PAGE + now.caseNumber() + "/" + action, "act"),
                    hidden(token.getParameterName(), token.getToken()),
                    hidden("seen", now.mark().toString()),
                    all(fields),
                    element(
                            "p",
                            element(
                                    "button type=? id=?",
                                    with("submit", form + "-submit"),
                                    text(markup.word("holds.submit." + action)))));
        }

        private Piece hint(String action) {
            return element("p", element("small", markup.word("holds.hint." + action)));
        }

        private Piece reason(String form) {
            String id = form + "-reason";
            return element(
                    "p",
                    element("label for=?", with(id), text(markup.word("holds.reason"))),
                    element("br"),
                    element(
                            "textarea id=? name=? rows=? cols=? maxlength=? required",
                            with(id, "reason", "3", "60", ErasureDesk.LONGEST_REASON),
                            text(draft.reasonIn(form))));
        }

        private Piece line(String form, String name, String question, String value, Object... details) {
            String id = form + "-" + name;
            return element(
                    "p",
                    element("label for=?", with(id), text(markup.word(question, details))),
                    element("br"),
                    element(
                            "input type=? id=? name=? value=? maxlength=? autocomplete=? required",
                            with("text", id, name, value, ErasureDesk.LONGEST_REFERENCE, "off")));
        }

        private static Piece hidden(String name, String value) {
            return element("input type=? name=? value=?", with("hidden", name, value));
        }
    }
}
