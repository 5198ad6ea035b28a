package org.redress.vault;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.redress.engine.CaseReads;
import org.redress.engine.Roles;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Who was shown what, consents, erasure, legal holds and the change of the master key. Gives no value to anybody. */
@RestController
@RequestMapping("/api/vault")
class VaultApi {

    private static final String SECOND =
            "Recorded. Another officer must confirm it: the same request by another account"
                    + " with the role dpo or legal, until then.";

    private final ReadLog log;
    private final ErasureDesk desk;
    private final KeyRotation rotation;
    private final Consents consents;
    private final CaseReads reads;

    VaultApi(ReadLog log, ErasureDesk desk, KeyRotation rotation, Consents consents, CaseReads reads) {
        this.log = log;
        this.desk = desk;
        this.rotation = rotation;
        this.consents = consents;
        this.reads = reads;
    }

    /**
     * What is to be erased.
     *
     * @param person reference of one survivor; null for the whole case
     * @param force true to erase though somebody is still helped, as when the person demands it
     */
    record Erasure(
            @Nullable String caseNumber, @Nullable String person, @Nullable String reason, @Nullable Boolean force) {}

    /**
     * Where new values are to be kept again.
     *
     * @param person reference of one survivor; null for the whole case
     */
    record Reopening(@Nullable String caseNumber, @Nullable String person, @Nullable String reason) {}

    /**
     * What waits for another officer.
     *
     * @param until when it is void (UTC)
     */
    record Recorded(String detail, Instant until) {}

    /** Why a case is held, or is so no longer. */
    record Hold(@Nullable String reason) {}

    /** The lines of the read log of one case, the earliest first. For the data protection officer, who is on record for it. */
    @GetMapping("/reads")
    List<ReadLog.Line> reads(@RequestParam String caseNumber, Authentication who) {
        only(who, Set.of(Erasures.PROTECTS_DATA));
        String number = desk.known(caseNumber);
        reads.note(number, who.getName(), CaseReads.What.READS);
        return log.of(number);
    }

    /** Every consent of a survivor, the earliest first, with how it ended. For the data protection officer. */
    @GetMapping("/consents")
    List<Consents.Line> consents(@RequestParam String caseNumber, @RequestParam String person, Authentication who) {
        only(who, Set.of(Erasures.PROTECTS_DATA));
        String number = desk.known(caseNumber);
        reads.note(number, who.getName(), CaseReads.What.CONSENTS);
        return consents.of(number, person);
    }

    /**
     * Destroys keys and tells what is gone. For the data protection officer; 409 while the case is held, and while somebody
     * is helped unless it is forced. Forced, or while a hold was lifted not long ago, it takes a second account: 202, and the
     * same request by another officer, or by somebody of the role legal, erases.
     */
    @PostMapping("/erasures")
    ResponseEntity<Object> erase(@RequestBody Erasure erasure, Authentication who) {
        Erasures.Outcome outcome = desk.erase(
                FilesApi.asker(who),
                erasure.caseNumber(),
                erasure.person(),
                Boolean.TRUE.equals(erasure.force()),
                erasure.reason(),
                null);
        return outcome instanceof Erasures.Outcome.Waits waits
                ? ResponseEntity.accepted().body(new Recorded(SECOND, waits.until()))
                : ResponseEntity.ok(((Erasures.Outcome.Done) outcome).report());
    }

    /** Lets new values be kept where everything was erased. For the data protection officer. */
    @PostMapping("/reopenings")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void reopen(@RequestBody Reopening reopening, Authentication who) {
        desk.reopen(FilesApi.asker(who), reopening.caseNumber(), reopening.person(), reopening.reason());
    }

    /** Puts a case under a legal hold. */
    @PutMapping("/holds/{caseNumber}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void hold(@PathVariable String caseNumber, @RequestBody Hold hold, Authentication who) {
        desk.hold(FilesApi.asker(who), caseNumber, hold.reason(), null);
    }

    /** Lifts it, with the reason in the body, where no log of addresses has it; those who may hold and erase are told. */
    @DeleteMapping("/holds/{caseNumber}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void lift(@PathVariable String caseNumber, @RequestBody(required = false) @Nullable Hold why, Authentication who) {
        if (!Erasures.areOfAnOfficer(FilesApi.asker(who).groups())) {
            throw new ErasureRefused(ErasureRefused.Why.NOT_YOURS);
        }
        if (why == null || why.reason() == null || why.reason().isBlank()) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST,
                    "Say in the body why the hold is lifted: {\"reason\": \"…\"}; it goes on record");
        }
        desk.lift(FilesApi.asker(who), caseNumber, why.reason(), null);
    }

    /** Wraps every data key by the current master key; the other one is needed no more. For administrators. */
    @PostMapping("/rotation")
    Map<String, Integer> rotate(Authentication who) {
        only(who, Set.of(Roles.ADMINISTRATOR));
        return Map.of("wrapped", rotation.rotate(who.getName()));
    }

    /** Whoever operates has no other role here. */
    private static void only(Authentication who, Set<String> roles) {
        Set<String> groups = who.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        Set<String> counting = roles.contains(Roles.ADMINISTRATOR) ? groups : Roles.inConfidence(groups);
        if (counting.stream().noneMatch(roles::contains)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
    }
}
