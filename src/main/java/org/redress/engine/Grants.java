package org.redress.engine;

import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Groups;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.springframework.stereotype.Component;

/**
 * The groups of the house and what each may do at all: on definitions, never on a single task. Which rows somebody sees is
 * the row guard's business. Made at every start; what is there already stays.
 */
@Component
class Grants {

    /** Who works on remedy cases, or watches over the data in them: whoever may see that something is wrong. */
    private static final List<String> OF_REMEDY = List.of(
            "downstream", "smelter", "audit-programme", "facilitator", "vsc", "provider", "protection", "legal", "dpo");

    private final ProcessEngine engine;

    Grants(ProcessEngine engine) {
        this.engine = engine;
    }

    void make() {
        Roles.all().forEach(role -> group(role, Groups.GROUP_TYPE_WORKFLOW));
        Roles.OF_CASE_WORKERS.forEach(this::caseWorker);
        overseer();
        for (Resource resource : Resources.values()) {
            grant(Roles.ADMINISTRATOR, resource, Authorization.ANY, Permissions.ALL);
        }
        // Outside systems ask for decisions (contract, Decisions)
        grant(
                Roles.PARTNER,
                Resources.DECISION_DEFINITION,
                Authorization.ANY,
                Permissions.READ,
                Permissions.CREATE_INSTANCE);
        // Who may register a grievance from Tasklist (remedy.md A.1, registerAllegation)
        for (String role : List.of("downstream", "audit-programme")) {
            starts(role, "remedy-case");
        }
        // Who learns new facts about a case that is closed (remedy.md E22)
        for (String role : List.of("downstream", "audit-programme")) {
            starts(role, "reopen-case");
        }
        // Who examines whether a report was made in bad faith (remedy.md E24)
        starts("audit-programme", "examine-bad-faith");
        // Who declares that sites of an area cannot be reached (remedy.md E23)
        starts("audit-programme", "declare-emergency");
        // Who reports that a facilitator or a coordinator fails (remedy.md E15)
        for (String role : List.of("audit-programme", "facilitator", "vsc", "protection")) {
            starts(role, "hand-over-custody");
        }
        // Who asks for more time for a task of theirs (remedy.md B.9, extension)
        for (String role : List.of("downstream", "smelter", "audit-programme", "facilitator", "vsc", "dpo")) {
            starts(role, "move-deadline");
        }
        // Who learns of proceedings elsewhere (remedy.md E20)
        for (String role : List.of("audit-programme", "legal")) {
            starts(role, "note-proceedings");
        }
        // Who learns at any time that another programme handles an incident (remedy.md E21)
        starts("audit-programme", "note-programme");
        // Who takes back a person's consent with them; protection if they distrust the coordinator (remedy.md C.2, E09)
        for (String role : List.of("vsc", "protection")) {
            starts(role, "withdraw-consent");
        }
        // Who takes back what a complainant agreed to, with them (remedy.md C.2)
        for (String role : List.of("downstream", "audit-programme", "protection")) {
            starts(role, "withdraw-complainant-consent");
        }
        // Who takes up again the case of a person who comes back (remedy.md E09, E10)
        starts("vsc", "reopen-victim-case");
        // Who reports at any time that a provider fails (remedy.md E14)
        starts("vsc", "report-failing-service");
        // Who reports that a child's guardian is in conflict (remedy.md E08)
        for (String role : List.of("vsc", "protection")) {
            starts(role, "guardian-conflict");
        }
        // Who says at any time that somebody is in danger, or suffers for having spoken (remedy.md B.9)
        for (String role : OF_REMEDY) {
            starts(role, "report-to-case");
        }
        // Who tells of a data incident, and who passes on what a person asks about their data (remedy.md A.7 D27)
        for (String role : OF_REMEDY) {
            starts(role, "data-incident");
        }
        for (String role : List.of("downstream", "audit-programme", "vsc", "protection", "dpo")) {
            starts(role, "answer-data-request");
        }
        // Who notes at any time what was learned in a case (remedy.md A.6)
        for (String role : List.of("downstream", "smelter", "audit-programme", "facilitator", "vsc", "protection")) {
            starts(role, "log-lesson");
        }
        // Who keeps Plenary dates, windows and terms (membership.md C)
        starts("secretariat", "keep-calendar");
        // Who enters an application that came by letter (membership.md E.2)
        starts("secretariat", "membership-admission");
        // Who may raise a concern about a participant (membership.md B stage 1), and the Secretariat for whoever cannot
        for (String role : List.of("member", "secretariat")) {
            starts(role, "complaint-review");
        }
        // Who withdraws and who leaves, for itself or, in the Secretariat, for whoever wrote (membership.md E.2, E.4)
        for (String role : List.of("member", "secretariat")) {
            starts(role, "withdraw-case");
            starts(role, "end-membership");
        }
        // Who calls for the annual reports (membership.md C)
        starts("secretariat", "call-for-reports");
    }

