package org.redress.notification;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who hears of late tasks without holding a role.
 *
 * @param recipients {@code redress.escalation.recipients}: name of a recipient, such as {@code on-call-director}, to a mail
 *     address; whoever is not listed is stood in for by those who oversee
 */
@ConfigurationProperties("redress.escalation")
record EscalationSettings(@DefaultValue Map<String, String> recipients) {

    EscalationSettings {
        recipients = recipients.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(entry -> key(entry.getKey()), Map.Entry::getValue));
    }

    /** The mail address of a recipient; empty if none is set. */
    Optional<String> address(String recipient) {
        return Optional.ofNullable(recipients.get(key(recipient)))
                .map(String::strip)
                .filter(address -> !address.isEmpty());
    }

    /** Names in the environment have no hyphens: {@code REDRESS_ESCALATION_RECIPIENTS_ONCALLDIRECTOR}. */
    private static String key(String recipient) {
        return recipient.replace("-", "").toLowerCase(Locale.ROOT);
    }
}
