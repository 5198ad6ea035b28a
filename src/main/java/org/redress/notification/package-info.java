/**
 * Letters, which wait here for their addressee, and mails, which only say that something waits (remedy.md B.9). Knows no
 * process: which event concerns whom is said by the decision {@code notification-matrix}.
 */
@NullMarked
package org.redress.notification;

import org.jspecify.annotations.NullMarked;