    private void starts(String role, String process) {
        grant(role, Resources.PROCESS_INSTANCE, Authorization.ANY, Permissions.CREATE);
        grant(
                role,
                Resources.PROCESS_DEFINITION,
                process,
                ProcessDefinitionPermissions.READ,
                ProcessDefinitionPermissions.CREATE_INSTANCE);
    }

    private void caseWorker(String role) {
        grant(role, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
        grant(
                role,
                Resources.PROCESS_DEFINITION,
                Authorization.ANY,
                // Tasklist shows the diagram of a task's process.
                ProcessDefinitionPermissions.READ,
                ProcessDefinitionPermissions.READ_TASK,
                ProcessDefinitionPermissions.READ_TASK_VARIABLE,
                ProcessDefinitionPermissions.TASK_WORK);
        grant(role, Resources.FILTER, Authorization.ANY, Permissions.READ);
    }

    private void overseer() {
        grant(Roles.OVERSEER, Resources.APPLICATION, "cockpit", Permissions.ACCESS);
        // A link to a case leads through the sign-in of Tasklist; who is nothing but an overseer works on no task
        // there.
        grant(Roles.OVERSEER, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
        // Cockpit's page of human tasks counts them for whoever may read tasks.
        grant(Roles.OVERSEER, Resources.TASK, Authorization.ANY, Permissions.READ);
        grant(
                Roles.OVERSEER,
                Resources.PROCESS_DEFINITION,
                Authorization.ANY,
                ProcessDefinitionPermissions.READ,
                ProcessDefinitionPermissions.READ_INSTANCE,
                ProcessDefinitionPermissions.READ_TASK,
                ProcessDefinitionPermissions.READ_HISTORY);
        grant(Roles.OVERSEER, Resources.DECISION_DEFINITION, Authorization.ANY, Permissions.READ);
        grant(Roles.OVERSEER, Resources.DECISION_REQUIREMENTS_DEFINITION, Authorization.ANY, Permissions.READ);
        grant(Roles.OVERSEER, Resources.DEPLOYMENT, Authorization.ANY, Permissions.READ);
    }

    void group(String id, String type) {
        IdentityService identity = engine.getIdentityService();
        if (identity.createGroupQuery().groupId(id).count() == 0) {
            var group = identity.newGroup(id);
            group.setName(id);
            group.setType(type);
            identity.saveGroup(group);
        }
    }

    private void grant(String group, Resource resource, String resourceId, Permission... permissions) {
        AuthorizationService authorizations = engine.getAuthorizationService();
        Optional<Authorization> known = Optional.ofNullable(authorizations
                .createAuthorizationQuery()
                .authorizationType(Authorization.AUTH_TYPE_GRANT)
                .groupIdIn(group)
                .resourceType(resource)
                .resourceId(resourceId)
                .singleResult());
        Authorization grant = known.orElseGet(() -> {
            Authorization fresh = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
            fresh.setGroupId(group);
            fresh.setResource(resource);
            fresh.setResourceId(resourceId);
            return fresh;
        });
        for (Permission permission : permissions) {
            grant.addPermission(permission);
        }
        authorizations.saveAuthorization(grant);
    }
}
