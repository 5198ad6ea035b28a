package org.redress.vault;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.redress.engine.AuditLine;
import org.redress.engine.AuditSource;
import org.springframework.stereotype.Component;

/** The read log of a case, as a part of its audit trail: who was shown which field, and for what. */
@Component
class ReadsOnRecord implements AuditSource {

    private final ReadLog log;

    ReadsOnRecord(ReadLog log) {
        this.log = log;
    }

    @Override
    public List<AuditLine> of(String caseNumber) {
        return log.of(caseNumber).stream()
                .map(line -> {
                    Map<String, Object> facts = new LinkedHashMap<>();
                    facts.put("purpose", line.purpose());
                    facts.put("field", line.variable());
                    if (line.person() != null) {
                        facts.put("person", line.person());
                    }
                    return new AuditLine(line.readAt(), line.reader(), "READ", "was shown", facts);
                })
                .toList();
    }
}
