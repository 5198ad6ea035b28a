package org.redress.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redress.ProcessTest;

/** Whoever opens an address of ours without having signed in comes to it once they have. */
class DeepLinkTest extends ProcessTest {

    private static final String TASKLIST = "/camunda/app/tasklist/default/";

    @RegisterExtension
    static final Browsers people = new Browsers();

    @Test
    void whoSignsInIsBroughtToThePageThatTheyAskedFor() {
        Page page = people.page("downstream");
        page.navigate(people.address() + "/my/finished");
        page.locator("input[type=text]").fill("downstream");
        page.locator("input[type=password]").fill("downstream");
        page.locator("button[type=submit]").click();
        page.waitForURL(people.address() + "/my/finished");
        assertThat(page.locator("h1")).hasText("My finished work");

        page.navigate(people.address() + TASKLIST + "?to=/my/letters");
        page.waitForURL(people.address() + "/my/letters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/files/", "/cases/", "/break-glass/"})
    void eachPageOfACaseIsFoundAgainAfterSigningIn(String path) {
        String number = (String) runtimeService.getVariable(newCase(), "caseNumber");
        String asked = path + number;
        Page page = people.page("legal");
        page.navigate(people.address() + asked);
        page.locator("input[type=text]").fill("legal");
        page.locator("input[type=password]").fill("legal");
        page.locator("button[type=submit]").click();
        page.waitForURL(people.address() + asked);
        assertThat(page.locator("h1")).containsText(number);
    }

    @Test
    void anAddressElsewhereIsNotFollowed() {
        Page page = people.page("downstream");
        new Tasklist(page, people.address()).signIn("downstream", "downstream");
        for (String to : List.of(
                "//evil.example",
                "https://evil.example/cases/x",
                "/cases/..//evil.example",
                "/cases//evil.example",
                "/\\evil.example",
                "/cases/\\evil.example",
                "javascript:alert(1)",
                "/my/../camunda/app/admin/default/")) {
            page.navigate(people.address() + TASKLIST + "?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8));
            assertThat(page.locator(".task-filter").first()).isVisible();
            page.waitForTimeout(900);
            Assertions.assertThat(page.url()).as(to).startsWith(people.address() + TASKLIST);
        }
    }
}
