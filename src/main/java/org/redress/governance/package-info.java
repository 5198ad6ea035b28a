/**
 * The governance calendar and the register of members (membership.md sections A, C and E): Plenary dates, windows, terms,
 * who is a member and who sits on the Steering Committee. Knows none of the processes that ask here.
 */
@NullMarked
package org.redress.governance;

import org.jspecify.annotations.NullMarked;
