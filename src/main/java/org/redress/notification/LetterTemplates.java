package org.redress.notification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.util.PropertyPlaceholderHelper;

/**
 * The texts of letters: {@code templates/letters/<language>/<letter>.txt}. The first line is the subject. A text may name in double braces: the facts of {@link Fact}, {@code today},
 * {@code desk} (how to reach a person) and {@code time D03} (how long a clock runs in this case).
 */
@Component
class LetterTemplates {

    private static final String CLOCK = "time ";
    private static final PropertyPlaceholderHelper BRACES =
            new PropertyPlaceholderHelper("{{", "}}", null, null, false);

    private final MessageSource words;
    private final NotificationSettings settings;
    private final Clock clock;

    LetterTemplates(MessageSource words, NotificationSettings settings, Clock clock) {
        this.words = words;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Writes a letter, in the wanted language where there is such a text, else in English.
     *
     * @throws IllegalArgumentException if there is no such template, it names what letters must not say, or the case does
     *     not have what it names
     */
    LetterText write(String letter, Locale wanted, CaseFacts facts) {
        for (String language : new String[] {wanted.getLanguage(), Locale.ENGLISH.getLanguage()}) {
            Optional<String> text = read(language, letter);
            if (text.isPresent()) {
                return filledIn(text.get(), Locale.forLanguageTag(language), facts);
            }
        }
        throw new IllegalArgumentException("No template for the letter '" + letter + "'");
    }

    private LetterText filledIn(String template, Locale language, CaseFacts facts) {
        String text = BRACES.replacePlaceholders(template, name -> inWords(name, language, facts));
        int firstLine = text.indexOf('\n');
        return new LetterText(
                language.toLanguageTag(),
                text.substring(0, firstLine).strip(),
                text.substring(firstLine).strip());
    }

    private String inWords(String name, Locale language, CaseFacts facts) {
        if (name.equals("today")) {
            return Fact.day(LocalDate.ofInstant(clock.instant(), settings.zone()));
        }
        if (name.equals("desk")) {
            return settings.contactDesk();
        }
        if (name.startsWith(CLOCK)) {
            CaseFacts.Span span = facts.clock(name.substring(CLOCK.length()));
            return words.getMessage("letter.span." + span.unit(), new Object[] {span.amount()}, language);
        }
        Fact fact = Fact.named(name)
                .orElseThrow(() -> new IllegalArgumentException("A letter must not say '" + name + "'"));
        return fact.inWords(facts.variable(fact.variable()), words, language, settings.zone());
    }

    private static Optional<String> read(String language, String name) {
        ClassPathResource file = new ClassPathResource("templates/letters/" + language + "/" + name + ".txt");
        if (!file.exists()) {
            return Optional.empty();
        }
        try {
            return Optional.of(file.getContentAsString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
