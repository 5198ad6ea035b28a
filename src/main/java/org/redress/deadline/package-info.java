/**
 * When things are due: the business calendar, the clocks of the deadline matrix, the due dates that models ask for, and how
 * they follow a day that moves. Nobody else in the house does date arithmetic.
 */
@NullMarked
package org.redress.deadline;

import org.jspecify.annotations.NullMarked;
