package org.redress.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redress.ProcessTest;
import org.redress.engine.Cases;
import org.springframework.beans.factory.annotation.Autowired;

/** What a reporter writes stands in the forms of the people who work to the letter, whatever it looks like. */
@SuppressWarnings("NullAway.Init")
class WordsOfOthersTest extends ProcessTest {

    private static final List<String> WRITTEN = List.of(
            "Line one, 3 * 4 * 5 and _under_ ~~struck~~ `code` 100%.",
            "",
            "# FAKE HEADING",
            "",
            "Another heading",
            "===============",
            "Yet another",
            "---",
            "[The case at a glance](https://evil.example/x) ![img](https://evil.example/p.png)",
            "[ref]: https://evil.example/r",
            "[ref] https://evil.example/bare www.evil.example <https://evil.example/angle> me@evil.example",
            "<h2>Element</h2> <a href=\"https://evil.example\">anchor</a> <img src=\"https://evil.example/q.png\"> &amp; &lt;",
            "> quoted",
            "- point",
            "1. first",
            "| a | b |",
            "| - | - |",
            "| c | d |",
            "~~~",
            "fence",
            "~~~",
            "C:\\temp\\# \\* \\\\ $1 $& {{caseNumber}} {{#if true}}x{{/if}} }}",
            "**Decided:** nothing, yet \\");

    @RegisterExtension
    static final Browsers people = new Browsers();

    @Autowired
    private Cases cases;

    @Test
    void whatLooksLikeAHeadingOrALinkIsShownAsItWasWritten() {
        String caseNumber = cases.start(
                        "grievance-received",
                        Map.ofEntries(
                                Map.entry("channel", "PARTNER_SYSTEM"),
                                Map.entry("reporterType", "NGO"),
                                Map.entry("anonymous", true),
                                Map.entry("contactMode", "NONE"),
                                Map.entry("language", "en"),
                                Map.entry("whatHappened", "    " + String.join("\n", WRITTEN)),
                                Map.entry("whereCountry", "CD"),
                                Map.entry("ongoing", "UNKNOWN"),
                                Map.entry("exploitationTypes", json(List.of("FORCED_LABOUR"))),
                                Map.entry("affectedEstimate", 7),
                                Map.entry("childrenInvolved", false),
                                Map.entry("mineral", "cobalt"),
                                Map.entry("fearOfRetaliation", "LOW"),
                                Map.entry("consentToShareIdentity", "NONE")))
                .caseNumber();
        fireDueJobs();
        Page page = people.page("downstream");
        List<String> asked = new ArrayList<>();
        page.onRequest(request -> asked.add(request.url()));
        Tasklist tasklist = new Tasklist(page, people.address());
        tasklist.signIn("downstream", "downstream");
        FormOnScreen form = tasklist.choose("My groups").open("Screen credibility", caseNumber);
        form.picture("90-words-of-others");

        Locator texts = page.locator(".fjs-form-field-text");
        assertThat(texts.locator("h1, h2, h3, h4, h5, h6")).hasCount(1);
        assertThat(texts.locator("h1")).hasText("Screen credibility – case " + caseNumber);
        assertThat(texts.locator("img, table, pre, code, hr, ol, ul, del")).hasCount(0);
        assertThat(texts.locator("a")).hasText(new String[] {"The case at a glance", "Files of this case"});
        assertThat(texts.locator("a").first()).hasAttribute("href", "/cases/" + caseNumber);
        assertThat(asked).noneMatch(url -> url.contains("evil"));

        Locator quotation = texts.locator("blockquote");
        assertThat(quotation).hasCount(1);
        assertThat(quotation.innerText().lines().map(String::strip).toList()).containsExactlyElementsOf(WRITTEN);
        assertThat(form.text()).contains("People affected, as reported: 7.");
    }
}
