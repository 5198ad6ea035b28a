package org.redress.vault;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Something that an officer may not do, or not now, with the status for programs and the cause for people. Names nobody. */
final class ErasureRefused extends ResponseStatusException {

    /** Why. */
    enum Why {
        /** Not by anybody of these roles. */
        NOT_YOURS(HttpStatus.FORBIDDEN),
        /** Such a case is not known. */
        NO_CASE(HttpStatus.NOT_FOUND),
        /** The case knows no such person. */
        NO_PERSON(HttpStatus.NOT_FOUND),
        /** Something is missing or too long. */
        INCOMPLETE(HttpStatus.BAD_REQUEST),
        /** Whoever may only confirm has nothing to confirm. */
        NOT_ASKED(HttpStatus.FORBIDDEN),
        /** A legal hold stands. */
        HELD(HttpStatus.CONFLICT),
        /** Somebody is still helped. */
        NEEDED(HttpStatus.CONFLICT),
        /** Both accounts are one person's. */
        SAME_PERSON(HttpStatus.CONFLICT),
        /** It was done by the same account for the same reason since. */
        DONE(HttpStatus.CONFLICT),
        /** It was asked for by the same account for the same reason since, and waits for somebody else. */
        WAITS(HttpStatus.CONFLICT),
        /** Something else was done in the case since. */
        CHANGED(HttpStatus.CONFLICT);

        private final HttpStatus status;

        Why(HttpStatus status) {
            this.status = status;
        }
    }

    private final Why why;

    ErasureRefused(Why why) {
        super(why.status);
        this.why = why;
    }

    ErasureRefused(Why why, String detail) {
        super(why.status, detail);
        this.why = why;
    }

    ErasureRefused(Why why, RuntimeException cause) {
        super(why.status, cause.getMessage(), cause);
        this.why = why;
    }

    Why why() {
        return why;
    }
}
