package org.redress.vault;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which organisation coordinates the case of which survivor, and so is the coordinator who reads what is about this one
 * (remedy.md C: {@code vsc}, own cases).
 */
@Component
public class Coordinators {

    private final JdbcClient jdbc;
    private final CaseLock cases;
    private final Clock clock;

    Coordinators(JdbcClient jdbc, CaseLock cases, Clock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.clock = clock;
    }

    /** From now on this organisation coordinates the survivor's case; whoever did before reads nothing of it any more. */
    public void assign(String caseNumber, String person, String organisation) {
        cases.take(caseNumber);
        Timestamp now = Timestamp.from(clock.instant());
        int known = jdbc.sql(
                        "update vault_coordinator set organisation = ?, since = ? where case_number = ? and person = ?")
                .params(organisation, now, caseNumber, person)
                .update();
        if (known == 0) {
            jdbc.sql("insert into vault_coordinator (case_number, person, organisation, since) values (?, ?, ?, ?)")
                    .params(caseNumber, person, organisation, now)
                    .update();
        }
    }

    /**
     * From now on one organisation coordinates everybody whom another one did in this case, which reads nothing of them any
     * more (E15).
     *
     * @return of how many people
     */
    public int handOver(String caseNumber, String former, String next) {
        cases.take(caseNumber);
        return jdbc.sql(
                        "update vault_coordinator set organisation = ?, since = ? where case_number = ? and organisation = ?")
                .params(next, Timestamp.from(clock.instant()), caseNumber, former)
                .update();
    }

    /** The organisation that coordinates; empty before somebody was assigned. */
    Optional<String> of(String caseNumber, String person) {
        return jdbc.sql("select organisation from vault_coordinator where case_number = ? and person = ?")
                .params(caseNumber, person)
                .query(String.class)
                .optional();
    }
}
