package org.redress.engine;

import java.time.Instant;

/**
 * Somebody set the password of another person's account; published in the transaction in which they do.
 *
 * @param user id of the account
 * @param by id of the account of whoever set it
 * @param at when (UTC)
 */
public record PasswordReset(String user, String by, Instant at) {}
