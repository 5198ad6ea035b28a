/** Who gets which answer at which door: the table in {@code docs/access}, and the walk that compares. */
@NullMarked
package org.redress.access;

import org.jspecify.annotations.NullMarked;
