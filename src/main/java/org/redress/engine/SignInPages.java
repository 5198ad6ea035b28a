package org.redress.engine;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** What people read when the provider's answer does not let them in, and after they have signed out. */
@RestController
@ConditionalOnProperty(name = "redress.sign-in.provider", havingValue = "oidc")
class SignInPages {

    static final String REFUSED = "/sign-in/refused";
    static final String ENDED = "/sign-in/ended";

    private static final String BODY =
            """
            <h1>%s</h1>
            <p>%s</p>
            <p><a href="%s">%s</a></p>""";

    private final MessageSource words;

    SignInPages(MessageSource words) {
        this.words = words;
    }

    @GetMapping(path = REFUSED, produces = MediaType.TEXT_HTML_VALUE)
    String refused(@RequestParam(name = "why", required = false) @Nullable String why) {
        SignInRefused.Reason reason = Arrays.stream(SignInRefused.Reason.values())
                .filter(known -> known.name().equals(why))
                .findFirst()
                .orElse(SignInRefused.Reason.FAILED);
        return page(
                word("signIn.refused.title"),
                word("signIn.refused." + reason),
                ProviderSignIn.START + "?" + ProviderSignIn.AS_SOMEBODY_ELSE,
                word("signIn.again"));
    }

    @GetMapping(path = ENDED, produces = MediaType.TEXT_HTML_VALUE)
    String ended() {
        return page(word("signIn.ended.title"), word("signIn.ended"), "/camunda/", word("signIn.again"));
    }

    private String word(String key) {
        return words.getMessage(key, null, Locale.ENGLISH);
    }

    private static String page(String title, String text, String link, String linkText) {
        return PlainPage.of(
                Locale.ENGLISH.getLanguage(), title, BODY.formatted(safe(title), safe(text), link, safe(linkText)));
    }

    private static String safe(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
