package org.redress.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.Map;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redress.ProcessTest;

/** A lawyer holds a case, the officer is refused and lifts the hold, and both erase it: at their browsers, without script, on a phone. */
class HoldsInTheBrowserTest extends ProcessTest {

    @RegisterExtension
    static final Browsers people = new Browsers();

    private String numberOfANewCase() {
        String instance = runtimeService
                .startProcessInstanceByMessage(
                        "grievance-received",
                        Variables.fromMap(formValues(Map.of(
                                "ongoing", "NO",
                                "childrenInvolved", false,
                                "fearOfRetaliation", "LOW",
                                "whereCountry", "CD",
                                "whatHappened", "He was beaten at the gate.",
                                "language", "en"))))
                .getProcessInstanceId();
        fireDueJobs();
        return String.valueOf(runtimeService.getVariable(instance, "caseNumber"));
    }

    private static Page signedIn(String user) {
        Page page = people.page(user);
        new Tasklist(page, people.address()).signIn(user, user);
        return page;
    }

    @Test
    void aCaseIsHeldThenErasedByTwo() {
        String number = numberOfANewCase();
        Page legal = signedIn("legal");
        legal.navigate(people.address() + "/cases/" + number);
        legal.getByText("Holds and erasures").click();
        assertThat(legal.locator("h1")).hasText("Holds and erasures of case " + number);
        legal.locator("#set-reason").fill("A court asked for the records");
        pictures(legal, "holds-1-legal");
        legal.getByText("Hold the case").last().click();
        assertThat(legal.locator("[role=status]")).hasText("The case is held.");

        // As the letter says: whoever opens the address without having signed in comes to it once they have.
        Page dpo = people.page("dpo");
        dpo.navigate(people.address() + "/holds/" + number);
        dpo.locator("input[type=text]").fill("dpo");
        dpo.locator("input[type=password]").fill("dpo");
        dpo.locator("button[type=submit]").click();
        dpo.waitForURL(people.address() + "/holds/" + number);
        assertThat(dpo.locator("body")).containsText("A legal hold stands since 2026-02-02 09:00 UTC, set by legal.");
        assertThat(dpo.locator("body")).containsText("A legal hold stands: nothing is erased.");
        assertThat(dpo.locator("#erase-case-submit")).hasCount(0);
        pictures(dpo, "holds-2-held");

        dpo.locator("#lift-reason").fill("The court is done");
        dpo.locator("#lift-submit").click();
        assertThat(dpo.locator("[role=status]")).hasText("The hold is lifted.");
        assertThat(dpo.locator("body")).containsText("an erasure takes two");
        pictures(dpo, "holds-3-lifted");

        // The browser says what is missing; the server says what is wrong, and what to do.
        dpo.locator("#erase-case-submit").click();
        assertThat(dpo).hasURL(people.address() + "/holds/" + number + "?done=lifted");
        eraseCase(dpo, "R-2026-1");
        assertThat(dpo.locator("[role=alert]")).containsText("what you typed last to confirm it is not");
        assertThat(dpo.locator("#erase-case-reason")).hasValue("As he wished");
        eraseCase(dpo, number);
        assertThat(dpo.locator("[role=alert]")).containsText("somebody is still helped");
        pictures(dpo, "holds-4-refused");
        dpo.locator("#erase-case-force").check();
        eraseCase(dpo, number);
        assertThat(dpo.locator("[role=status]")).hasText("This is on record and waits for another officer.");
        assertThat(dpo.locator("body")).containsText("You asked for it: somebody with another account confirms it");
        pictures(dpo, "holds-5-waits");

        legal.navigate(people.address() + "/holds/" + number);
        Locator confirm = legal.locator("form[action$='/confirm']");
        confirm.getByLabel("Why?").fill("The officer told me");
        confirm.getByLabel("Type the number of the case: " + number).fill(number);
        pictures(legal, "holds-6-confirm");
        confirm.locator("button").dblclick();
        assertThat(legal.locator("[role=status]")).containsText("This is erased.");
        assertThat(legal.locator("table.told")).containsText("Choices about survivors");
        assertThat(legal.locator("body")).containsText("by legal: the whole case.");
        pictures(legal, "holds-7-erased");

        dpo.navigate(people.address() + "/break-glass/" + number);
        dpo.getByLabel("Why do you need it?").fill("Is anything left to be read here?");
        dpo.locator("button").click();
        assertThat(dpo.locator("[role=alert]")).hasText("This was erased: there is nothing left to read.");
    }

    @Test
    void aReadingIsEndedByWhoeverReadsOrByTheOfficer() {
        String number = numberOfANewCase();
        Page legal = signedIn("legal");
        Page dpo = signedIn("dpo");
        read(legal, number);
        pictures(legal, "glass-3-own");
        dpo.navigate(people.address() + "/break-glass/" + number);
        assertThat(dpo.locator("h2").first()).hasText("Others who read here now");
        pictures(dpo, "glass-4-officer");
        dpo.getByText("End now").click();
        assertThat(dpo.locator("[role=status]")).hasText("The reading has ended.");
        legal.reload();
        assertThat(legal.locator("body")).not().containsText("He was beaten at the gate.");
        read(legal, number);
        legal.getByText("End now").click();
        assertThat(legal.locator("[role=status]")).hasText("The reading has ended.");
        assertThat(legal.locator("body")).not().containsText("He was beaten at the gate.");
    }

    private static void read(Page page, String number) {
        page.navigate(people.address() + "/break-glass/" + number);
        page.getByLabel("Why do you need it?").fill("The court wants to know tonight what he told");
        page.getByText("Let me read").click();
        assertThat(page.locator("table")).containsText("He was beaten at the gate.");
    }

    private static void eraseCase(Page page, String typed) {
        page.locator("#erase-case-reason").fill("As he wished");
        page.locator("#erase-case-typed").fill(typed);
        page.locator("#erase-case-submit").click();
    }

    /** As it looks on a desk and on a phone, where nothing stands out. */
    private static void pictures(Page page, String name) {
        page.screenshot(picture(name));
        page.setViewportSize(360, 740);
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .as("nothing stands out of a phone")
                .isTrue();
        page.screenshot(picture(name + "-phone"));
        page.setViewportSize(1500, 1000);
    }

    private static Page.ScreenshotOptions picture(String name) {
        Path file = Browsers.PICTURES.resolve(name + ".png");
        return new Page.ScreenshotOptions().setPath(file).setFullPage(true);
    }
}
