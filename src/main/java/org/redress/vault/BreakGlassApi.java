package org.redress.vault;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.redress.engine.Markup;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Asks for break-glass and ends it; lists it, and ends that of others, for the data protection officers. Gives no value of a case. */
@RestController
@RequestMapping("/api/vault/break-glass")
class BreakGlassApi {

    private static final int NEWEST = 200;

    private final BreakGlass glass;
    private final Markup markup;

    BreakGlassApi(BreakGlass glass, Markup markup) {
        this.glass = glass;
        this.markup = markup;
    }

    /** @param person reference of the survivor whom it is about; null for the whole case */
    record Wish(@Nullable String caseNumber, @Nullable String person, @Nullable String reason) {

        /** Says nothing of the reason: it could end in a log. */
        @Override
        public String toString() {
            return "Wish";
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    EmergencyGrants.Grant ask(@RequestBody Wish wish, Authentication who) {
        String caseNumber = wish.caseNumber() == null ? "" : wish.caseNumber();
        return glass.ask(FilesApi.asker(who), caseNumber, wish.person(), wish.reason())
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** The newest 200, with their reasons. */
    @GetMapping
    List<BreakGlass.Told> newest(Authentication who) {
        protectsData(who);
        return glass.newest(who.getName(), NEWEST);
    }

    /** Ends a grant at once: the officers any, everybody their own. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(@PathVariable String id, Authentication who) {
        Files.Asker asker = FilesApi.asker(who);
        switch (glass.end(asker, id)) {
            case ENDED -> {}
            case OVER -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
            case NOT_THEIRS ->
                throw new ResponseStatusException(glass.watches(asker) ? HttpStatus.NOT_FOUND : HttpStatus.FORBIDDEN);
        }
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(FileRefused refused) {
        return ResponseEntity.status(refused.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemDetail.forStatusAndDetail(
                        refused.status(), markup.word(refused.messageKey(), refused.details())));
    }

    private void protectsData(Authentication who) {
        if (!glass.watches(FilesApi.asker(who))) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
    }
}
