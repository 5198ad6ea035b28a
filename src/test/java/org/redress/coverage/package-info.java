/** What the tests of a run visited, compared with what the models hold. */
@NullMarked
package org.redress.coverage;

import org.jspecify.annotations.NullMarked;
