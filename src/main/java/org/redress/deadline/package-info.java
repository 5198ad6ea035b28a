/**
 * When things are due: the business calendar, the clocks D01 to D28 of the deadline matrix and the due dates that models
 * ask for. Nobody else in the house does date arithmetic.
 */
@NullMarked
package org.redress.deadline;

import org.jspecify.annotations.NullMarked;
