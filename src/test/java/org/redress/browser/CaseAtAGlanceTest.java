package org.redress.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redress.remedy.BagSorter;
import org.redress.remedy.StoryTest;

/** From a task in Tasklist to its case at a glance and to one's own finished work, on a desk and on a phone. */
class CaseAtAGlanceTest extends StoryTest {

    @RegisterExtension
    static final Browsers people = new Browsers();

    @Test
    void theListSaysWhichClockRunsAndTheFormLeadsToTheCase() throws Exception {
        post(BagSorter.story());
        walkTo("task_reviewLevel");
        Page page = people.page("audit-programme");
        Tasklist tasklist = new Tasklist(page, people.address());
        tasklist.signIn("audit-programme", "audit-programme");
        tasklist.choose("All open");
        assertThat(page.locator("ol.tasks-list")).containsText("decide the level (D09)");
        page.screenshot(picture("glance-1-list"));

        tasklist.open("Review the level", caseNumber);
        Locator link = page.locator(".task-card a", new Page.LocatorOptions().setHasText("The case at a glance"));
        assertThat(link).hasAttribute("href", "/cases/" + caseNumber);
        boolean opensTab = "_blank".equals(link.getAttribute("target"));
        Page glance = opensTab ? page.waitForPopup(link::click) : page;
        if (!opensTab) {
            link.click();
        }
        assertThat(glance.locator("h1")).hasText("Case " + caseNumber + " at a glance");
        assertThat(glance.locator("ol.steps li")).hasCount(6);
        assertThat(glance.locator("body")).containsText("Review the level");
        glance.screenshot(picture("glance-2-programme"));
        fitsAPhone(glance, "glance-3-phone");

        page.navigate(people.address() + "/my/finished");
        assertThat(page.locator("h1")).hasText("My finished work");
        // Other stories were walked to later days by the same account: theirs come first.
        Locator ours = page.locator("tr")
                .filter(new Locator.FilterOptions().setHasText(caseNumber))
                .filter(new Locator.FilterOptions().setHasText("Open the review"));
        for (int number = 2; ours.count() == 0 && page.getByText("Older").count() == 1; number++) {
            page.navigate(people.address() + "/my/finished?page=" + number);
        }
        assertThat(ours).hasCount(1);
        page.screenshot(picture("glance-4-finished"));
        fitsAPhone(page, "glance-5-finished-phone");
    }

    @Test
    void theSmelterSeesItsOwnPart() throws Exception {
        post(BagSorter.story());
        walkTo("task_monitoringDecision");
        Page page = people.page("smelter");
        new Tasklist(page, people.address()).signIn("smelter", "smelter");
        page.navigate(people.address() + "/cases/" + caseNumber);
        assertThat(page.locator("body")).containsText("fewer than five");
        page.screenshot(picture("glance-6-smelter"));
    }

    private static void fitsAPhone(Page page, String name) {
        page.setViewportSize(360, 740);
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .as("nothing stands out of a phone")
                .isTrue();
        page.screenshot(picture(name));
        page.setViewportSize(1280, 800);
    }

    private static Page.ScreenshotOptions picture(String name) {
        Path file = Browsers.PICTURES.resolve(name + ".png");
        return new Page.ScreenshotOptions().setPath(file).setFullPage(true);
    }
}
