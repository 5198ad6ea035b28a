package org.redress.notification;

import java.time.Instant;
import java.util.List;
import org.redress.notification.Letters.Reader;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Where a signed-in person reads their letters: as Json, or as a plain page in a browser. A letter that is for somebody
 * else is not found.
 */
@RestController
@RequestMapping(LetterApi.PLACE)
class LetterApi {

    static final String PLACE = "/api/letters";
    static final int NEWEST = 200;

    private final Letters letters;
    private final LetterPage page;

    LetterApi(Letters letters, LetterPage page) {
        this.letters = letters;
        this.page = page;
    }

    /** The newest letters, at most 200. */
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    Mailbox letters(Authentication who, @RequestParam(name = "unread", defaultValue = "false") boolean unreadOnly) {
        Reader reader = reader(who);
        return new Mailbox(
                letters.unread(reader),
                letters.of(reader, unreadOnly, NEWEST).stream()
                        .map(Envelope::of)
                        .toList());
    }

    /** One letter. Opening it is reading it. */
    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    Letter letter(Authentication who, @PathVariable("id") long id) {
        return open(who, id);
    }

    @GetMapping(produces = MediaType.TEXT_HTML_VALUE)
    String lettersPage(Authentication who) {
        return page.list(PLACE, letters.of(reader(who), false, NEWEST));
    }

    @GetMapping(path = "/{id}", produces = MediaType.TEXT_HTML_VALUE)
    String letterPage(Authentication who, @PathVariable("id") long id) {
        return page.letter(PLACE, open(who, id));
    }

    private Letter open(Authentication who, long id) {
        return letters.open(reader(who), id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    static Reader reader(Authentication who) {
        return new Reader(
                who.getName(),
                who.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .toList());
    }

    /**
     * What waits for a person.
     *
     * @param unread how many letters are unread, those beyond the list included
     */
    record Mailbox(long unread, List<Envelope> letters) {}

    /** A letter from outside; {@code erased} when nobody opens it any more. */
    record Envelope(
            long id, String caseNumber, String event, String subject, Instant createdAt, boolean erased, boolean read) {

        static Envelope of(Letter letter) {
            return new Envelope(
                    letter.id(),
                    letter.caseNumber(),
                    letter.event(),
                    letter.subject(),
                    letter.createdAt(),
                    letter.erased(),
                    letter.read());
        }
    }
}
