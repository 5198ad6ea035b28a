/** Redress: remedy, membership and complaint processes on the Camunda 7 engine. */
@NullMarked
package org.redress;

import org.jspecify.annotations.NullMarked;
