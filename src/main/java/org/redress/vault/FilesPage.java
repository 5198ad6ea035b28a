package org.redress.vault;

import static org.redress.engine.Markup.all;
import static org.redress.engine.Markup.element;
import static org.redress.engine.Markup.nothing;
import static org.redress.engine.Markup.text;
import static org.redress.engine.Markup.with;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/**
 * The documents of a case for people, linked from the forms: a page without script, for whoever is signed in to Tasklist. A
 * case where somebody has no business is not found.
 */
@RestController
@RequestMapping(path = "/files/{caseNumber}")
class FilesPage {

    private static final String HTML = "text/html;charset=UTF-8";

    private final Files files;
    private final FileSettings settings;
    private final Markup markup;

    FilesPage(Files files, FileSettings settings, Markup markup) {
        this.files = files;
        this.settings = settings;
        this.markup = markup;
    }

    @GetMapping(produces = HTML)
    ResponseEntity<String> show(
            @PathVariable String caseNumber,
            @RequestParam(required = false) @Nullable String done,
            @RequestParam(required = false) @Nullable String problem,
            Authentication who,
            HttpServletRequest request) {
        Piece news = nothing();
        if ("added".equals(done)) {
            news = element("p role=? class=?", with("status", "news"), text(markup.word("files.added")));
        } else if ("size".equals(problem)) {
            news = problem(markup.word("files.refused.size", settings.size().toMegabytes()));
        } else if ("busy".equals(problem)) {
            news = problem(markup.word("files.refused.busy"));
        } else if ("own".equals(problem)) {
            news = problem(markup.word("files.refused.own"));
        }
        return page(HttpStatus.OK, caseNumber, who, request, news);
    }

    @GetMapping("/{id}")
    ResponseEntity<byte[]> download(@PathVariable String caseNumber, @PathVariable String id, Authentication who) {
        return FileAnswers.of(files.open(FilesApi.asker(who), caseNumber, id).orElseThrow(FilesPage::notFound));
    }

    @PostMapping(produces = HTML)
    ResponseEntity<String> add(
            @PathVariable String caseNumber,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String person,
            @RequestParam(required = false) @Nullable MultipartFile file,
            Authentication who,
            HttpServletRequest request)
            throws IOException {
        boolean taken;
        try {
            taken = files.add(
                            FilesApi.asker(who),
                            caseNumber,
                            kind,
                            person,
                            FilesApi.nameOf(file),
                            FilesApi.bytesOf(file))
                    .isPresent();
        } catch (FileRefused refused) {
            return page(
                    refused.status(),
                    caseNumber,
                    who,
                    request,
                    problem(markup.word(refused.messageKey(), refused.details())));
        }
        if (!taken) {
            throw notFound();
        }
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/files/" + caseNumber + "?done=added"))
                .build();
    }

    @ExceptionHandler
    ResponseEntity<String> notFound(ResponseStatusException failure) {
        return plain(failure.getStatusCode(), "files.not-found");
    }

    @ExceptionHandler
    ResponseEntity<String> notRead(MultipartException failure) {
        return plain(HttpStatus.BAD_REQUEST, "files.refused.broken");
    }

    private ResponseEntity<String> plain(HttpStatusCode status, String message) {
        String title = markup.word("files.title-plain");
        return ResponseEntity.status(status)
                .contentType(MediaType.parseMediaType(HTML))
                .body(Markup.page(title, element("h1", title), element("p", markup.word(message))));
    }

    private ResponseEntity<String> page(
            HttpStatusCode status, String caseNumber, Authentication who, HttpServletRequest request, Piece news) {
        Files.Shelf shelf = files.shelf(FilesApi.asker(who), caseNumber).orElseThrow(FilesPage::notFound);
        String title = markup.word("files.title", caseNumber);
        return ResponseEntity.status(status)
                .contentType(MediaType.parseMediaType(HTML))
                .body(Markup.page(
                        title,
                        element("h1", title),
                        news,
                        list(caseNumber, shelf),
                        shelf.addable().isEmpty() ? nothing() : form(caseNumber, shelf, request),
                        element("p", markup.word("files.on-record")),
                        element(
                                "p",
                                element("a href=?", with("/cases/" + caseNumber), text(markup.word("files.case"))),
                                text(" · "),
                                element(
                                        "a href=?",
                                        with("/camunda/app/tasklist/default/"),
                                        text(markup.word("files.tasklist"))))));
    }

