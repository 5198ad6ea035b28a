package org.redress.vault;

import static org.redress.engine.Markup.all;
import static org.redress.engine.Markup.element;
import static org.redress.engine.Markup.nothing;
import static org.redress.engine.Markup.text;
import static org.redress.engine.Markup.with;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.redress.engine.FieldLabels;
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

/** Where somebody asks to read a case in an emergency, and reads it then. A case that they may not ask for is not found. */
@RestController
@RequestMapping(path = "/break-glass/{caseNumber}", produces = "text/html;charset=UTF-8")
class BreakGlassPage {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final BreakGlass glass;
    private final FieldLabels labels;
    private final Markup markup;

    BreakGlassPage(BreakGlass glass, FieldLabels labels, Markup markup) {
        this.glass = glass;
        this.labels = labels;
        this.markup = markup;
    }

    @GetMapping
    ResponseEntity<String> show(
            @PathVariable String caseNumber,
            @RequestParam(required = false) @Nullable String done,
            Authentication who,
            HttpServletRequest request) {
        Piece news = "ended".equals(done)
                ? element("p role=? class=?", with("status", "news"), text(markup.word("glass.ended")))
                : nothing();
        return page(HttpStatus.OK, caseNumber, who, request, news);
    }

    /** Ends what was granted in this case; once more, it has ended. */
    @PostMapping("/{id}/end")
    ResponseEntity<String> end(@PathVariable String caseNumber, @PathVariable String id, Authentication who) {
        Files.Asker asker = FilesApi.asker(who);
        if (!glass.maySee(asker, caseNumber) || glass.end(asker, caseNumber, id) == BreakGlass.Ending.NOT_THEIRS) {
            throw notFound();
        }
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/break-glass/" + caseNumber + "?done=ended"))
                .build();
    }

    @PostMapping
    ResponseEntity<String> ask(
            @PathVariable String caseNumber,
            @RequestParam(required = false) @Nullable String person,
            @RequestParam(required = false) @Nullable String reason,
            Authentication who,
            HttpServletRequest request) {
        EmergencyGrants.Grant grant;
        try {
            grant = glass.ask(FilesApi.asker(who), caseNumber, person, reason).orElseThrow(BreakGlassPage::notFound);
        } catch (FileRefused refused) {
            String message = markup.word(refused.messageKey(), refused.details());
            return page(
                    refused.status(),
                    caseNumber,
                    who,
                    request,
                    element("p role=? class=?", with("alert", "problem"), text(message)));
        }
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/break-glass/" + grant.caseNumber()))
                .build();
    }

    @ExceptionHandler
    ResponseEntity<String> notFound(ResponseStatusException failure) {
        String title = markup.word("glass.title-plain");
        return ResponseEntity.status(failure.getStatusCode())
                .contentType(MediaType.TEXT_HTML)
                .body(Markup.page(title, element("h1", title), element("p", markup.word("files.not-found"))));
    }

    private ResponseEntity<String> page(
            HttpStatusCode status, String caseNumber, Authentication who, HttpServletRequest request, Piece news) {
        Files.Asker asker = FilesApi.asker(who);
        if (!glass.maySee(asker, caseNumber)) {
            throw notFound();
        }
        String title = markup.word("glass.title", caseNumber);
        List<EmergencyGrants.Grant> held = glass.held(asker, caseNumber);
        return ResponseEntity.status(status)
                .body(Markup.page(
                        title,
                        element("h1", title),
                        news,
                        held.isEmpty() ? nothing() : values(caseNumber, asker, held, request),
                        others(caseNumber, asker, request),
                        glass.mayAsk(asker, caseNumber) ? form(caseNumber, request) : nothing(),
                        element(
                                "p",
                                element("a href=?", with("/cases/" + caseNumber), text(markup.word("files.case"))),
                                Erasures.areOfAnOfficer(asker.groups())
                                        ? all(
                                                text(" · "),
                                                element(
                                                        "a href=?",
                                                        with("/holds/" + caseNumber),
                                                        text(markup.word("holds.link"))))
                                        : nothing())));
    }

    /** What others were granted, and why, for whoever may end it. */
    private Piece others(String caseNumber, Files.Asker who, HttpServletRequest request) {
        List<Piece> pieces = new ArrayList<>();
        for (BreakGlass.Told told : glass.others(who, caseNumber)) {
            EmergencyGrants.Grant grant = told.grant();
            String until = moment(grant.endsAt());
            String reason = told.reason();
            pieces.add(element(
                    "p",
                    grant.person() == null
                            ? markup.word("glass.other", grant.reader(), until)
                            : markup.word("glass.other-person", grant.reader(), grant.person(), until)));
            if (reason != null) {
                pieces.add(element("blockquote class=?", with("letter"), text(reason)));
            }
            pieces.add(endNow(grant, request));
        }
        return pieces.isEmpty() ? nothing() : all(element("h2", markup.word("glass.others")), all(pieces));
    }

    private Piece endNow(EmergencyGrants.Grant grant, HttpServletRequest request) {
        return element(
                "form method=? action=?",
                with("post", "/break-glass/" + grant.caseNumber() + "/" + grant.id() + "/end"),
                token(request),
                element("p", element("button type=?", with("submit"), text(markup.word("glass.end")))));
    }

