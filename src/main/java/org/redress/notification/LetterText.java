package org.redress.notification;

/**
 * What a letter says.
 *
 * @param language of the template that was used (BCP 47)
 */
record LetterText(String language, String subject, String body) {}
