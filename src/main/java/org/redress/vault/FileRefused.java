package org.redress.vault;

import java.util.List;
import org.springframework.http.HttpStatus;

/** A document that is not taken, with the reason for whoever wanted to add it. Holds nothing of the document. */
final class FileRefused extends RuntimeException {

    private final HttpStatus status;
    private final String reason;
    private final List<Object> details;

    /** @param reason key of the message below {@code files.refused} */
    FileRefused(HttpStatus status, String reason, Object... details) {
        super(reason);
        this.status = status;
        this.reason = reason;
        this.details = List.of(details);
    }

    HttpStatus status() {
        return status;
    }

    String messageKey() {
        return "files.refused." + reason;
    }

    Object[] details() {
        return details.toArray();
    }
}
