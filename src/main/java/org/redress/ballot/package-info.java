/**
 * Ballots of the Voluntary Principles Initiative, for whoever has a question to put to a body (membership-and-concern.md
 * A.2, B, E.6): who may vote, who stays out and why, consensus first and a vote as fallback, and a count that anybody can
 * repeat from the record.
 */
@NullMarked
package org.redress.ballot;

import org.jspecify.annotations.NullMarked;
