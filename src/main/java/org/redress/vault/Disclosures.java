package org.redress.vault;

import java.sql.Timestamp;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.redress.engine.InvalidInput;
import org.redress.engine.People;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * That an authority was told who somebody is, and on which ground (remedy.md C.2: "legal basis if not consent (vital
 * interests, legal duty)"). By consent only while one stands; on record for good, without what was told.
 */
@Component
public class Disclosures {

    private final JdbcClient jdbc;
    private final CaseLock cases;
    private final Consents consents;
    private final People people;
    private final Clock clock;

    Disclosures(JdbcClient jdbc, CaseLock cases, Consents consents, People people, Clock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.consents = consents;
        this.people = people;
        this.clock = clock;
    }

    /** Why an authority may be told. */
    public enum Ground {
        /** The person agreed. */
        CONSENT,
        /** Somebody's life or health is in danger. */
        VITAL_INTERESTS,
        /** The law asks for it. */
        LEGAL_DUTY
    }

    /**
     * Records that an authority was told of somebody. Who takes back consent in this case waits for it, and it for them.
     *
     * @param person reference of the survivor, or who else is meant; null for people who are not registered
     * @param recipient which authority, as a word of a form
     * @throws InvalidInput if the ground is consent and none stands
     */
    public void record(String caseNumber, @Nullable String person, String recipient, Ground ground) {
        cases.take(caseNumber);
        if (ground == Ground.CONSENT
                && (person == null || !consents.stands(caseNumber, person, Purpose.SHARE_WITH_AUTHORITY, recipient))) {
            throw new InvalidInput("No consent of " + (person == null ? "these people" : person)
                    + " that an authority is told is on record in this case. Ask them and record it in the case plan, or"
                    + " tell nothing by which they can be recognised");
        }
        jdbc.sql("insert into vault_disclosure (case_number, person, recipient, ground, recorded_by, recorded_at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(
                        caseNumber,
                        person,
                        recipient,
                        ground.name(),
                        people.acting().orElse("system"),
                        Timestamp.from(clock.instant()))
                .update();
    }
}
