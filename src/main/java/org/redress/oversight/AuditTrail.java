package org.redress.oversight;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.redress.engine.AuditLine;
import org.redress.engine.AuditSource;
import org.redress.engine.Cases;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The whole audit trail of a case, in the order of time. Whoever reads it is on it. */
@Component
class AuditTrail implements AuditSource {

    private static final Comparator<AuditLine> BY_TIME = Comparator.comparing(AuditLine::at)
            .thenComparing(AuditLine::kind)
            .thenComparing(AuditLine::what)
            .thenComparing(line -> line.facts().toString());

    private final List<AuditSource> others;
    private final Cases cases;
    private final JdbcClient jdbc;
    private final Clock clock;

    AuditTrail(List<AuditSource> others, Cases cases, JdbcClient jdbc, Clock clock) {
        this.others = others;
        this.cases = cases;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Everything on record of a case, the earliest first; empty when there is no such case. The reading is noted first. */
    @Transactional
    Optional<List<AuditLine>> read(String caseNumber, String reader) {
        if (cases.find(caseNumber).isEmpty()) {
            return Optional.empty();
        }
        List<AuditLine> lines = Stream.concat(others.stream(), Stream.of(this))
                .flatMap(source -> source.of(caseNumber).stream())
                .sorted(BY_TIME)
                .toList();
        jdbc.sql("insert into audit_read (case_number, reader, read_at) values (?, ?, ?)")
                .params(caseNumber, reader, Timestamp.from(clock.instant()))
                .update();
        return Optional.of(lines);
    }

    @Override
    public List<AuditLine> of(String caseNumber) {
        return jdbc.sql("select reader, read_at from audit_read where case_number = ? order by id")
                .param(caseNumber)
                .query((row, index) -> new AuditLine(
                        row.getTimestamp("read_at").toInstant(),
                        row.getString("reader"),
                        "AUDIT",
                        "read this trail",
                        Map.of()))
                .list();
    }
}
