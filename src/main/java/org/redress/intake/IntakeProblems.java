package org.redress.intake;

import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.redress.engine.Suspended;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers with {@code application/problem+json} (RFC 9457), and keeps what people wrote out of answers and logs. */
@RestControllerAdvice(
        assignableTypes = {
            GrievanceController.class,
            ApplicationController.class,
            ConcernController.class,
            EmergencyController.class
        })
class IntakeProblems {

    private static final Logger LOG = LoggerFactory.getLogger(IntakeProblems.class);
    private static final Duration SHORTLY = Duration.ofSeconds(5);
    private static final Duration LATER = Duration.ofMinutes(5);
    private static final int FRAMES = 15;

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(RefusedRequest refused) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(refused.status(), refused.getMessage());
        problem.setType(URI.create("urn:redress:problem:" + refused.type()));
        problem.setTitle(refused.title());
        if (!refused.faults().isEmpty()) {
            problem.setProperty("errors", refused.faults());
        }
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(refused.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        Duration retryAfter = refused.retryAfter();
        if (retryAfter != null) {
            answer.header(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfter.toSeconds()));
        }
        if (refused.status() == HttpStatus.UNAUTHORIZED) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Redress\"");
        }
        return answer.body(problem);
    }

    @ExceptionHandler({CannotCreateTransactionException.class, CannotGetJdbcConnectionException.class})
    ResponseEntity<ProblemDetail> busy(Exception noConnection) {
        LOG.warn("No database connection for a request: {}", withoutMessages(noConnection));
        return refused(RefusedRequest.busy(SHORTLY));
    }

    /** An administrator sets it going again; until then whoever files keeps it. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> suspended(Suspended suspended) {
        LOG.error("A request could not be taken: {}", withoutMessages(suspended));
        return refused(RefusedRequest.suspended(LATER));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> failed(Exception failure) {
        String reference = UUID.randomUUID().toString();
        LOG.error("A request failed, reference {}: {}", reference, withoutMessages(failure));
        return refused(RefusedRequest.failed(reference));
    }

    /** Classes and places of a failure; messages may quote the body. */
    private static String withoutMessages(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            text.append(text.isEmpty() ? "" : System.lineSeparator() + "caused by ")
                    .append(cause.getClass().getName())
                    .append(cause instanceof SQLException sql ? " (SQL state " + sql.getSQLState() + ")" : "")
                    .append(Arrays.stream(cause.getStackTrace())
                            .limit(FRAMES)
                            .map(frame -> System.lineSeparator() + "\tat " + frame)
                            .collect(Collectors.joining()));
        }
        return text.toString();
    }
}
