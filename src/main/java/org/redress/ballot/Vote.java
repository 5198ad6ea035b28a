package org.redress.ballot;

import java.time.Instant;

/**
 * The one vote of an elector. Never changed and never taken back.
 *
 * @param organisation the elector
 * @param voter the account of the person who cast it
 */
public record Vote(String organisation, Choice choice, String voter, Instant castAt) {}
