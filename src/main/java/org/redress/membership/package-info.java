/** What the processes of {@code bpmn/membership} ask of Java (membership-and-concern.md A, E). */
@NullMarked
package org.redress.membership;

import org.jspecify.annotations.NullMarked;
