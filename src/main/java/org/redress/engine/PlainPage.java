package org.redress.engine;

import org.springframework.web.util.HtmlUtils;

/** The frame of our own pages: no script, and no style but that of one file. */
public final class PlainPage {

    private static final String FRAME =
            """
            <!DOCTYPE html>
            <html lang="%s">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%s</title>
            <link rel="stylesheet" href="/redress.css"></head>
            <body><main>
            %s
            </main></body>
            </html>
            """;

    private PlainPage() {}

    /**
     * A whole page.
     *
     * @param language of its texts, BCP 47
     * @param title as text; escaped here
     * @param body as markup; whoever makes it escapes what goes in
     */
    public static String of(String language, String title, String body) {
        return FRAME.formatted(safe(language), safe(title), body);
    }

    private static String safe(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
