package org.redress.vault;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who reads what may tell who reported, once the identity is hidden (remedy.md E19; which fields, and that the audit programme
 * goes on by what it was told: PROPOSED). Nobody reads by this who is not in the audience of the field.
 *
 * @param forProtection fields that protection alone reads then
 * @param forInvestigation fields that protection and the audit programme read then: the reporter's own words
 */
@ConfigurationProperties("redress.vault.hidden-identity")
record HiddenIdentitySettings(
        @DefaultValue("contact") List<String> forProtection,
        @DefaultValue({"whatHappened", "desiredOutcome", "answer", "file: evidence"}) List<String> forInvestigation) {

    /** From the name of a field to the roles that read it still. */
    Map<String, List<String>> readers() {
        Map<String, List<String>> readers = new HashMap<>();
        forInvestigation.forEach(field -> readers.put(field, List.of("protection", "audit-programme")));
        forProtection.forEach(field -> readers.put(field, List.of("protection")));
        return Map.copyOf(readers);
    }
}
