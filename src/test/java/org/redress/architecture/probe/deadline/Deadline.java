package org.redress.architecture.probe.deadline;

/** Something that others know. */
public final class Deadline {}
