package org.redress.architecture.probe.intake;

import org.redress.architecture.probe.remedy.Remedy;

/** Broken: a door knows a process. */
record KnowsARemedy(Remedy remedy) {}
