package org.redress.ballot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.redress.engine.AuditLine;
import org.redress.engine.AuditSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When ballots of a case were opened and closed, and who was noted as staying out, by whom. Never a vote, nor who cast one. */
@Component
class BallotsOnRecord implements AuditSource {

    private final JdbcClient jdbc;

    BallotsOnRecord(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<AuditLine> of(String caseNumber) {
        List<AuditLine> lines = new ArrayList<>();
        jdbc.sql(
                        "select id, body, question, opened_at, closed_at from ballot where case_number = ? order by opened_at, id")
                .param(caseNumber)
                .query(row -> {
                    Map<String, Object> facts = new LinkedHashMap<>();
                    facts.put("ballot", row.getString("id"));
                    facts.put("body", row.getString("body"));
                    facts.put("question", row.getString("question"));
                    lines.add(
                            new AuditLine(row.getTimestamp("opened_at").toInstant(), null, "BALLOT", "opened", facts));
                    if (row.getTimestamp("closed_at") != null) {
                        lines.add(new AuditLine(
                                row.getTimestamp("closed_at").toInstant(), null, "BALLOT", "closed", facts));
                    }
                });
        jdbc.sql(
                        """
                        select e.ballot_id, e.organisation, e.recusal_reason, e.recused_at, e.recused_by
                        from ballot_elector e join ballot b on b.id = e.ballot_id
                        where b.case_number = ? and e.recused_at is not null order by e.recused_at, e.organisation""")
                .param(caseNumber)
                .query(row -> {
                    Map<String, Object> facts = new LinkedHashMap<>();
                    facts.put("ballot", row.getString("ballot_id"));
                    facts.put("organisation", row.getString("organisation"));
                    facts.put("reason", row.getString("recusal_reason"));
                    lines.add(new AuditLine(
                            row.getTimestamp("recused_at").toInstant(),
                            row.getString("recused_by"),
                            "BALLOT",
                            "stays out",
                            facts));
                });
        return lines;
    }
}
