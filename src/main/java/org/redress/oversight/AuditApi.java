package org.redress.oversight;

import java.util.List;
import java.util.Set;
import org.redress.engine.AccessTrail;
import org.redress.engine.AuditLine;
import org.redress.engine.Roles;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * {@code GET /api/audit?caseNumber=…}: what people read and changed in a case. For whoever protects the data and whoever watches
 * the processes (remedy.md C); not for administrators, whom it watches too, whatever else they are, nor for anybody who works on the case.
 */
@RestController
@RequestMapping("/api/audit")
class AuditApi {

    private static final String DATA_PROTECTION = "dpo";
    private static final Set<String> READERS = Set.of(DATA_PROTECTION, Roles.OVERSEER);

    private static final int LONGEST_PAGE = 1000;
    private static final int LAST_LINE = 1_000_000;

    private final AuditTrail trail;
    private final AccountRecord accounts;
    private final AccessTrail access;
    private final HelpersUnnamed unnamed;

    AuditApi(AuditTrail trail, AccountRecord accounts, AccessTrail access, HelpersUnnamed unnamed) {
        this.trail = trail;
        this.accounts = accounts;
        this.access = access;
        this.unnamed = unnamed;
    }

    /**
     * A page of the trail, the earliest first. 403 for whoever may not read it, whether there is such a case or not; 404 for a
     * case that is not there.
     *
     * @param first how many lines to pass over
     * @param max most lines of the page, 1 to 1,000
     */
    @GetMapping
    Page lines(
            @RequestParam String caseNumber,
            @RequestParam(defaultValue = "0") int first,
            @RequestParam(defaultValue = "1000") int max,
            Authentication who) {
        if (READERS.stream().noneMatch(role -> is(who, role))) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        checkPage(first, max);
        List<AuditLine> all = trail.read(caseNumber, who.getName())
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        List<AuditLine> lines = all.stream().skip(first).limit(max).toList();
        return new Page(caseNumber, all.size(), first, is(who, DATA_PROTECTION) ? lines : unnamed.of(lines));
    }

    /**
     * What administrators did to accounts, groups, memberships and grants, and to models, organisations and keys, the newest
     * first. For the data protection officer.
     *
     * @param first how many lines to pass over
     * @param max most lines of the page, 1 to 1,000
     */
    @GetMapping("/accounts")
    Accounts accounts(
            @RequestParam(defaultValue = "0") int first,
            @RequestParam(defaultValue = "1000") int max,
            Authentication who) {
        checkPageOfTheHouse(who, first, max);
        return new Accounts(accounts.count(), first, accounts.newest(first, max));
    }

    /**
     * Who read lists, and whatever else concerns no one case, by which route, how often, by the hour, the newest first. For the
     * data protection officer; what concerns one case is on its trail.
     *
     * @param first how many lines to pass over
     * @param max most lines of the page, 1 to 1,000
     */
    @GetMapping("/access")
    Accounts access(
            @RequestParam(defaultValue = "0") int first,
            @RequestParam(defaultValue = "1000") int max,
            Authentication who) {
        checkPageOfTheHouse(who, first, max);
        return new Accounts(access.count(), first, access.newest(first, max));
    }

    private static void checkPageOfTheHouse(Authentication who, int first, int max) {
        if (!is(who, DATA_PROTECTION)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        checkPage(first, max);
    }

    private static void checkPage(int first, int max) {
        if (first < 0 || first > LAST_LINE || max < 1 || max > LONGEST_PAGE) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "first is 0 to " + LAST_LINE + ", max is 1 to " + LONGEST_PAGE);
        }
    }

    private static boolean is(Authentication who, String role) {
        return Roles.inConfidence(who.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .toList())
                .contains(role);
    }

    /**
     * A part of the trail.
     *
     * @param total how many lines the whole trail has now
     * @param first how many were passed over
     */
    record Page(String caseNumber, int total, int first, List<AuditLine> lines) {}

    /**
     * A part of what was done, or read, that concerns no one case.
     *
     * @param total how many lines there are now
     * @param first how many were passed over
     */
    record Accounts(long total, int first, List<AuditLine> lines) {}
}
