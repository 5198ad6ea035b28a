package org.redress.engine;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Codes of standards in words, for people to read in forms: {@code ${words.country(whereCountry)}}. In English. */
@Component("words")
public class Words {

    /** The name of a country by its ISO 3166-1 alpha-2 code; the code itself where the standard has no name for it, empty text when it is no code. */
    public String country(@Nullable String code) {
        return code == null ? "" : Locale.forLanguageTag("und-" + code).getDisplayCountry(Locale.ENGLISH);
    }

    /** The name of a language by its BCP 47 tag; the tag itself where no name is known, empty text for null. */
    public String language(@Nullable String tag) {
        return tag == null ? "" : Locale.forLanguageTag(tag).getDisplayName(Locale.ENGLISH);
    }
}
