/** The known holes of the engine: each attack succeeds on a bare Camunda 7.24.0, and then fails on the product. */
@NullMarked
package org.redress.attack;

import org.jspecify.annotations.NullMarked;
