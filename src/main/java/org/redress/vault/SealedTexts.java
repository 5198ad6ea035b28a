package org.redress.vault;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.redress.engine.InvalidInput;
import org.redress.engine.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The vault's door for rooms that keep texts of their own, such as letters: they hold the reference, the text lies under the
 * key of its case and goes with it. Who may read is known to the room; that somebody read is on record here.
 */
@Component
public class SealedTexts {

    /** No form's: what is kept by this type is no answer of anybody. */
    static final String TYPE = "text";

    private static final Logger LOG = LoggerFactory.getLogger(SealedTexts.class);

    private final Values values;
    private final DataKeys keys;
    private final ReadLog log;

    SealedTexts(Values values, DataKeys keys, ReadLog log) {
        this.values = values;
        this.keys = keys;
        this.log = log;
    }

    /**
     * What came out.
     *
     * @param plain null when it was erased, or does not open on this node
     * @param erased whether nobody will ever open it again
     */
    public record Opened(@Nullable String plain, boolean erased) {

        /** Says nothing of the text: it could end in a log. */
        @Override
        public String toString() {
            return erased ? "erased" : "text";
        }
    }

    /**
     * Seals a text, in the transaction that runs.
     *
     * @param caseNumber null for what belongs to no case
     * @param kind what it is, such as {@code letter}: its name in the read log
     * @param audience the role that it is for
     * @return the reference to keep in its place; empty where everything was erased and nothing new is kept
     */
    public Optional<String> keep(@Nullable String caseNumber, String kind, String audience, String text) {
        Subject subject = caseNumber == null ? Subject.NONE : new Subject(caseNumber, null);
        DataKeys.DataKey key;
        try {
            key = caseNumber == null ? keys.ofTheHouse() : keys.of(subject);
        } catch (InvalidInput erased) {
            return Optional.empty();
        }
        Reference reference = Reference.random();
        values.seal(
                key, subject, List.of(new Values.Fresh(reference, kind, Set.of(audience), new Content(TYPE, text))));
        return Optional.of(reference.toString());
    }

    /**
     * Opens a text for a person, after that is on record.
     *
     * @param caseNumber the case that the room knows it by; the text of another one is none
     * @param purpose what it is read for; kept in the read log
     */
    public Opened open(String reference, @Nullable String caseNumber, String reader, String purpose) {
        Reference wanted = Reference.parse(reference);
        Values.@Nullable Kept kept = values.find(List.of(wanted)).get(wanted);
        if (kept == null || !Objects.equals(kept.entry().subject().caseNumber(), caseNumber)) {
            return new Opened(null, false);
        }
        if (kept.isErased()) {
            return new Opened(null, true);
        }
        log.note(reader, purpose, List.of(kept.entry()));
        try {
            return new Opened(kept.open().text(), false);
        } catch (Unopened e) {
            LOG.error("{}; the reader was told so", e.getMessage());
            return new Opened(null, false);
        }
    }

    /** Whether one of these says just this. Tells nobody anything else, so it leaves no line in the log. */
    public boolean anySays(Collection<String> references, String text) {
        if (references.isEmpty()) {
            return false;
        }
        return values
                .find(references.stream().map(Reference::parse).collect(Collectors.toUnmodifiableSet()))
                .values()
                .stream()
                .anyMatch(kept -> kept.opens() && kept.open().text().equals(text));
    }
}
