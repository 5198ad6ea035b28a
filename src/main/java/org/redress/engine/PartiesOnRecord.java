package org.redress.engine;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When a case was received, and which organisation became party to it or was it no more, by whom. */
@Component
class PartiesOnRecord implements AuditSource {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ProcessEngine engine;

    PartiesOnRecord(JdbcClient jdbc, Clock clock, @Lazy ProcessEngine engine) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.engine = engine;
    }

    /** Notes a change, in the transaction that makes it. */
    void note(String caseNumber, String role, String organisation, boolean added) {
        String by = Optional.ofNullable(engine.getIdentityService().getCurrentAuthentication())
                .map(Authentication::getUserId)
                .orElse(null);
        jdbc.sql("insert into case_party_change (case_number, role, organisation, added, changed_by, changed_at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(caseNumber, role, organisation, added, by, Timestamp.from(clock.instant()))
                .update();
    }

    @Override
    public List<AuditLine> of(String caseNumber) {
        List<AuditLine> lines = new ArrayList<>(jdbc.sql("select received_at from case_file where case_number = ?")
                .param(caseNumber)
                .query((row, index) ->
                        new AuditLine(row.getTimestamp("received_at").toInstant(), null, "CASE", "received", Map.of()))
                .list());
        lines.addAll(jdbc.sql("select * from case_party_change where case_number = ? order by id")
                .param(caseNumber)
                .query((row, index) -> {
                    Map<String, Object> facts = new LinkedHashMap<>();
                    facts.put("role", row.getString("role"));
                    facts.put("organisation", row.getString("organisation"));
                    return new AuditLine(
                            row.getTimestamp("changed_at").toInstant(),
                            row.getString("changed_by"),
                            "PARTY",
                            row.getBoolean("added") ? "became party" : "is party no more",
                            facts);
                })
                .list());
        return lines;
    }
}
