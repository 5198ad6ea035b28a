/** Admission, and how members stand from year to year (membership-and-concern.md A to C and E). */
@NullMarked
package org.redress.membership;

import org.jspecify.annotations.NullMarked;
