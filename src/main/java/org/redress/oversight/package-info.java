/** For those who watch the processes: the audit trail of a case, put together from what every room has on record. */
@NullMarked
package org.redress.oversight;

import org.jspecify.annotations.NullMarked;
