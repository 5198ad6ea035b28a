package org.redress.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redress.ProcessTest;

/** From a form in Tasklist to the files of its case and back, by keyboard, without script, on a phone. */
class FilesInTasklistTest extends ProcessTest {

    private static final String TEXT = "He heard it from two neighbours.";

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

    @Test
    void theFormLeadsToTheFilesOfItsCase() throws Exception {
        String number = numberOfANewCase();
        Page page = people.page("protection");
        Tasklist tasklist = new Tasklist(page, people.address());
        tasklist.signIn("protection", "protection");
        tasklist.choose("My groups").work("Triage safety", number);
        Locator link = page.locator(".task-card a", new Page.LocatorOptions().setHasText("Files of this case"));
        assertThat(link).hasAttribute("href", "/files/" + number);
        page.screenshot(picture("files-1-link"));
        boolean opensTab = "_blank".equals(link.getAttribute("target"));
        Page files = opensTab ? page.waitForPopup(link::click) : page;
        if (!opensTab) {
            link.click();
        }
        assertThat(files.locator("h1")).hasText("Files of case " + number);
        assertThat(files.locator("body")).containsText("No file here that you may see.");

        files.locator("#kind").focus();
        assertThat(files.locator("#kind")).isFocused();
        files.keyboard().type("Evidence");
        files.keyboard().press("Tab");
        assertThat(files.locator("#file")).isFocused();
        files.locator("#file")
                .setInputFiles(
                        new FilePayload("what he heard.txt", "text/html", TEXT.getBytes(StandardCharsets.UTF_8)));
        files.keyboard().press("Tab");
        assertThat(files.locator("button")).isFocused();
        files.keyboard().press("Enter");
        assertThat(files.locator("[role=status]")).hasText("The file was added.");
        Locator file = files.locator(".files a");
        assertThat(file).hasText("what he heard.txt");
        Download download = files.waitForDownload(file::click);
        assertThat(Files.readString(download.path())).isEqualTo(TEXT);
        assertThat(download.suggestedFilename()).isEqualTo("what he heard.txt");
        files.screenshot(picture("files-2-page"));

        files.setViewportSize(360, 740);
        assertThat((Boolean) files.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .as("nothing stands out of a phone")
                .isTrue();
        files.screenshot(picture("files-3-phone"));
        // Every field has a name for who hears the page.
        for (String field : List.of("What is it?", "Which file?")) {
            assertThat(files.getByLabel(field)).isVisible();
        }
    }

    @Test
    void inAnEmergencyTheLawyerReadsWhatWasTold() {
        String number = numberOfANewCase();
        Page page = people.page("legal");
        new Tasklist(page, people.address()).signIn("legal", "legal");
        page.navigate(people.address() + "/break-glass/" + number);
        page.getByLabel("Why do you need it?").fill("The court wants to know tonight what he told");
        page.screenshot(picture("glass-1-ask"));
        page.locator("button").click();
        assertThat(page.locator("[role=status]")).containsText("until 2026-02-02 13:00 UTC");
        assertThat(page.locator("table")).containsText("He was beaten at the gate.");
        assertThat(page.locator("table")).containsText("What happened?");
        assertThat(page.locator("table")).not().containsText("whatHappened");
        page.screenshot(picture("glass-2-read"));
    }

    private static Page.ScreenshotOptions picture(String name) {
        Path file = Browsers.PICTURES.resolve(name + ".png");
        return new Page.ScreenshotOptions().setPath(file).setFullPage(true);
    }
}
