package org.redress.engine;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The register of organisations: an engine group of type ORGANISATION, and the roles in which it may be party to a case. */
@Component
public class Organisations {

    static final String GROUP_TYPE = "ORGANISATION";

    private final ProcessEngine engine;
    private final JdbcClient jdbc;

    Organisations(ProcessEngine engine, JdbcClient jdbc) {
        this.engine = engine;
        this.jdbc = jdbc;
    }

    /** Registers an organisation for a role. Twice is as good as once; the latest name counts. */
    @Transactional
    public void register(String organisation, String role, String name) {
        if (!organisation.startsWith(Roles.ORGANISATION_PREFIX)) {
            throw new InvalidInput("The id of an organisation begins with " + Roles.ORGANISATION_PREFIX);
        }
        if (!Roles.all().contains(role)) {
            throw new InvalidInput("There is no role " + role);
        }
        var identity = engine.getIdentityService();
        Group group = identity.createGroupQuery().groupId(organisation).singleResult();
        if (group == null) {
            // Within a step of a process it is not written yet, and no query would find it.
            group = identity.newGroup(organisation);
            group.setType(GROUP_TYPE);
        }
        group.setName(name);
        identity.saveGroup(group);
        int known = jdbc.sql("update organisation_role set name = ? where organisation = ? and role = ?")
                .params(name, organisation, role)
                .update();
        if (known == 0) {
            jdbc.sql("insert into organisation_role (organisation, role, name) values (?, ?, ?)")
                    .params(organisation, role, name)
                    .update();
        }
    }

    /**
     * @param organisation its id, such as {@code org-luma}
     * @param role a role in which it may be party
     * @param name what people read
     */
    record Registered(String organisation, String role, String name) {}

    /** Every organisation with each of its roles. */
    java.util.List<Registered> all() {
        return jdbc.sql("select organisation, role, name from organisation_role order by organisation, role")
                .query((row, index) ->
                        new Registered(row.getString("organisation"), row.getString("role"), row.getString("name")))
                .list();
    }

    /** Whether the organisation may be party in that role. */
    boolean isRegistered(String organisation, String role) {
        return all().stream()
                .anyMatch(known -> known.organisation().equals(organisation)
                        && known.role().equals(role));
    }
}
