package org.redress.engine;

/**
 * One thing that is wrong with a form.
 *
 * @param field key of the field
 * @param message what is wrong and what to do, without the value
 */
public record FormProblem(String field, String message) {}
