package org.redress.remedy;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.redress.engine.AuditLine;
import org.redress.engine.AuditSource;
import org.redress.engine.Parties;
import org.redress.engine.People;
import org.redress.vault.Coordinators;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Hands cases over from one organisation to another, and keeps on record who had custody of what (remedy.md A.8 E15). */
@Component
class CustodyLog implements AuditSource {

    private static final String COORDINATOR = "vsc";

    private final JdbcClient jdbc;
    private final Parties parties;
    private final Coordinators coordinators;
    private final People people;
    private final Clock clock;

    CustodyLog(JdbcClient jdbc, Parties parties, Coordinators coordinators, People people, Clock clock) {
        this.jdbc = jdbc;
        this.parties = parties;
        this.coordinators = coordinators;
        this.people = people;
        this.clock = clock;
    }

    /**
     * Puts the successor in the place of the former organisation, in the transaction that runs: other organisations in the
     * same role keep what is theirs.
     *
     * @param reason FAILS, CONFLICT or GIVES_UP
     * @param records kinds of records that go over
     */
    void handOver(
            String caseNumber, String role, String former, String successor, String reason, List<String> records) {
        parties.handOver(caseNumber, role, former, successor);
        int persons = role.equals(COORDINATOR) ? coordinators.handOver(caseNumber, former, successor) : 0;
        jdbc.sql(
                        "insert into custody_transfer (case_number, role, former, successor, reason, records, persons, decided_by,"
                                + " handed_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        caseNumber,
                        role,
                        former,
                        successor,
                        reason,
                        String.join(",", records),
                        persons,
                        people.acting().orElse(null),
                        Timestamp.from(clock.instant()))
                .update();
    }

    @Override
    public List<AuditLine> of(String caseNumber) {
        return jdbc.sql("select * from custody_transfer where case_number = ? order by id")
                .param(caseNumber)
                .query((row, index) -> {
                    Map<String, Object> facts = new LinkedHashMap<>();
                    for (String fact : List.of("role", "former", "successor", "reason", "records", "persons")) {
                        facts.put(fact, row.getObject(fact));
                    }
                    return new AuditLine(
                            row.getTimestamp("handed_at").toInstant(),
                            row.getString("decided_by"),
                            "CUSTODY",
                            "handed over",
                            facts);
                })
                .list();
    }
}
