package org.redress.vault;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.redress.engine.People;
import org.redress.engine.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The vault's door for code that needs a plain value, such as a letter to the survivor: by reference, for one case, with a
 * purpose, on record. People never come here; what they may read, the engine's own doors show them.
 */
@Component
public class Vault {

    private static final Logger LOG = LoggerFactory.getLogger(Vault.class);
    private static final String SYSTEM = "system";

    private final Values values;
    private final DataKeys keys;
    private final ReadLog log;
    private final People people;
    private final Counter unopened;

    Vault(Values values, DataKeys keys, ReadLog log, People people, MeterRegistry meters) {
        this.values = values;
        this.keys = keys;
        this.log = log;
        this.people = people;
        this.unopened = Counter.builder("redress.vault.unopened")
                .description("Confidential values that could not be opened for somebody who may read them")
                .register(meters);
    }

    /**
     * The plain value as text; lists and objects as Json. Empty when the reference is null, was erased or belongs to
     * another case: a reference that strayed opens nothing.
     *
     * @param reference what the engine holds, {@code vault:<uuid>}
     * @param caseNumber the case for which it is needed
     * @param purpose what it is needed for; kept in the read log
     * @throws IllegalArgumentException if the text is no reference
     */
    public Optional<String> open(@Nullable String reference, String caseNumber, String purpose) {
        if (reference == null) {
            return Optional.empty();
        }
        Reference wanted = Reference.parse(reference);
        Optional<Values.Kept> found = Optional.ofNullable(
                        values.find(List.of(wanted)).get(wanted))
                .filter(kept -> !kept.isErased())
                .filter(kept -> Objects.equals(kept.entry().subject().caseNumber(), caseNumber));
        found.ifPresent(kept -> log.note(people.acting().orElse(SYSTEM), purpose, List.of(kept.entry())));
        return found.map(kept -> kept.open().text());
    }

    /** Seals values that belong together, in the transaction that runs; gives the key that they got. */
    String seal(Subject subject, Collection<Values.Fresh> fresh) {
        DataKeys.DataKey key = keys.of(subject);
        values.seal(key, subject, fresh);
        return key.id();
    }

    /** What lies under these references, without a line in the log: for whoever opens nothing, or logs by itself. */
    Map<Reference, Values.Kept> find(Collection<Reference> references) {
        return references.isEmpty() ? Map.of() : values.find(references);
    }

    /**
     * Opens what this reader may read, after it is on record. What does not open is left out, counted in
     * {@code redress.vault.unopened} and logged by its reference: one broken value costs nobody the rest of a form.
     *
     * @return the values that the reader may read, that were not erased and that open, by reference
     */
    Map<Reference, Content> openFor(
            String reader, Readers.Reader rights, String purpose, Collection<Values.Kept> found) {
        List<Values.Kept> shown = new ArrayList<>();
        List<Entry> ofRight = new ArrayList<>();
        List<Entry> inEmergency = new ArrayList<>();
        for (Values.Kept kept : found) {
            if (!kept.isErased() && rights.mayRead(kept.entry())) {
                shown.add(kept);
                (rights.isAudience(kept.entry()) ? ofRight : inEmergency).add(kept.entry());
            }
        }
        log.note(reader, purpose, ofRight);
        log.note(reader, BreakGlass.PURPOSE, inEmergency);
        Map<Reference, Content> open = new LinkedHashMap<>();
        for (Values.Kept kept : shown) {
            try {
                open.put(kept.entry().reference(), kept.open());
            } catch (Unopened e) {
                unopened.increment();
                LOG.error("{}; the reader was shown a mask", e.getMessage());
            }
        }
        return open;
    }

    /** Whose values a key sealed that was made before anybody could say. */
    void bind(String keyId, Subject subject) {
        keys.bind(keyId, subject);
    }
}
