/** Who may know whom, and what nobody may do. Each rule is proved by classes that break it, in {@code probe}. */
@NullMarked
package org.redress.architecture;

import org.jspecify.annotations.NullMarked;
