package org.redress.architecture.probe.reporter;

import org.redress.architecture.probe.engine.SetUp;

/** Broken: a door knows more of the engine than cases. */
record KnowsTheSetUp(SetUp setUp) {}
