@NullMarked
package org.redress.remedy;

import org.jspecify.annotations.NullMarked;
