/** The web apps as people see them, in a Chromium without a window. Skipped, and said so, where there is no Chromium. */
@NullMarked
package org.redress.browser;

import org.jspecify.annotations.NullMarked;
