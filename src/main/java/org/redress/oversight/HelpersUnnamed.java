package org.redress.oversight;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.redress.engine.AuditLine;
import org.redress.engine.People;
import org.redress.engine.Person;
import org.redress.engine.Roles;
import org.redress.engine.SystemWork;
import org.springframework.stereotype.Component;

/**
 * The lines of a trail without what tells of a survivor, or which organisation helps: that is the data protection officer's
 * business (remedy.md C). Whoever works for a provider today, or whose account is no more, is told as such.
 */
@Component
class HelpersUnnamed {

    /** What the product calls itself on its records; nobody has this account. */
    private static final String THE_HOUSE = "system";

    static final String A_HELPER = "a provider";
    static final String NO_MORE = "an account that is no more";

    private static final String PROVIDER = "provider";
    private static final String ROLE = "role";

    /** What tells of a survivor. */
    private static final Set<String> OF_PEOPLE = Set.of("person", "field", "to", "recipient");

    /** Facts that name an account. */
    private static final Set<String> ACCOUNTS = Set.of("reader", "askedBy", "declaredBy");

    /** Facts that name an organisation in the role of the line. */
    private static final Set<String> ORGANISATIONS = Set.of("organisation", "former", "successor");

    private static final String CHANGED = "changed";
    private static final Set<String> CHANGED_ACCOUNTS = Set.of("assignee", "owner", "userId", "candidate");
    private static final String CHANGED_GROUP = "groupId";
    private static final String CHANGED_CANDIDATE = "candidate";
    private static final String DEADLINE = "DEADLINE";
    private static final String TO = "to";

    private final People people;
    private final SystemWork system;

    HelpersUnnamed(People people, SystemWork system) {
        this.people = people;
        this.system = system;
    }

    List<AuditLine> of(List<AuditLine> lines) {
        return system.call(() -> {
            Map<String, String> told = new HashMap<>();
            return lines.stream().map(line -> of(line, told)).toList();
        });
    }

    private AuditLine of(AuditLine line, Map<String, String> told) {
        Map<String, Object> facts = new LinkedHashMap<>(line.facts());
        facts.keySet().removeIf(name -> OF_PEOPLE.contains(name) && !isDay(line, name));
        if (PROVIDER.equals(facts.get(ROLE))) {
            facts.keySet().removeAll(ORGANISATIONS);
        }
        facts.replaceAll((name, value) -> ACCOUNTS.contains(name) ? account(value.toString(), told) : value);
        if (facts.get(CHANGED) instanceof Map<?, ?> changes) {
            facts.put(CHANGED, changed(changes, told));
        }
        String by = line.by();
        return new AuditLine(line.at(), by == null ? null : account(by, told), line.kind(), line.what(), facts);
    }

    /** The line of a clock says to which day it moved. */
    private static boolean isDay(AuditLine line, String name) {
        return DEADLINE.equals(line.kind()) && TO.equals(name);
    }

    private Map<String, Object> changed(Map<?, ?> changes, Map<String, String> told) {
        Map<String, Object> all = new LinkedHashMap<>();
        changes.forEach((property, change) -> all.put(
                property.toString(),
                change instanceof Map<?, ?> sides ? changed(property.toString(), sides, told) : change));
        return all;
    }

    private Map<String, Object> changed(String property, Map<?, ?> sides, Map<String, String> told) {
        Map<String, Object> plain = new LinkedHashMap<>();
        sides.forEach((side, value) -> plain.put(side.toString(), side(property, value.toString(), told)));
        return plain;
    }

    private String side(String property, String value, Map<String, String> told) {
        // Of a group: a role, an organisation, or a role in one. A candidate is an account or a group.
        boolean tells = value.contains(Roles.ORGANISATION_PREFIX);
        if (tells && (property.equals(CHANGED_GROUP) || property.equals(CHANGED_CANDIDATE))) {
            return "a group of an organisation";
        }
        boolean role = property.equals(CHANGED_CANDIDATE) && Roles.all().contains(value);
        return CHANGED_ACCOUNTS.contains(property) && !role ? account(value, told) : value;
    }

    private String account(String id, Map<String, String> told) {
        if (id.equals(THE_HOUSE)) {
            return id;
        }
        return told.computeIfAbsent(id, any -> people.find(any)
                .map(Person::groups)
                .map(groups -> groups.contains(PROVIDER) ? A_HELPER : any)
                .orElse(NO_MORE));
    }
}
