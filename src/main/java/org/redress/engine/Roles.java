package org.redress.engine;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The roles of the house: engine groups and candidate groups of the models. The one list of them. */
public final class Roles {

    /** Roles whose people act only in cases to which their organisation is a party in that role. */
    public static final Set<String> OF_PARTIES =
            Set.of("smelter", "downstream", "facilitator", "vsc", "provider", "member");

    /**
     * Roles that people hold for an organisation with an office: where a task names some organisations, it is for these alone.
     * A member of the Steering Committee who is a party to a case stays out of it (membership.md E.4), and only the
     * government that holds the chair presides.
     */
    public static final Set<String> OF_SEATS = Set.of("steering-committee", "government-chair");

    /** Roles of people who work on tasks. */
    public static final List<String> OF_CASE_WORKERS = List.of(
            "downstream",
            "audit-programme",
            "smelter",
            "facilitator",
            "vsc",
            "provider",
            "protection",
            "legal",
            "dpo",
            "secretariat",
            "steering-committee",
            "government-chair",
            "pillar-government",
            "pillar-corporate",
            "pillar-ngo",
            "association",
            "member");

    /** Roles of people who work on remedy cases, or protect the data in them: who may see such a case at a glance. */
    public static final Set<String> OF_REMEDY = Set.of(
            "downstream", "audit-programme", "smelter", "facilitator", "vsc", "provider", "protection", "legal", "dpo");

    /** Watches the processes in Cockpit, reads no variables. */
    public static final String OVERSEER = "overseer";

    /** Outside systems that call the API. */
    public static final String PARTNER = "partner";

    /** Operates; the engine's own administrators' group. */
    public static final String ADMINISTRATOR = "camunda-admin";

    /** Prefix of the ids of groups that are organisations. */
    public static final String ORGANISATION_PREFIX = "org-";

    private Roles() {}

    /**
     * The groups of somebody that count where something is shown in confidence, or is done with it: none for whoever operates,
     * whatever other roles they have. An administrator gives roles, to themselves too, and watching them would be their own.
     */
    public static Set<String> inConfidence(Collection<String> groups) {
        return groups.contains(ADMINISTRATOR) ? Set.of() : Set.copyOf(groups);
    }

    /** The candidate group of {@code role} in one organisation, such as {@code smelter.org-luma}. */
    public static String ofOrganisation(String role, String organisation) {
        return role + "." + organisation;
    }

    /** Every role, for lists and checks. */
    public static List<String> all() {
        return java.util.stream.Stream.concat(
                        OF_CASE_WORKERS.stream(), java.util.stream.Stream.of(OVERSEER, PARTNER, ADMINISTRATOR))
                .toList();
    }
}
