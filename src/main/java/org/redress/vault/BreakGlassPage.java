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

    private final BreakGlass glass;
    private final FieldLabels labels;
    private final Markup markup;

    BreakGlassPage(BreakGlass glass, FieldLabels labels, Markup markup) {
        this.glass = glass;
        this.labels = labels;
        this.markup = markup;
    }

    @GetMapping
    ResponseEntity<String> show(@PathVariable String caseNumber, Authentication who, HttpServletRequest request) {
        return page(HttpStatus.OK, caseNumber, who, request, nothing());
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
        if (!glass.mayAsk(asker, caseNumber)) {
            throw notFound();
        }
        String title = markup.word("glass.title", caseNumber);
        List<EmergencyGrants.Grant> held = glass.held(asker, caseNumber);
        return ResponseEntity.status(status)
                .body(Markup.page(
                        title,
                        element("h1", title),
                        news,
                        held.isEmpty() ? nothing() : values(caseNumber, asker, held),
                        form(caseNumber, request)));
    }

    private Piece values(String caseNumber, Files.Asker who, List<EmergencyGrants.Grant> held) {
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
        }
        List<BreakGlass.Shown> shown = glass.values(who, caseNumber);
        pieces.add(shown.isEmpty() ? element("p", markup.word("glass.none")) : table(shown));
        pieces.add(element("p", element("a href=?", with("/files/" + caseNumber), text(markup.word("glass.files")))));
        return all(pieces);
    }

    private Piece table(List<BreakGlass.Shown> shown) {
        List<Piece> rows = new ArrayList<>();
        Map<String, String> asked = labels.all();
        for (BreakGlass.Shown each : shown) {
            String field = each.entry().variable();
            String person = each.entry().subject().person();
            rows.add(element(
                    "tr",
                    element("th scope=?", with("row"), text(asked.getOrDefault(field, field))),
                    element("td", person == null ? "" : person),
                    element("td", moment(each.writtenAt())),
                    element("td class=?", with("letter"), text(each.content().text()))));
        }
        return element(
                "table",
                element("caption", markup.word("glass.values")),
                element(
                        "tr",
                        element("th scope=?", with("col"), text(markup.word("glass.field"))),
                        element("th scope=?", with("col"), text(markup.word("glass.about"))),
                        element("th scope=?", with("col"), text(markup.word("glass.written"))),
                        element("th scope=?", with("col"), text(markup.word("glass.value")))),
                all(rows));
    }

    private Piece form(String caseNumber, HttpServletRequest request) {
        CsrfToken token = (CsrfToken) Objects.requireNonNull(request.getAttribute(CsrfToken.class.getName()));
        return all(
                element("h2", markup.word("glass.ask")),
                element("p id=?", with("hint"), text(markup.word("glass.hint"))),
                element(
                        "form method=? action=?",
                        with("post", "/break-glass/" + caseNumber),
                        element(
                                "input type=? name=? value=?",
                                with("hidden", token.getParameterName(), token.getToken())),
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
