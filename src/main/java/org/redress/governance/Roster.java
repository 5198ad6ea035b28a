package org.redress.governance;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.redress.governance.Member.Status;
import org.springframework.stereotype.Component;

/** Who votes in which body. */
@Component("votingRoster")
class Roster {

    /** A body that votes. */
    enum Body {
        PLENARY,
        STEERING_COMMITTEE
    }

    private final Members members;
    private final Terms terms;
    private final GovernanceSettings settings;

    Roster(Members members, Terms terms, GovernanceSettings settings) {
        this.members = members;
        this.terms = terms;
        this.settings = settings;
    }

    /**
     * The electors of today. Of a Plenary the Full Members (membership.md E.1), with the Engaged ones where the operator
     * says so; of the Steering Committee whoever holds a seat. Whoever is inactive or has left has no vote anywhere (B).
     */
    List<Member> electors(Body body) {
        return switch (body) {
            case PLENARY ->
                members.all().stream()
                        .filter(member -> member.status() == Status.FULL
                                || (settings.engagedMayVote() && member.status() == Status.ENGAGED))
                        .toList();
            case STEERING_COMMITTEE -> {
                Set<String> seated = terms.running(Term.Office.COMMITTEE_SEAT).stream()
                        .map(Term::organisation)
                        .collect(Collectors.toSet());
                yield members.all().stream()
                        .filter(member -> seated.contains(member.organisation()))
                        .filter(member -> member.status() == Status.FULL || member.status() == Status.ENGAGED)
                        .toList();
            }
        };
    }
}
