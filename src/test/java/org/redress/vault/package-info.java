@NullMarked
package org.redress.vault;

import org.jspecify.annotations.NullMarked;
