package org.redress.architecture.probe.remedy;

/** Something of a process. */
public final class Remedy {}
