package org.redress.architecture.probe.engine;

/** Something of the engine package that is not for everybody. */
public final class SetUp {}
