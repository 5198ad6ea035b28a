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

    /** @param place where the letters are read: the address of the list */
    String list(String place, List<Letter> letters) {
        String title = words.getMessage("letters.title", null, Locale.ENGLISH);
        String rows = letters.stream().map(letter -> row(place, letter)).collect(Collectors.joining("\n"));
        String body = letters.isEmpty() ? "<p>" + word("letters.none") + "</p>" : "<ul>\n" + rows + "\n</ul>";
        return page(Locale.ENGLISH.getLanguage(), title, body);
    }

    /** @param place where the letters are read: the address of the list */
    String letter(String place, Letter letter) {
        String back = "<p>" + caseOf(letter) + "<a href=\"" + place + "\">" + word("letters.back") + "</a></p>";
        return page(letter.language(), letter.subject(), text(letter) + "\n" + back);
    }

    /** Where its case is looked at; nothing for a letter of no case. Who may not see the case is told so there. */
    private String caseOf(Letter letter) {
        return isOfNoCase(letter)
                ? ""
                : "<a href=\"/cases/" + safe(letter.caseNumber()) + "\">" + word("letters.case") + "</a> · ";
    }

    private static boolean isOfNoCase(Letter letter) {
        return letter.caseNumber().equals(Notice.OF_NO_CASE);
    }

    private String text(Letter letter) {
        String body = letter.body();
        if (body == null) {
            return "<p>" + word(letter.erased() ? "letters.erased-with-case" : "letters.unopened") + "</p>";
        }
        return "<div class=\"letter\">" + safe(body) + "</div>";
    }

    String notFound() {
        String title = words.getMessage("letters.title", null, Locale.ENGLISH);
        return page(Locale.ENGLISH.getLanguage(), title, "<p>" + word("letters.not-found") + "</p>");
    }

    private String row(String place, Letter letter) {
        String link = "<a href=\"" + place + "/" + letter.id() + "\">" + safe(letter.subject()) + "</a>";
        String day = Fact.day(LocalDate.ofInstant(letter.createdAt(), settings.zone()));
        String about = safe(isOfNoCase(letter) ? day : letter.caseNumber() + ", " + day);
        if (letter.erased()) {
            return "<li>" + link + " (" + word("letters.erased") + ") – " + about + "</li>";
        }
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
