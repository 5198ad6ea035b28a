package org.redress.notification;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.redress.engine.PlainPage;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** Letters as plain pages without script, since the link in a mail is opened in a browser. */
@Component
class LetterPage {

    private final MessageSource words;
    private final NotificationSettings settings;

    LetterPage(MessageSource words, NotificationSettings settings) {
        this.words = words;
        this.settings = settings;
    }

    String list(List<Letter> letters) {
        String title = words.getMessage("letters.title", null, Locale.ENGLISH);
        String rows = letters.stream().map(this::row).collect(Collectors.joining("\n"));
        String body = letters.isEmpty() ? "<p>" + word("letters.none") + "</p>" : "<ul>\n" + rows + "\n</ul>";
        return page(Locale.ENGLISH.getLanguage(), title, body);
    }

    String letter(Letter letter) {
        String back = "<p><a href=\"/api/letters\">" + word("letters.back") + "</a></p>";
        return page(
                letter.language(),
                letter.subject(),
                "<div class=\"letter\">" + safe(letter.body()) + "</div>\n" + back);
    }

    private String row(Letter letter) {
        String link = "<a href=\"/api/letters/" + letter.id() + "\">" + safe(letter.subject()) + "</a>";
        String about = safe(letter.caseNumber()) + ", "
                + safe(Fact.day(LocalDate.ofInstant(letter.createdAt(), settings.zone()), Locale.ENGLISH));
        return "<li>" + (letter.read() ? link : "<strong>" + link + "</strong> (" + word("letters.unread") + ")")
                + " – " + about + "</li>";
    }

    private String word(String key) {
        return safe(words.getMessage(key, null, Locale.ENGLISH));
    }

    private static String page(String language, String title, String body) {
        return PlainPage.of(language, title, "<h1>" + safe(title) + "</h1>\n" + body);
    }

    private static String safe(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
