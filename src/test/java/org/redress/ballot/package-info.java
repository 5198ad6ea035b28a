/** Ballots: the count, the record, the tables of rules, and the process end to end. */
@NullMarked
package org.redress.ballot;

import org.jspecify.annotations.NullMarked;
