package org.redress.engine;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;

/** What a browser shows where somebody has come to a page that is not there or not theirs; programs get Json instead. */
@Component("error")
class RefusalPage implements View {

    private static final Map<Integer, String> REASONS = Map.of(400, "400", 403, "403", 404, "404");

    private final Markup markup;

    RefusalPage(Markup markup) {
        this.markup = markup;
    }

    @Override
    public String getContentType() {
        return MediaType.TEXT_HTML_VALUE;
    }

    @Override
    public void render(@Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String reason = REASONS.getOrDefault(response.getStatus(), "other");
        String title = markup.word("refusal." + reason + ".title");
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter()
                .write(Markup.page(
                        title,
                        Markup.element("h1", title),
                        Markup.element("p", markup.word("refusal." + reason + ".text")),
                        Markup.element(
                                "p",
                                Markup.element(
                                        "a href=?",
                                        Markup.with(request.getContextPath() + "/camunda/app/tasklist/default/"),
                                        Markup.text(markup.word("refusal.tasks"))))));
    }
}
