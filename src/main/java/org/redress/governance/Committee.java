package org.redress.governance;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.redress.engine.Lists;
import org.redress.engine.NobodyLeft;
import org.redress.engine.People;
import org.redress.engine.Roles;
import org.springframework.stereotype.Component;

/**
 * The Steering Committee and its chair, as models ask for them. A task of a case in which a member of the committee is a
 * party goes to the others: {@code ${committee.groups(recused)}} (membership.md E.4, Recusal check). An open task follows
 * when a seat or the chair passes on ({@link Offices}).
 */
@Component(Committee.NAME)
public class Committee {

    /** The role of whoever acts for the organisation that holds the chair. */
    public static final String CHAIR = "government-chair";

    /** The role that takes the chair's part. */
    public static final String STAND_IN = "secretariat";

    static final String NAME = "committee";

    private static final String SEATED = "steering-committee";

    /** The roles of the groups that are given here. */
    static final Set<String> ROLES = Set.of(SEATED, CHAIR, STAND_IN);

    private final Roster roster;
    private final Members members;
    private final Terms terms;
    private final Lists lists;
    private final People people;

    Committee(Roster roster, Members members, Terms terms, Lists lists, People people) {
        this.roster = roster;
        this.members = members;
        this.terms = terms;
        this.lists = lists;
        this.people = people;
    }

    /**
     * The candidate groups of those who sit on the committee today, such as {@code steering-committee.org-luma}.
     *
     * @param recused the organisations that stay out, as Json list or collection; null for none
     * @throws NobodyLeft if nobody is left: the task would be seen by no one
     */
    public List<String> groups(@Nullable Object recused) {
        Set<String> out = Set.copyOf(lists.strings(recused));
        List<Member> seated = roster.electors(Roster.Body.STEERING_COMMITTEE);
        List<String> groups = seated.stream()
                .map(Member::organisation)
                .filter(organisation -> !out.contains(organisation))
                .map(organisation -> Roles.ofOrganisation(SEATED, organisation))
                .toList();
        if (groups.isEmpty()) {
            throw new NobodyLeft("Nobody of the Steering Committee is left for this task: "
                    + (seated.isEmpty()
                            ? "no active member holds a seat today"
                            : "each of the " + seated.size() + " members with a seat is recused")
                    + ". The Secretariat gives a seat first (Keep the governance calendar)");
        }
        return groups;
    }

    /**
     * The organisation that holds the chair today; an empty text when nobody does. A member that takes no part holds it as
     * little as a seat (membership.md B, Inactive status).
     */
    public String chair() {
        return terms.running(Term.Office.CHAIR).stream()
                .map(Term::organisation)
                .filter(organisation -> members.get(organisation).status().takesPart())
                .findFirst()
                .orElse("");
    }

    /**
     * The candidate group of whoever presides over a Plenary: the organisation that holds the chair today, such as
     * {@code government-chair.org-luma}. The Secretariat takes its part where that organisation stays out, since nobody
     * presides in its own case (membership.md B stage 8, parties excluded [I]), while nobody holds the chair, so that a case
     * goes on between two terms [I], and while nobody of that organisation has an account in this role [I].
     *
     * @param out the organisations that stay out, as Json list or collection; null for none
     */
    public String presiding(@Nullable Object out) {
        String chair = chair();
        return chair.isEmpty() || lists.contains(out, chair) || !people.anyOf(CHAIR, chair)
                ? STAND_IN
                : Roles.ofOrganisation(CHAIR, chair);
    }
}
