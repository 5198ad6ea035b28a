package org.redress.engine;

import java.util.List;

/** A room that keeps a part of the audit trail of a case. Each tells its own; none knows another's. */
public interface AuditSource {

    /** What this room has on record of a case, in any order; nothing for a case that it does not know. */
    List<AuditLine> of(String caseNumber);
}
