package org.redress.notification;

import java.util.List;
import java.util.Map;
import org.redress.engine.HouseRecord;
import org.redress.engine.Roles;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Shows the operator which mails are not sent. Holds no case, no address and no text. */
@RestController
@RequestMapping("/api/outbox")
class OutboxApi {

    private static final int LONGEST_WAITING = 500;

    private final Outbox outbox;
    private final PostOffice postOffice;

    private final HouseRecord house;

    OutboxApi(Outbox outbox, PostOffice postOffice, HouseRecord house) {
        this.house = house;
        this.outbox = outbox;
        this.postOffice = postOffice;
    }

    /** Counts, and the mails that are not sent, at most 500. For administrators only. */
    @GetMapping
    Unsent unsent(Authentication who) {
        if (who.getAuthorities().stream().noneMatch(group -> Roles.ADMINISTRATOR.equals(group.getAuthority()))) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        house.note(who.getName(), "OutboxRead", null, null, null);
        return new Unsent(postOffice.isOpen(), outbox.counts(), outbox.unsent(LONGEST_WAITING));
    }

    /**
     * The outbox.
     *
     * @param smtp whether an SMTP server is configured
     * @param counts how many mails are in which state
     */
    record Unsent(boolean smtp, Map<Outbox.State, Long> counts, List<Outbox.Mail> mails) {}
}
