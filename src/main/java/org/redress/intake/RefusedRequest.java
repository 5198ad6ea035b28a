package org.redress.intake;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A request that gets a problem (RFC 9457) for an answer. Its message is safe to log: it never holds a value of the body. */
@SuppressWarnings("serial") // never serialised: it lives from the controller to the advice
final class RefusedRequest extends RuntimeException {

    private final HttpStatus status;
    private final String type;
    private final String title;
    private final List<Fault> faults;
    private final @Nullable Duration retryAfter;

    private RefusedRequest(
            HttpStatus status,
            String type,
            String title,
            String detail,
            List<Fault> faults,
            @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.status = status;
        this.type = type;
        this.title = title;
        this.faults = List.copyOf(faults);
        this.retryAfter = retryAfter;
    }

    /** 400: the request has faults, all of them listed. */
    static RefusedRequest faulty(List<Fault> faults) {
        return new RefusedRequest(
                HttpStatus.BAD_REQUEST,
                "faulty-request",
                "The request has faults",
                faults.size() == 1 ? "One thing needs repair." : faults.size() + " things need repair.",
                faults,
                null);
    }

    static RefusedRequest notSignedIn() {
        return new RefusedRequest(
                HttpStatus.UNAUTHORIZED,
                "not-signed-in",
                "Sign-in needed",
                "Send the user and password of a partner system (HTTP Basic).",
                List.of(),
                null);
    }

    static RefusedRequest notAllowed() {
        return new RefusedRequest(
                HttpStatus.FORBIDDEN,
                "not-allowed",
                "Not allowed",
                "Only partner systems may use this API. Ask the operator for membership of the group 'partner'.",
                List.of(),
                null);
    }

    /** 404, also for a case that somebody else filed: a partner must not learn that it exists. */
    static RefusedRequest noSuchCase() {
        return new RefusedRequest(
                HttpStatus.NOT_FOUND,
                "no-such-case",
                "No such case",
                "There is no case with this number among those that you filed.",
                List.of(),
                null);
    }

    /** 409: the case has ended, or is at a point where it cannot be told this. */
    static RefusedRequest notWaitedFor() {
        return new RefusedRequest(
                HttpStatus.CONFLICT,
                "not-waited-for",
                "Not now",
                "The case does not wait for this (any more): look at its state first.",
                List.of(),
                null);
    }

    static RefusedRequest tooLarge(int limit) {
        return new RefusedRequest(
                HttpStatus.PAYLOAD_TOO_LARGE,
                "too-large",
                "The body is too large",
                "At most " + limit / 1024 + " KiB.",
                List.of(Fault.at("", "Shorten the body to at most " + limit / 1024 + " KiB.")),
                null);
    }

    static RefusedRequest notJson() {
        return new RefusedRequest(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "not-json",
                "The body is not JSON",
                "Send application/json in UTF-8, without a content encoding.",
                List.of(Fault.inHeader("Content-Type", "Must be application/json, in UTF-8.")),
                null);
    }

    /** 409: the first request with this key has still not been answered. */
    static RefusedRequest stillInProgress(Duration retryAfter) {
        return new RefusedRequest(
                HttpStatus.CONFLICT,
                "still-in-progress",
                "The first request with this key is still being processed",
                "Send the same request with the same Idempotency-Key again after the time in Retry-After.",
                List.of(Fault.inHeader("Idempotency-Key", "Its first request is still being processed.")),
                retryAfter);
    }

    /** 422: the key was used for another body. */
    static RefusedRequest keyUsedForAnotherBody() {
        return new RefusedRequest(
                HttpStatus.UNPROCESSABLE_ENTITY,
                "key-reused",
                "This Idempotency-Key belongs to another body",
                "Send a new grievance with a new Idempotency-Key. To repeat a request, send the same body.",
                List.of(Fault.inHeader("Idempotency-Key", "Already used for a request with another body.")),
                null);
    }

    /** 503: no database connection was free in time. */
    static RefusedRequest busy(Duration retryAfter) {
        return new RefusedRequest(
                HttpStatus.SERVICE_UNAVAILABLE,
                "busy",
                "Too busy",
                "Nothing was stored. Send the same request with the same Idempotency-Key again.",
                List.of(),
                retryAfter);
    }

    /** 503: the case, or the model by which it would run, is suspended; nothing happened, and the key is free again. */
    static RefusedRequest suspended(Duration retryAfter) {
        return new RefusedRequest(
                HttpStatus.SERVICE_UNAVAILABLE,
                "suspended",
                "Not taken at the moment",
                "The house has stopped this kind of work for a while, and nothing was stored. Keep what you have and send the"
                        + " same request with the same Idempotency-Key again after the time in Retry-After. If somebody is"
                        + " in danger, do not wait for it: call the house.",
                List.of(),
                retryAfter);
    }

    /** 500: our fault. If the connection broke at the very end, the case may exist; the key makes repeating safe. */
    static RefusedRequest failed(String reference) {
        return new RefusedRequest(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "failed",
                "The request failed on our side",
                "Send the same request with the same Idempotency-Key again: it never opens a second case. If it keeps"
                        + " failing, tell the operator the reference " + reference + ".",
                List.of(),
                null);
    }

    HttpStatus status() {
        return status;
    }

    String type() {
        return type;
    }

    String title() {
        return title;
    }

    List<Fault> faults() {
        return faults;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
