/** The guard, sign-in and the checks of forms. */
@NullMarked
package org.redress.engine;

import org.jspecify.annotations.NullMarked;
