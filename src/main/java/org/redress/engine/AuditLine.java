package org.redress.engine;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of the audit trail of a case: who did what and when. It holds ids, names of fields, rules and roles, and never what was
 * entered or told.
 *
 * @param at UTC
 * @param by id of an account; null for what the process did by itself
 * @param kind what sort of line it is, such as {@code OPERATION} or {@code READ}
 * @param what was done, in a word or two
 * @param facts more about it, in the order in which they are read
 */
public record AuditLine(Instant at, @Nullable String by, String kind, String what, Map<String, Object> facts) {}
