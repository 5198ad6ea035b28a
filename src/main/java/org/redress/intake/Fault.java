package org.redress.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One thing to repair in a request. Says what to do and never repeats a value, since most values are confidential.
 *
 * @param pointer where in the body (RFC 6901), empty for the whole body, null when it is not about the body
 * @param header the request header it is about, null when it is about the body
 * @param detail what to do, in one or two sentences
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Fault(@Nullable String pointer, @Nullable String header, String detail) {

    static Fault at(String pointer, String detail) {
        return new Fault(pointer, null, detail);
    }

    static Fault inHeader(String header, String detail) {
        return new Fault(null, header, detail);
    }
}
