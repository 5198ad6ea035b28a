package org.redress.oversight;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.EntityTypes;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.camunda.bpm.engine.history.UserOperationLogQuery;
import org.redress.engine.AuditLine;
import org.redress.engine.HouseRecord;
import org.redress.engine.SystemWork;
import org.springframework.stereotype.Component;

/**
 * What administrators did to accounts, groups, memberships and grants, and to what concerns all cases: whoever gives themselves
 * a role reads as that role, and is seen to have done so; so with models, organisations and keys. What a provider of sign-in says about somebody is nobody's operation and is not here.
 */
@Component
class AccountRecord {

    private static final Set<String> OF_ACCOUNTS =
            Set.of(EntityTypes.USER, EntityTypes.GROUP, EntityTypes.GROUP_MEMBERSHIP, EntityTypes.AUTHORIZATION);

    private static final String[] OF_NO_CASE = {
        EntityTypes.USER,
        EntityTypes.GROUP,
        EntityTypes.GROUP_MEMBERSHIP,
        EntityTypes.AUTHORIZATION,
        EntityTypes.PROCESS_DEFINITION,
        EntityTypes.JOB_DEFINITION,
        EntityTypes.DECISION_DEFINITION,
        EntityTypes.DEPLOYMENT,
        EntityTypes.BATCH,
        EntityTypes.FILTER,
        EntityTypes.PROPERTY,
        EntityTypes.METRICS,
        EntityTypes.TASK_METRICS
    };

    private final HistoryService history;
    private final SystemWork system;
    private final HouseRecord house;

    AccountRecord(HistoryService history, SystemWork system, HouseRecord house) {
        this.history = history;
        this.system = system;
        this.house = house;
    }

    long count() {
        return system.call(() -> query().count()) + house.count();
    }

    /** The newest first; a change of several things has a line for each. */
    List<AuditLine> newest(int first, int max) {
        List<AuditLine> ofTheEngine =
                system.call(() -> query().orderByTimestamp().desc().listPage(0, first + max).stream()
                        .map(AccountRecord::line)
                        .toList());
        return Stream.concat(ofTheEngine.stream(), house.newest(first + max).stream())
                .sorted(Comparator.comparing(AuditLine::at).reversed())
                .skip(first)
                .limit(max)
                .toList();
    }

    private UserOperationLogQuery query() {
        return history.createUserOperationLogQuery().entityTypeIn(OF_NO_CASE);
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
                entry.getTimestamp().toInstant(), entry.getUserId(), kind(entry), entry.getOperationType(), facts);
    }

    private static String kind(UserOperationLogEntry entry) {
        return OF_ACCOUNTS.contains(entry.getEntityType()) ? "ACCOUNT" : "HOUSE";
    }
}
