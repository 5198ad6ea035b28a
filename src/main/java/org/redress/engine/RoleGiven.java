package org.redress.engine;

import java.time.Instant;

/**
 * Somebody put an account into a role or an organisation; published in the transaction in which they do. Neither the accounts
 * of the first look nor what a provider of sign-in says is anybody's doing.
 *
 * @param user id of the account
 * @param group id of the role or organisation
 * @param by id of the account of whoever did it
 * @param at when (UTC)
 */
public record RoleGiven(String user, String group, String by, Instant at) {}
