/** The six steps of remedy, the cases of the people who were harmed and the programmes against the causes. */
@NullMarked
package org.redress.remedy;

import org.jspecify.annotations.NullMarked;
