package org.redress.oversight;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.redress.engine.AuditLine;
import org.redress.engine.AuditSource;
import org.redress.engine.CaseReads;
import org.redress.engine.Cases;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The whole audit trail of a case, in the order of time. Whoever reads it is on it. */
@Component
class AuditTrail {

    private static final Comparator<AuditLine> BY_TIME = Comparator.comparing(AuditLine::at)
            .thenComparing(AuditLine::kind)
            .thenComparing(AuditLine::what)
            .thenComparing(line -> line.facts().toString());

    private final List<AuditSource> sources;
    private final Cases cases;
    private final CaseReads reads;

    AuditTrail(List<AuditSource> sources, Cases cases, CaseReads reads) {
        this.sources = sources;
        this.cases = cases;
        this.reads = reads;
    }

    /** Everything on record of a case, the earliest first; empty when there is no such case. The reading is noted first. */
    @Transactional
    Optional<List<AuditLine>> read(String caseNumber, String reader) {
        if (cases.find(caseNumber).isEmpty()) {
            return Optional.empty();
        }
        List<AuditLine> lines = sources.stream()
                .flatMap(source -> source.of(caseNumber).stream())
                .sorted(BY_TIME)
                .toList();
        reads.note(caseNumber, reader, CaseReads.What.TRAIL);
        return Optional.of(lines);
    }
}
