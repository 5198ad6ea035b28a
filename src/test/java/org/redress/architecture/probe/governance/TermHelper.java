package org.redress.architecture.probe.governance;

/** Broken: no noun of the domain. */
final class TermHelper {}
