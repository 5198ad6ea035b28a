/** Tests of the whole product on a real engine. */
@NullMarked
package org.redress;

import org.jspecify.annotations.NullMarked;
