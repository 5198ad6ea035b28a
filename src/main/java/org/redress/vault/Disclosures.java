package org.redress.vault;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.redress.engine.InvalidInput;
import org.redress.engine.People;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * That an authority or another programme was told who somebody is, and on which ground (remedy.md C.2: "legal basis if not
 * consent (vital interests, legal duty)"). By consent only while one stands; on record for good, without what was told.
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

    /** Why somebody outside may be told. */
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
        record(caseNumber, person, recipient, ground, Purpose.SHARE_WITH_AUTHORITY);
    }

    /**
     * Records that another programme, which handles the same case, was told who somebody is (remedy.md E21). Nothing but
     * consent allows it.
     *
     * @param person reference of the survivor, or who else is meant
     * @param programme which one, as one word
     * @throws InvalidInput if no consent stands
     */
    public void toProgramme(String caseNumber, String person, String programme) {
        record(caseNumber, person, programme, Ground.CONSENT, Purpose.SHARE_WITH_PROGRAMME);
    }

    /** Who was told of somebody because they agreed, for one of these purposes; each once, in the order of the alphabet. */
    public List<String> toldByConsent(String caseNumber, String person, Collection<Purpose> purposes) {
        return purposes.isEmpty()
                ? List.of()
                : jdbc.sql("select distinct recipient from vault_disclosure where case_number = :case"
                                + " and person = :person and ground = 'CONSENT' and purpose in (:purposes)"
                                + " order by recipient")
                        .param("case", caseNumber)
                        .param("person", person)
                        .param("purposes", purposes.stream().map(Purpose::name).toList())
                        .query(String.class)
                        .list();
    }

    private void record(String caseNumber, @Nullable String person, String recipient, Ground ground, Purpose purpose) {
        cases.take(caseNumber);
        if (ground == Ground.CONSENT && (person == null || !consents.stands(caseNumber, person, purpose, recipient))) {
            throw new InvalidInput(
                    "No consent of %s that %s is told is on record in this case. Ask them and record it, or tell"
                                    .formatted(
                                            person == null ? "these people" : person,
                                            purpose == Purpose.SHARE_WITH_PROGRAMME
                                                    ? "another programme"
                                                    : "an authority")
                            + " nothing by which they can be recognised");
        }
        jdbc.sql("insert into vault_disclosure (case_number, person, recipient, ground, purpose, recorded_by,"
                        + " recorded_at) values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        caseNumber,
                        person,
                        recipient,
                        ground.name(),
                        purpose.name(),
                        people.acting().orElse("system"),
                        Timestamp.from(clock.instant()))
                .update();
    }
}
