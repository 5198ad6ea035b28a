package org.redress.architecture.probe.ballot;

/** Broken: this package has no package-info. */
final class Ballot {}
