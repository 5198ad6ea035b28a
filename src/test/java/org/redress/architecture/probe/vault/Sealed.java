package org.redress.architecture.probe.vault;

/** Known by oversight. */
public record Sealed(String reference) {}
