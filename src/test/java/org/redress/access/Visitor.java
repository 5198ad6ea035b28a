package org.redress.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.redress.engine.Roles;

/**
 * Who asks: a column of the table.
 *
 * @param name heading of the column
 * @param user whose account and password it is; null for nobody
 * @param role whose tasks are this visitor's own; those of the smelter for whoever has no role in cases
 * @param app the web app that this visitor tries to sign in to
 */
record Visitor(String name, @Nullable String user, String role, String app) {

    /** Belongs to no case; the other organisation of everybody. */
    static final String ELSEWHERE = "org-elsewhere";

    /** Has an account and no group. */
    static final String WITHOUT_ROLE = "without-role";

    static final String OTHER = " elsewhere";

    static List<Visitor> all() {
        List<Visitor> all = new ArrayList<>();
        for (String role : Roles.OF_CASE_WORKERS) {
            all.add(new Visitor(role, role, role, "tasklist"));
            if (ofAnOrganisation(role)) {
                all.add(new Visitor(role + OTHER, role + "-elsewhere", role, "tasklist"));
            }
        }
        all.add(new Visitor(Roles.OVERSEER, "overseer", "smelter", "cockpit"));
        all.add(new Visitor(Roles.PARTNER, "partner", "smelter", "tasklist"));
        all.add(new Visitor(Roles.ADMINISTRATOR, "admin", "smelter", "cockpit"));
        all.add(new Visitor("no role", WITHOUT_ROLE, "smelter", "tasklist"));
        all.add(new Visitor("nobody", null, "smelter", "tasklist"));
        return all;
    }

    static boolean ofAnOrganisation(String role) {
        return Roles.OF_PARTIES.contains(role) || Roles.OF_SEATS.contains(role);
    }

    boolean isElsewhere() {
        return name.endsWith(OTHER);
    }

    Optional<String> account() {
        return Optional.ofNullable(user);
    }
}
