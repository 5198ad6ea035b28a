package org.redress.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redress.ProcessTest;

/** Somebody begins to write, chooses "Save", and goes; the next person sits down at the same browser. */
class DraftsTest extends ProcessTest {

    private static final String DRAFT = "DRAFTMARKER sleeps at the mission";
    private static final String STORED =
            "() => Object.entries(localStorage).filter(([key]) => /^(camunda-form|camForm):/.test(key)).join('\\n')";

    @RegisterExtension
    static final Browsers people = new Browsers();

    private String numberOfANewCase() {
        String instance = newCase();
        fireDueJobs();
        return String.valueOf(runtimeService.getVariable(instance, "caseNumber"));
    }

    @Test
    void whatWasBegunLiesOnNoDiskAndIsShownToNobodyElse() {
        String first = numberOfANewCase();
        String second = numberOfANewCase();
        Page page = people.page("protection");
        Tasklist tasklist = new Tasklist(page, people.address());
        tasklist.signIn("protection", "protection");
        tasklist.choose("My groups").work("Triage safety", first).fill(Map.of("actionTaken", DRAFT));
        page.locator(".task-card button:has-text('Save')").click();
        assertThat(page.locator("#redress-draft")).containsText("Kept only while this page is open");
        Assertions.assertThat(page.evaluate(STORED)).isEqualTo("");
        Assertions.assertThat(page.evaluate("() => JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")
                        .toString())
                .doesNotContain("DRAFTMARKER");

        // The same person, in the same page, finds it again.
        tasklist.open("Triage safety", second);
        page.locator(".task-filter h4 a:has-text('My tasks')").click();
        FormOnScreen again = tasklist.open("Triage safety", first);
        Assertions.assertThat(again.value("actionTaken")).isEqualTo(DRAFT);
        String address = page.url();

        // What an earlier edition left there is taken away.
        page.evaluate("() => { Object.getPrototypeOf(localStorage); localStorage['camunda-form:old'] = '{}'; }");
        Response out = page.waitForResponse(answer -> answer.url().contains("/logout"), tasklist::signOut);
        Assertions.assertThat(out.headerValue("clear-site-data")).isEqualTo("\"storage\"");
        Assertions.assertThat(page.evaluate(STORED)).isEqualTo("");

        Tasklist.signIn(page, "admin", "admin");
        page.navigate(address);
        page.locator(".task-card .fjs-form").waitFor();
        Assertions.assertThat(page.content()).doesNotContain("DRAFTMARKER");
        Assertions.assertThat(page.evaluate(
                                "() => [...document.querySelectorAll('.fjs-form textarea, .fjs-form input')].map(x => x.value).join()")
                        .toString())
                .doesNotContain("DRAFTMARKER");
    }

    /** Without a new page in between: what the page still remembers goes with the person. */
    @Test
    void whoSignsInWithoutANewPageFindsNothing() {
        String number = numberOfANewCase();
        Page page = people.page("protection");
        Tasklist tasklist = new Tasklist(page, people.address());
        tasklist.signIn("protection", "protection");
        tasklist.choose("My groups").work("Triage safety", number).fill(Map.of("actionTaken", DRAFT));
        page.locator(".task-card button:has-text('Save')").click();
        assertThat(page.locator("#redress-draft")).isVisible();
        String key = page.url().replaceAll(".*[?&]task=([0-9a-f-]+).*", "$1");
        Assertions.assertThat(page.evaluate("key => localStorage.getItem('camunda-form:' + key)", key)
                        .toString())
                .contains("DRAFTMARKER");
        tasklist.signOut();
        Tasklist.signIn(page, "admin", "admin");
        Assertions.assertThat(page.evaluate("key => localStorage.getItem('camunda-form:' + key)", key))
                .isNull();
    }
}
