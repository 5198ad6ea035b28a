package org.redress.architecture.probe.vault;

import org.redress.architecture.probe.oversight.Overseen;

/** Half of a cycle of rooms. */
public record Kept(Overseen overseen) {}