    private static Piece token(HttpServletRequest request) {
        CsrfToken token = (CsrfToken) Objects.requireNonNull(request.getAttribute(CsrfToken.class.getName()));
        return element("input type=? name=? value=?", with("hidden", token.getParameterName(), token.getToken()));
    }

    private Piece values(
            String caseNumber, Files.Asker who, List<EmergencyGrants.Grant> held, HttpServletRequest request) {
        List<Piece> pieces = new ArrayList<>();
        for (EmergencyGrants.Grant grant : held) {
            String until = MOMENT.format(grant.endsAt());
            pieces.add(element(
                    "p role=? class=?",
                    with("status", "news"),
                    text(
                            grant.person() == null
                                    ? markup.word("glass.until", until)
                                    : markup.word("glass.until-person", grant.person(), until))));
            pieces.add(endNow(grant, request));
        }
        boolean nothingLeft = held.stream().allMatch(glass::isErased);
        if (nothingLeft) {
            pieces.clear();
        }
        held.stream()
                .filter(glass::isErased)
                .map(grant -> markup.word("glass.erased", Objects.requireNonNullElse(grant.person(), caseNumber)))
                .forEach(words -> pieces.add(element("p role=? class=?", with("status", "problem"), text(words))));
        if (nothingLeft) {
            return all(pieces);
        }
        List<BreakGlass.Shown> shown = glass.values(who, caseNumber);
        pieces.add(shown.isEmpty() ? element("p", markup.word("glass.none")) : tables(shown));
        pieces.add(element("p", element("a href=?", with("/files/" + caseNumber), text(markup.word("glass.files")))));
        return all(pieces);
    }

    /** One table for each form that asked, in the order in which something was first told in it. */
    private Piece tables(List<BreakGlass.Shown> shown) {
        Map<String, FieldLabels.Field> asked = labels.all();
        Map<String, List<Piece>> rows = new LinkedHashMap<>();
        for (BreakGlass.Shown each : shown) {
            String name = each.entry().variable();
            FieldLabels.Field field = asked.getOrDefault(name, new FieldLabels.Field(name, "", Map.of()));
            String person = each.entry().subject().person();
            rows.computeIfAbsent(field.form(), form -> new ArrayList<>())
                    .add(element(
                            "tr",
                            element("th scope=?", with("row"), text(field.label())),
                            element(
                                    "td class=?",
                                    with("reference"),
                                    text(person == null ? markup.word("glass.the-case") : person)),
                            element("td", moment(each.writtenAt())),
                            element(
                                    "td class=?",
                                    with("letter"),
                                    text(words(field, each.content().text())))));
        }
        List<Piece> tables = new ArrayList<>();
        tables.add(element("h2", markup.word("glass.values")));
        rows.forEach((form, lines) -> tables.add(table(form.isEmpty() ? markup.word("glass.elsewhere") : form, lines)));
        return all(tables);
    }

    private Piece table(String form, List<Piece> rows) {
        return element(
                "table class=?",
                with("told"),
                element("caption", form),
                element(
                        "thead",
                        element(
                                "tr",
                                element("th scope=?", with("col"), text(markup.word("glass.field"))),
                                element(
                                        "th scope=? class=?",
                                        with("col", "reference"),
                                        text(markup.word("glass.about"))),
                                element("th scope=?", with("col"), text(markup.word("glass.written"))),
                                element("th scope=?", with("col"), text(markup.word("glass.value"))))),
                element("tbody", all(rows)));
    }

    /** What was picked, as the form words it; what was written, as it was written. */
    private String words(FieldLabels.Field field, String told) {
        if (told.equals("true") || told.equals("false")) {
            return markup.word("glass.is-" + told);
        }
        if (field.options().isEmpty() || !told.startsWith("[")) {
            return field.options().getOrDefault(told, told);
        }
        try {
            List<String> picked = new ArrayList<>();
            MAPPER.readTree(told)
                    .forEach(each -> picked.add(field.options().getOrDefault(each.asText(), each.asText())));
            return String.join(", ", picked);
        } catch (JsonProcessingException e) {
            return told;
        }
    }

    private Piece form(String caseNumber, HttpServletRequest request) {
        return all(
                element("h2", markup.word("glass.ask")),
                element("p id=?", with("hint"), text(markup.word("glass.hint"))),
                element(
                        "form method=? action=?",
                        with("post", "/break-glass/" + caseNumber),
                        token(request),
                        element(
                                "p",
                                element("label for=?", with("reason"), text(markup.word("glass.reason"))),
                                element("br"),
                                element(
                                        "textarea id=? name=? rows=? cols=? minlength=? maxlength=? aria-describedby=? required",
                                        with("reason", "reason", "4", "60", "20", "500", "hint"))),
                        element(
                                "p",
                                element("label for=?", with("person"), text(markup.word("glass.person"))),
                                element("br"),
                                element(
                                        "input type=? id=? name=? maxlength=?",
                                        with("text", "person", "person", "64"))),
                        element("p", element("button type=?", with("submit"), text(markup.word("glass.submit"))))));
    }

    private static String moment(Instant instant) {
        return MOMENT.format(instant);
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
