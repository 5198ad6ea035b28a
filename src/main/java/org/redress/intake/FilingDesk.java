package org.redress.intake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.redress.engine.Cases;
import org.redress.engine.StartedCase;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Files what outside systems send once each, however often its sender repeats the request. Key, case and answer are written in one
 * transaction: a key without a case, or a case without its key, cannot exist.
 */
@Service
class FilingDesk {

    private static final int ATTEMPTS = 3;
    /** In the place of a case number. */
    private static final String NO_CASE = "-";

    private static final String PROPOSED = "PROPOSED";
    private static final Duration SHORTLY = Duration.ofSeconds(5);

    private final Cases cases;
    private final IntakeRequests requests;
    private final TransactionTemplate transaction;
    private final Clock clock;

    FilingDesk(Cases cases, IntakeRequests requests, PlatformTransactionManager transactions, Clock clock) {
        this.cases = cases;
        this.requests = requests;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Opens a case, or gives the answer that the first request with this key got.
     *
     * @throws RefusedRequest 409 when the first is still being processed after 10 s, 422 when it had another body
     */
    StartedCase file(String caller, String key, Filing filing) {
        return once(caller, key, filing.hash(), () -> cases.start(filing.message(), filing.variables()));
    }

    /**
     * Reports something to a case that is there, or gives the answer that the first request with this key got.
     *
     * @throws RefusedRequest as for a filing; 422 also when the first was about another case
     */
    StartedCase report(String caller, String key, StartedCase about, Filing report) {
        StartedCase answer = once(caller, key, report.hash(), () -> {
            cases.begin(report.message(), about.caseNumber(), report.variables());
            return about;
        });
        if (!answer.caseNumber().equals(about.caseNumber())) {
            throw RefusedRequest.keyUsedForAnotherBody();
        }
        return answer;
    }

    /**
     * Proposes what belongs to no case, or gives the answer that the first request with this key got.
     *
     * @return when it was proposed
     * @throws RefusedRequest as for a filing
     */
    Instant propose(String caller, String key, Filing proposal) {
        return once(caller, key, proposal.hash(), () -> {
                    cases.begin(proposal.message(), proposal.variables());
                    return new StartedCase(NO_CASE, PROPOSED, clock.instant());
                })
                .receivedAt();
    }

    private StartedCase once(String caller, String key, String hash, Supplier<StartedCase> work) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<StartedCase> filed = fileFirst(caller, key, hash, work);
            if (filed.isPresent()) {
                return filed.get();
            }
            Optional<IntakeRequests.Answered> earlier = requests.find(caller, key);
            if (earlier.isPresent()) {
                if (!earlier.get().bodyHash().equals(hash)) {
                    throw RefusedRequest.keyUsedForAnotherBody();
                }
                return earlier.get().answer();
            }
            // The row went away in between: the key is free again
        }
        throw RefusedRequest.stillInProgress(SHORTLY);
    }

    /** Empty when the key is taken. */
    private Optional<StartedCase> fileFirst(String caller, String key, String hash, Supplier<StartedCase> work) {
        return Optional.ofNullable(transaction.execute(status -> {
            if (!requests.take(caller, key, hash)) {
                status.setRollbackOnly();
                return null;
            }
            StartedCase started = work.get();
            // As precise as every database keeps it, so that a repeated answer is the same to the letter
            StartedCase answer = new StartedCase(
                    started.caseNumber(), started.state(), started.receivedAt().truncatedTo(ChronoUnit.MILLIS));
            requests.answer(caller, key, answer);
            return answer;
        }));
    }

    /** The case with this number that this caller filed; empty for everybody else's. */
    Optional<StartedCase> findOwn(String caller, String caseNumber) {
        return requests.filedBy(caller, caseNumber) ? cases.find(caseNumber) : Optional.empty();
    }

    /** Notes on the trail of the case that this caller is told how it stands. */
    void shown(String caseNumber, String caller) {
        cases.shown(caseNumber, caller);
    }

    /** Tells a case something; how many waited for it. */
    int tell(String caseNumber, String message) {
        return cases.tell(caseNumber, message, Map.of());
    }

    /** Any case, for the operator. */
    Optional<StartedCase> find(String caseNumber) {
        return cases.find(caseNumber);
    }
}
