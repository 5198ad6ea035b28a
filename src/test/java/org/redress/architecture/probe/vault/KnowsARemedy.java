package org.redress.architecture.probe.vault;

import org.redress.architecture.probe.remedy.Remedy;

/** Broken: a shared room knows a process. */
record KnowsARemedy(Remedy remedy) {}
