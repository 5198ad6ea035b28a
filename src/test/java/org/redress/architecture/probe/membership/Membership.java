package org.redress.architecture.probe.membership;

/** Something of another process. */
public final class Membership {}
