package org.redress.vault;

import java.sql.Timestamp;
import java.time.Clock;
import org.redress.engine.People;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * With whom the identity of whoever reported may be shared, as they said at the report, to us or to the system that passed it
 * on (contract, Filing a grievance, consentToShareIdentity). With nobody: how they are reached is for protection alone, whoever
 * else is in the audience. What the two other answers allow in the house is in the audience already: a coordinator counts as
 * acting for the programme (PROPOSED). Nobody is named to another mechanism by it, unless they named that one.
 */
@Component
public class ReporterChoices {

    private final JdbcClient jdbc;
    private final CaseLock cases;
    private final People people;
    private final Clock clock;

    ReporterChoices(JdbcClient jdbc, CaseLock cases, People people, Clock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.people = people;
        this.clock = clock;
    }

    /** What they may have said. */
    public enum Choice {
        /** Nobody is to know but protection. */
        NONE,
        /** Nobody outside the programme. */
        PROGRAMME_ONLY,
        /** Those too whom they named. */
        NAMED_PARTIES
    }

    /**
     * Notes what they said. The first word stays: later ones are consents of their own.
     *
     * @return whether nothing was noted before
     */
    public boolean note(String caseNumber, Choice choice) {
        cases.take(caseNumber);
        return jdbc.sql("insert into vault_reporter_choice (case_number, choice, noted_by, noted_at)"
                                + " select ?, ?, ?, ? where not exists"
                                + " (select 1 from vault_reporter_choice where case_number = ?)")
                        .params(
                                caseNumber,
                                choice.name(),
                                people.acting().orElse("system"),
                                Timestamp.from(clock.instant()),
                                caseNumber)
                        .update()
                > 0;
    }

    /** Whether they said that nobody is to know. */
    boolean isForNobody(String caseNumber) {
        return jdbc.sql("select count(*) from vault_reporter_choice where case_number = ? and choice = 'NONE'")
                        .param(caseNumber)
                        .query(Integer.class)
                        .single()
                > 0;
    }
}
