package org.redress.notification;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.redress.engine.AuditLine;
import org.redress.engine.AuditSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which letters a case wrote to whom, who opened them, and which mails said that one waits. No subject and no text. */
@Component
class LettersOnRecord implements AuditSource {

    private final JdbcClient jdbc;

    LettersOnRecord(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<AuditLine> of(String caseNumber) {
        List<AuditLine> lines = new ArrayList<>(jdbc.sql(
                        """
                        select id, event, template, addressee_role, addressee_organisation, created_at
                        from letter where case_number = ? order by id""")
                .param(caseNumber)
                .query((row, index) -> {
                    Map<String, Object> facts = new LinkedHashMap<>();
                    facts.put("letter", row.getLong("id"));
                    facts.put("event", row.getString("event"));
                    facts.put("template", row.getString("template"));
                    facts.put("role", row.getString("addressee_role"));
                    if (row.getString("addressee_organisation") != null) {
                        facts.put("organisation", row.getString("addressee_organisation"));
                    }
                    return new AuditLine(row.getTimestamp("created_at").toInstant(), null, "LETTER", "written", facts);
                })
                .list());
        lines.addAll(jdbc.sql(
                        """
                        select r.letter_id, r.reader, r.read_at from letter_read r join letter l on l.id = r.letter_id
                        where l.case_number = ? order by r.read_at, r.letter_id, r.reader""")
                .param(caseNumber)
                .query((row, index) -> new AuditLine(
                        row.getTimestamp("read_at").toInstant(),
                        row.getString("reader"),
                        "LETTER",
                        "opened",
                        Map.of("letter", row.getLong("letter_id"))))
                .list());
        lines.addAll(jdbc.sql(
                        """
                        select min(l.id) as id, o.recipient, o.sent_at
                        from outbox o join letter l on l.notice_key = o.message_key
                        where l.case_number = ? and o.state = 'SENT' and o.sent_at is not null
                        group by o.id, o.recipient, o.sent_at order by o.id""")
                .param(caseNumber)
                .query((row, index) -> {
                    Map<String, Object> facts = new LinkedHashMap<>();
                    facts.put("letter", row.getLong("id"));
                    facts.put("to", row.getString("recipient"));
                    return new AuditLine(row.getTimestamp("sent_at").toInstant(), null, "MAIL", "sent", facts);
                })
                .list());
        return lines;
    }
}
