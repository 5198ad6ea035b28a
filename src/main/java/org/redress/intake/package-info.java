/** The public HTTP API for outside systems: files grievances and tells how far they are. Reaches cases only by message. */
@NullMarked
package org.redress.intake;

import org.jspecify.annotations.NullMarked;
