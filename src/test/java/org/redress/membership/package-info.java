@NullMarked
package org.redress.membership;

import org.jspecify.annotations.NullMarked;
