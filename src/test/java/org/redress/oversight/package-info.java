@NullMarked
package org.redress.oversight;

import org.jspecify.annotations.NullMarked;
