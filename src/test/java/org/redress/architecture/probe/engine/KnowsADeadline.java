package org.redress.architecture.probe.engine;

import org.redress.architecture.probe.deadline.Deadline;

/** Broken: the engine package knows another room. */
record KnowsADeadline(Deadline deadline) {}
