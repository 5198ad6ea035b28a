package org.redress.ballot;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.redress.engine.InvalidInput;

/**
 * What a ballot needs to open.
 *
 * @param key the same when the same ballot is opened again, different for every other; at most 100 characters
 * @param question code of what is asked, such as {@code ADMIT_ENGAGED}
 * @param electors whoever has a vote, each organisation once; at least one. They are fixed as the ballot opens [I]: a seat
 *     that ends or begins later takes no vote away and gives none
 * @param interests organisations with a stake, electors or not
 */
public record Opening(
        String key,
        String caseNumber,
        Body body,
        String question,
        List<Elector> electors,
        List<Interest> interests,
        Thresholds thresholds) {

    public Opening {
        electors = List.copyOf(electors);
        interests = List.copyOf(interests);
        List<String> faults = new ArrayList<>();
        if (key.isBlank() || key.length() > 100) {
            faults.add("key: 1 to 100 characters");
        }
        if (!question.matches("[A-Z][A-Z0-9_]{0,63}")) {
            faults.add("question: a code in capitals such as ADMIT_ENGAGED, at most 64 characters");
        }
        if (electors.isEmpty()) {
            faults.add("electors: a ballot needs at least one");
        }
        Set<String> seen = new HashSet<>();
        electors.stream()
                .map(Elector::organisation)
                .filter(organisation -> !seen.add(organisation))
                .forEach(organisation -> faults.add("electors: " + organisation + " is named twice"));
        if (!faults.isEmpty()) {
            throw new InvalidInput("The ballot cannot open: " + String.join("; ", faults));
        }
    }
}
