package org.redress.oversight;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.EntityTypes;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.camunda.bpm.engine.history.UserOperationLogQuery;
import org.redress.engine.AuditLine;
import org.redress.engine.SystemWork;
import org.springframework.stereotype.Component;

/**
 * What administrators did to accounts, groups, memberships and grants: whoever gives themselves a role reads as that role, and
 * is seen to have done so. What a provider of sign-in says about somebody is nobody's operation and is not here.
 */
@Component
class AccountRecord {

    private static final String[] OF_ACCOUNTS = {
        EntityTypes.USER, EntityTypes.GROUP, EntityTypes.GROUP_MEMBERSHIP, EntityTypes.AUTHORIZATION
    };

    private final HistoryService history;
    private final SystemWork system;

    AccountRecord(HistoryService history, SystemWork system) {
        this.history = history;
        this.system = system;
    }

    long count() {
        return system.call(() -> query().count());
    }

    /** The newest first; a change of several things has a line for each. */
    List<AuditLine> newest(int first, int max) {
        return system.call(() -> query().orderByTimestamp().desc().listPage(first, max).stream()
                .map(AccountRecord::line)
                .toList());
    }

    private UserOperationLogQuery query() {
        return history.createUserOperationLogQuery().entityTypeIn(OF_ACCOUNTS);
    }

    private static AuditLine line(UserOperationLogEntry entry) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("of", entry.getEntityType());
        if (entry.getProperty() != null) {
            facts.put("property", entry.getProperty());
        }
        if (entry.getOrgValue() != null) {
            facts.put("from", entry.getOrgValue());
        }
        if (entry.getNewValue() != null) {
            facts.put("to", entry.getNewValue());
        }
        return new AuditLine(
                entry.getTimestamp().toInstant(), entry.getUserId(), "ACCOUNT", entry.getOperationType(), facts);
    }
}
