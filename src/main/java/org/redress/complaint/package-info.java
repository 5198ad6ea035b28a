/**
 * The review of a concern about a participant (membership-and-concern.md sections B and E.4 to E.6): what
 * {@code bpmn/complaint} asks of Java. No class here decides a sanction; people do.
 */
@NullMarked
package org.redress.complaint;

import org.jspecify.annotations.NullMarked;
