/** The governance calendar and the register of members. */
@NullMarked
package org.redress.governance;

import org.jspecify.annotations.NullMarked;
