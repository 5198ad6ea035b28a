package org.redress.architecture.probe.remedy;

import org.redress.architecture.probe.membership.Membership;

/** Broken: a process knows another. */
record KnowsAMembership(Membership membership) {}
