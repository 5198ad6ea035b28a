package org.redress.architecture.probe.oversight;

import org.redress.architecture.probe.vault.Sealed;

/** The other half of a cycle of rooms. */
public record Overseen(Sealed sealed) {}