    private static Piece problem(String message) {
        return element("p role=? class=?", with("alert", "problem"), text(message));
    }

    private Piece list(String caseNumber, Files.Shelf shelf) {
        if (shelf.files().isEmpty()) {
            return element("p", markup.word("files.none"));
        }
        List<Piece> lines = new ArrayList<>();
        shelf.files().forEach(seen -> lines.add(line(caseNumber, seen)));
        return element("ul class=?", with("files"), all(lines));
    }

    private Piece line(String caseNumber, Files.Seen seen) {
        SealedFiles.Document document = seen.document();
        String kind = markup.word("files.kind." + document.kind());
        String day = LocalDate.ofInstant(document.addedAt(), ZoneOffset.UTC).toString();
        String size = size(document.size());
        SealedFiles.Label label = seen.label();
        if (label == null) {
            return element("li", text(markup.word("files.closed", kind, size, day)));
        }
        String person = document.subject().person();
        return element(
                "li",
                element(
                        "a href=?",
                        with("/files/" + caseNumber + "/" + document.reference().id()),
                        text(label.name())),
                element("br"),
                text(markup.word("files.about", kind, typeName(document.mediaType()), size, day, document.addedBy())),
                person == null ? nothing() : all(element("br"), text(markup.word("files.about-person", person))),
                element("br"),
                text("SHA-256 "),
                element("code", label.sha256()));
    }

    private Piece form(String caseNumber, Files.Shelf shelf, HttpServletRequest request) {
        CsrfToken token = (CsrfToken) Objects.requireNonNull(request.getAttribute(CsrfToken.class.getName()));
        List<Piece> kinds = new ArrayList<>();
        shelf.addable().keySet().forEach(kind -> kinds.add(option(kind, markup.word("files.kind." + kind))));
        List<Piece> people = new ArrayList<>();
        people.add(option("", markup.word("files.nobody")));
        shelf.people().forEach(person -> people.add(option(person, person)));
        return all(
                element("h2", markup.word("files.add")),
                element(
                        "form method=? action=? enctype=?",
                        with("post", "/files/" + caseNumber, "multipart/form-data"),
                        element(
                                "input type=? name=? value=?",
                                with("hidden", token.getParameterName(), token.getToken())),
                        labelled(
                                "kind",
                                "files.which-kind",
                                element("select id=? name=? required", with("kind", "kind"), all(kinds))),
                        shelf.people().isEmpty()
                                ? nothing()
                                : labelled(
                                        "person",
                                        "files.which-person",
                                        element("select id=? name=?", with("person", "person"), all(people))),
                        labelled(
                                "file",
                                "files.which-file",
                                element(
                                        "input type=? id=? name=? accept=? aria-describedby=? required",
                                        with("file", "file", "file", accepted(), "hint"))),
                        element(
                                "p id=?",
                                with("hint"),
                                text(markup.word(
                                        "files.hint", names(), settings.size().toMegabytes()))),
                        element("p", element("button type=?", with("submit"), text(markup.word("files.submit"))))));
    }

    private Piece labelled(String id, String question, Piece input) {
        return element("p", element("label for=?", with(id), text(markup.word(question))), element("br"), input);
    }

    private static Piece option(String value, String words) {
        return element("option value=?", with(value), text(words));
    }

    private String accepted() {
        return settings.types().stream()
                .flatMap(type -> FileTypes.endings(type).stream())
                .map(ending -> "." + ending)
                .sorted()
                .collect(Collectors.joining(","));
    }

    private String names() {
        return settings.types().stream().map(this::typeName).sorted().collect(Collectors.joining(", "));
    }

    private String typeName(String type) {
        List<String> endings = FileTypes.endings(type);
        return endings.isEmpty() ? type : endings.get(0).toUpperCase(java.util.Locale.ROOT);
    }

    private String size(long bytes) {
        return bytes < 1024 * 1024
                ? markup.word("files.kilobytes", (bytes + 1023) / 1024)
                : markup.word("files.megabytes", Math.round(bytes / 104857.6) / 10.0);
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
