package org.redress.vault;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.redress.engine.People;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The cases in which nobody but protection reads any more who reported, since somebody suffers for it (remedy.md E19). It
 * counts from the moment on, for everything that was told before and after.
 */
@Component
@EnableConfigurationProperties(HiddenIdentitySettings.class)
public class HiddenIdentities {

    private final JdbcClient jdbc;
    private final CaseLock cases;
    private final People people;
    private final Clock clock;
    private final Map<String, List<String>> readers;

    HiddenIdentities(JdbcClient jdbc, CaseLock cases, People people, Clock clock, HiddenIdentitySettings settings) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.people = people;
        this.clock = clock;
        this.readers = settings.readers();
    }

    /** Hides who reported this case. Twice is as good as once; nothing shows it again. */
    public void hide(String caseNumber) {
        cases.take(caseNumber);
        if (!isHidden(caseNumber)) {
            jdbc.sql("insert into vault_hidden_identity (case_number, hidden_by, hidden_at) values (?, ?, ?)")
                    .params(caseNumber, people.acting().orElse("system"), Timestamp.from(clock.instant()))
                    .update();
        }
    }

    boolean isHidden(String caseNumber) {
        return jdbc.sql("select count(*) from vault_hidden_identity where case_number = ?")
                        .param(caseNumber)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Whether the field may tell who reported. */
    boolean mayTell(String field) {
        return readers.containsKey(field);
    }

    /** Whether the field tells how to reach whoever reported. */
    boolean tellsHowToReach(String field) {
        return readers.getOrDefault(field, List.of()).equals(List.of("protection"));
    }

    /** The day since which nobody is to know, in {@code redress.zone}; empty if that was never asked for. */
    public Optional<LocalDate> hiddenOn(String caseNumber) {
        return jdbc
                .sql("select hidden_at from vault_hidden_identity where case_number = ?")
                .param(caseNumber)
                .query(Timestamp.class)
                .list()
                .stream()
                .map(at -> LocalDate.ofInstant(at.toInstant(), clock.getZone()))
                .findFirst();
    }

    /** Who of the audience still reads a field that may tell who reported. */
    Set<String> left(String field, Set<String> audience) {
        Set<String> left = new HashSet<>(audience);
        left.retainAll(readers.getOrDefault(field, List.of()));
        return left;
    }
}
