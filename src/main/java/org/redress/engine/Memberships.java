package org.redress.engine;

import java.util.List;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;

/** Which groups somebody is in, for what looks at a command before it runs: whoever sends it may not see them. */
final class Memberships {

    private Memberships() {}

    static List<String> groupsOf(CommandContext context, String user) {
        return context.runWithoutAuthorization(
                () -> context
                        .getProcessEngineConfiguration()
                        .getIdentityService()
                        .createGroupQuery()
                        .groupMember(user)
                        .list()
                        .stream()
                        .map(Group::getId)
                        .toList());
    }
}
