package org.redress.access;

import java.net.http.HttpResponse;
import java.util.Set;

/** What somebody got, in one word of the table (docs/access.md explains them). */
enum Answer {
    /** A value of the case which the form of no own task shows. */
    VALUES("values"),
    /** An account that is not one's own. */
    PEOPLE("people"),
    /** It was done, or shown. */
    YES("yes"),
    /** An empty list, none of a number. */
    NONE("none"),
    /** 401 or 403. */
    NO("no"),
    /** 404: what is there is not shown. */
    HIDDEN("hidden"),
    /** 409: the door is open, and the case does not wait for it now. */
    LATER("not now"),
    /** Another 4xx. */
    BAD("bad"),
    /** A page elsewhere. */
    ELSEWHERE("elsewhere"),
    /** 5xx: never right. */
    FAULT("fault");

    /** Whoever gets these was let in. */
    static final Set<Answer> ALLOWED = Set.of(VALUES, PEOPLE, YES, NONE, ELSEWHERE, LATER);

    private final String word;

    Answer(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static Answer of(HttpResponse<String> response) {
        int status = response.statusCode();
        String body = response.body();
        if (status >= 500) {
            return FAULT;
        }
        if (status == 401 || status == 403) {
            return NO;
        }
        if (status == 404) {
            return HIDDEN;
        }
        if (status == 409) {
            return LATER;
        }
        if (status >= 400) {
            return BAD;
        }
        if (status >= 300) {
            return ELSEWHERE;
        }
        if (body.contains(AccessCase.VALUE)) {
            return VALUES;
        }
        if (body.contains('"' + AccessCase.PERSON + '"')) {
            return PEOPLE;
        }
        return Set.of("[]", "{}", "{\"count\":0}", "{\"groups\":[],\"groupUsers\":[]}")
                        .contains(body.strip())
                ? NONE
                : YES;
    }
}
