package org.redress.oversight;

import static org.redress.engine.Markup.all;
import static org.redress.engine.Markup.element;
import static org.redress.engine.Markup.nothing;
import static org.redress.engine.Markup.text;
import static org.redress.engine.Markup.with;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.redress.engine.Markup;
import org.redress.engine.Markup.Piece;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /my/finished}: what the person who is signed in has finished, which Tasklist forgets. */
@RestController
class FinishedWorkPage {

    private static final String HTML = "text/html;charset=UTF-8";
    private static final int LINES = 25;

    private final FinishedWork work;
    private final Days days;
    private final Markup markup;

    FinishedWorkPage(FinishedWork work, Days days, Markup markup) {
        this.work = work;
        this.days = days;
        this.markup = markup;
    }

    /** @param page from 1; anything else is the first */
    @GetMapping(path = "/my/finished", produces = HTML)
    ResponseEntity<String> show(@RequestParam(required = false) @Nullable String page, Authentication who) {
        int number = page != null && page.matches("[1-9]\\d{0,5}") ? Integer.parseInt(page) : 1;
        FinishedWork.Page found = work.of(who.getName(), (number - 1) * LINES, LINES);
        String title = markup.word("finished.title");
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(HTML))
                .body(Markup.page(
                        title,
                        element("h1", title),
                        found.lines().isEmpty() ? element("p", markup.word("finished.none")) : table(found),
                        leaf(number, found),
                        element("p", element("a href=?", with("/my/letters"), text(markup.word("letters.title"))))));
    }

    private Piece table(FinishedWork.Page found) {
        List<Piece> rows = new ArrayList<>();
        for (FinishedWork.Line line : found.lines()) {
            rows.add(element(
                    "tr",
                    element(
                            "td class=?",
                            with("day"),
                            text(days.dayInUtc(line.at())),
                            element("br"),
                            element("small", days.time(line.at()))),
                    element("th scope=?", with("row"), text(line.task())),
                    element("td", caseOf(line.caseNumber()))));
        }
        List<Piece> columns = new ArrayList<>();
        for (String column : List.of("case.column.day", "case.column.task", "finished.case")) {
            columns.add(element("th scope=?", with("col"), text(markup.word(column))));
        }
        return element("table", element("thead", element("tr", all(columns))), element("tbody", all(rows)));
    }

    private static Piece caseOf(@Nullable String caseNumber) {
        return caseNumber == null ? nothing() : element("a href=?", with("/cases/" + caseNumber), text(caseNumber));
    }

    private Piece leaf(int number, FinishedWork.Page found) {
        List<Piece> links = new ArrayList<>();
        if (number > 1) {
            links.add(element(
                    "a href=?", with("/my/finished?page=" + (number - 1)), text(markup.word("finished.newer"))));
        }
        if (found.first() + found.lines().size() < found.total()) {
            links.add(element(
                    "a href=?", with("/my/finished?page=" + (number + 1)), text(markup.word("finished.older"))));
        }
        return links.isEmpty() ? nothing() : element("p class=?", with("leaf"), all(links));
    }
}
