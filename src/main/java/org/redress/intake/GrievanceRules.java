package org.redress.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a schema cannot say about a grievance: dates, countries, languages, and texts that nothing could store or read. */
final class GrievanceRules {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private final Clock clock;
    private final ZoneId zone;

    /** @param zone where a day begins and ends ({@code redress.zone}) */
    GrievanceRules(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    /** All faults, at most one for a field; fields that are missing or of the wrong type are the schema's business. */
    List<Fault> faults(JsonNode grievance) {
        List<Fault> faults = unreadableTexts(grievance);
        country(grievance.path("where").path("country"), faults);
        language(grievance.path("language"), faults);
        Optional<PartialDate> first = date(grievance.path("whenFirst"), "/whenFirst", faults);
        Optional<PartialDate> latest = date(grievance.path("whenLatest"), "/whenLatest", faults);
        if (first.isPresent() && latest.isPresent() && latest.get().surelyBefore(first.get())) {
            faults.add(Fault.at("/whenLatest", "Must not be before whenFirst."));
        }
        return faults;
    }

    /** The texts of any filing that nothing could store or read. */
    static List<Fault> unreadableTexts(JsonNode filing) {
        List<Fault> faults = new ArrayList<>();
        unreadableTexts(filing, "", faults);
        return faults;
    }

    private static void unreadableTexts(JsonNode node, String pointer, List<Fault> faults) {
        if (node.isTextual()) {
            unreadable(node.textValue()).ifPresent(detail -> faults.add(Fault.at(pointer, detail)));
        }
        node.properties().stream()
                .filter(field -> StrictJson.showable(field.getKey()))
                .forEach(field -> unreadableTexts(field.getValue(), pointer + "/" + field.getKey(), faults));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            unreadableTexts(node.get(i), pointer + "/" + i, faults);
        }
    }

    private static Optional<String> unreadable(String text) {
        // PostgreSQL stores no NUL and no half of a surrogate pair
        if (text.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE)) {
            return Optional.of("Has a character that cannot be stored (NUL, or half of a pair): remove it.");
        }
        if (text.codePoints().allMatch(GrievanceRules::blank)) {
            return Optional.of("Must not be blank: write it, or leave out what is optional.");
        }
        return Optional.empty();
    }

    private static boolean blank(int character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.isISOControl(character)
                || Character.getType(character) == Character.FORMAT;
    }

    private static void country(JsonNode country, List<Fault> faults) {
        if (country.isTextual() && !COUNTRIES.contains(country.textValue())) {
            faults.add(Fault.at(
                    "/where/country",
                    "Not a country code: use two capital letters of ISO 3166-1 alpha-2, such as CD for the Democratic"
                            + " Republic of the Congo."));
        }
    }

    private static void language(JsonNode language, List<Fault> faults) {
        if (language.isTextual() && languageTag(language.textValue()).isEmpty()) {
            faults.add(Fault.at(
                    "/language",
                    "Not a language tag: use BCP 47 with two or three letters first, such as fr, zh-Hans or swc-CD."));
        }
    }

    /** The tag in its usual spelling; empty when it is ill-formed or has no language that could be registered. */
    static Optional<String> languageTag(String tag) {
        try {
            Locale locale = new Locale.Builder().setLanguageTag(tag).build();
            int letters = locale.getLanguage().length();
            // 4 to 8 letters are well-formed, but no such language is registered: somebody wrote "french"
            return letters == 2 || letters == 3 ? Optional.of(locale.toLanguageTag()) : Optional.empty();
        } catch (IllformedLocaleException e) {
            return Optional.empty();
        }
    }

    private Optional<PartialDate> date(JsonNode text, String pointer, List<Fault> faults) {
        if (!text.isTextual()) {
            return Optional.empty();
        }
        Optional<PartialDate> date = PartialDate.parse(text.textValue());
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        if (date.isEmpty()) {
            faults.add(Fault.at(
                    pointer, "Not a date: write 2025, 2025-03 or 2025-03-14, as far as it is known and a real day."));
        } else if (date.get().surelyAfter(today)) {
            faults.add(Fault.at(pointer, "Must not be in the future: today is " + today + " (" + zone + ")."));
        }
        return date;
    }
}
