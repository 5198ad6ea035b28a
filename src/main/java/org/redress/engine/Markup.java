package org.redress.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/**
 * Plain pages, of elements and texts. Every text is escaped where it is put in, attributes too: there is no way to put in
 * markup as text.
 */
@Component
public class Markup {

    /** A piece of a page. */
    public record Piece(String html) {}

    private static final Set<String> VOID = Set.of("input", "br");

    private final MessageSource words;

    Markup(MessageSource words) {
        this.words = words;
    }

    /** The words for people under this key; its last part when nobody has written any. */
    public String word(String key, Object... details) {
        return words.getMessage(key, details, key.substring(key.lastIndexOf('.') + 1), Locale.ENGLISH);
    }

    /** A whole page. */
    public static String page(String title, Piece... pieces) {
        return PlainPage.of(Locale.ENGLISH.getLanguage(), title, all(pieces).html());
    }

    /** A text, escaped. */
    public static Piece text(String text) {
        return new Piece(safe(text));
    }

    /** Several pieces, one after the other. */
    public static Piece all(Piece... pieces) {
        return new Piece(Arrays.stream(pieces).map(Piece::html).collect(Collectors.joining("\n")));
    }

    /** Several pieces, one after the other. */
    public static Piece all(Iterable<Piece> pieces) {
        StringBuilder html = new StringBuilder();
        pieces.forEach(piece -> html.append(piece.html()).append('\n'));
        return new Piece(html.toString());
    }

    /** No piece. */
    public static Piece nothing() {
        return new Piece("");
    }

    /**
     * An element.
     *
     * @param head its name, and its attributes with {@code ?} for their values: {@code "a href=?"}
     * @param values of the attributes
     * @param inside null for an element that has no end
     */
    public static Piece element(String head, Object[] values, Piece... inside) {
        StringBuilder html = new StringBuilder("<");
        String[] parts = head.split("\\?", -1);
        if (parts.length != values.length + 1) {
            throw new IllegalArgumentException("A value for each attribute: " + head);
        }
        for (int each = 0; each < values.length; each++) {
            html.append(parts[each])
                    .append('"')
                    .append(safe(values[each].toString()))
                    .append('"');
        }
        html.append(parts[values.length]).append('>');
        String name = head.split(" ", 2)[0];
        if (!VOID.contains(name)) {
            html.append(all(inside).html()).append("</").append(name).append('>');
        }
        return new Piece(html.toString());
    }

    /** The values of the attributes of {@link #element(String, Object[], Piece...)}. */
    public static Object[] with(Object... values) {
        return values;
    }

    /** An element without attributes. */
    public static Piece element(String name, Piece... inside) {
        return element(name, new Object[0], inside);
    }

    /** An element without attributes around a text. */
    public static Piece element(String name, String text) {
        return element(name, text(text));
    }

    private static String safe(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
