package org.redress.notification;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.server.ResponseStatusException;

/** {@code GET /my/letters}: the letters of whoever is signed in to the web apps, by the rule of {@link Letters}. */
@RestController
class MyLettersPage {

    static final String PLACE = "/my/letters";
    private static final String HTML = "text/html;charset=UTF-8";

    private final Letters letters;
    private final LetterPage page;

    MyLettersPage(Letters letters, LetterPage page) {
        this.letters = letters;
        this.page = page;
    }

    /** The newest letters. */
    @GetMapping(path = PLACE, produces = HTML)
    String list(Authentication who) {
        return page.list(PLACE, letters.of(LetterApi.reader(who), false, LetterApi.NEWEST));
    }

    /** One letter. Opening it is reading it. */
    @GetMapping(path = PLACE + "/{id}", produces = HTML)
    String letter(Authentication who, @PathVariable("id") long id) {
        return page.letter(
                PLACE,
                letters.open(LetterApi.reader(who), id)
                        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
    }

    @ExceptionHandler({ResponseStatusException.class, MethodArgumentTypeMismatchException.class})
    ResponseEntity<String> notFound() {
        return ResponseEntity.status(HttpStatus.NOT_FOUND)
                .contentType(MediaType.parseMediaType(HTML))
                .body(page.notFound());
    }
}
