package org.redress.governance;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.spin.json.SpinJsonNode;
import org.jspecify.annotations.Nullable;
import org.redress.engine.InvalidInput;
import org.redress.engine.Lists;
import org.redress.engine.People;
import org.springframework.stereotype.Component;

/**
 * The register of members, as models ask for it: {@code ${roster.electors('PLENARY')}}. An unknown member, or a step that
 * the rules do not leave open, is an {@link InvalidInput} that says what to do.
 */
@Component("roster")
public class RosterTasks {

    private final Roster roster;
    private final Members members;
    private final People people;

    RosterTasks(Roster roster, Members members, People people) {
        this.roster = roster;
        this.members = members;
        this.people = people;
    }

    /**
     * Who votes today: a Json list of {@code {"organisation", "name", "pillar"}}, by name.
     *
     * @param body {@code PLENARY} or {@code STEERING_COMMITTEE}
     */
    public SpinJsonNode electors(String body) {
        Roster.Body of = Arrays.stream(Roster.Body.values())
                .filter(each -> each.name().equals(body))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        "There is no body " + body + ": choose one of " + Arrays.toString(Roster.Body.values())));
        List<Map<String, String>> electors = roster.electors(of).stream()
                .map(member -> Map.of(
                        "organisation", member.organisation(),
                        "name", member.name(),
                        "pillar", member.pillar()))
                .toList();
        return Lists.json(electors);
    }

    /** The members that take part, as choices of a select field: {@code [{label, value}]}, by name. */
    public SpinJsonNode choices() {
        return Lists.json(members.all().stream()
                .filter(member -> member.status().takesPart())
                .map(member -> Map.of("value", member.organisation(), "label", member.name()))
                .toList());
    }

    /** {@code ENGAGED}, {@code FULL}, {@code OBSERVER}, {@code INACTIVE}, {@code EXPELLED} or {@code WITHDRAWN}. */
    public String statusOf(String organisation) {
        return members.get(organisation).status().name();
    }

    /** {@code government}, {@code corporate}, {@code ngo} or {@code observer}. */
    public String pillarOf(String organisation) {
        return members.get(organisation).pillar();
    }

    /** Whether the organisation was ever admitted. */
    public boolean isKnown(String organisation) {
        return members.find(organisation).isPresent();
    }

    /**
     * The id of the member that is called so, by its name or its id; empty when there is none.
     *
     * @throws InvalidInput if more than one has this name
     */
    public Optional<String> find(String nameOrId) {
        List<String> found = members.all().stream()
                .filter(member ->
                        member.organisation().equals(nameOrId) || member.name().equalsIgnoreCase(nameOrId))
                .map(Member::organisation)
                .toList();
        if (found.size() > 1) {
            throw new InvalidInput("More than one member has this name: write the id of its organisation");
        }
        return found.stream().findFirst();
    }

    /** Whether the member was expelled or has withdrawn. */
    public boolean hasLeft(String organisation) {
        return members.get(organisation).status().hasLeft();
    }

    /** The ids of the members that owe an annual report: full, engaged and inactive ones, no observers (membership.md C). */
    public List<String> reporting() {
        return members.all().stream()
                .filter(Member::reports)
                .map(Member::organisation)
                .toList();
    }

    /**
     * The code for which an inactive member is so, such as {@code REPORT_MISSING}; {@code PLENARY_DECISION} as long as what a
     * Plenary decided stands; an empty text for any other member.
     */
    public String inactiveBecause(String organisation) {
        return members.inactiveBecause(organisation).orElse("");
    }

    /**
     * Admits an organisation, and registers it for the role {@code member}. Twice is as good as once.
     *
     * @param status {@code ENGAGED}, {@code FULL} or {@code OBSERVER}
     * @param reason a code such as {@code RATIFIED}, at most 40 characters
     */
    public void admit(
            String organisation,
            String name,
            String pillar,
            String status,
            @Nullable String caseNumber,
            String reason) {
        members.admit(organisation, name, pillar, status, caseNumber, reason, who());
    }

    /** Changes the status of a member. Twice is as good as once; whoever leaves loses seat and chair with the day. */
    public void changeStatus(String organisation, String status, @Nullable String caseNumber, String reason) {
        members.changeStatus(organisation, status, caseNumber, reason, who());
    }

    /**
     * Gives an inactive member that has cured what was missing its status back. Others stay as they are; so does one about
     * which a Plenary decided, but that it has cured the rest is on record.
     */
    public void reinstate(String organisation, @Nullable String caseNumber, String reason) {
        members.reinstate(organisation, caseNumber, reason, who());
    }

    private String who() {
        return people.acting().orElse("redress");
    }
}
