/** Engine set-up: plug-ins, guard, sign-in, accounts. Knows no other room of the house. */
@NullMarked
package org.redress.engine;

import org.jspecify.annotations.NullMarked;
