package org.redress.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redress.ProcessTest;

/** The policy that the web apps run under is stricter than shipped: they work, and what stands in a page does not run. */
class ContentSecurityPolicyTest extends ProcessTest {

    @RegisterExtension
    static final Browsers people = new Browsers();

    @ParameterizedTest
    @CsvSource({
        "cockpit, #/dashboard, .dashboard",
        "cockpit, #/processes, .processes-dashboard",
        "cockpit, #/decisions, .decisions-dashboard",
        "admin, #/users, .ctn-main",
        "admin, #/authorization?resource=0, .ctn-main",
        "tasklist, #/, .task-filters",
        "welcome, #!/welcome, text=Applications"
    })
    void aWebAppRunsUnderIt(String app, String place, String shown) {
        Page page = people.page("admin");
        List<String> refused = violations(page);
        signIn(page, app);
        page.navigate(people.address() + "/camunda/app/" + app + "/default/" + place);
        page.locator(shown).first().waitFor();
        page.waitForTimeout(1_000);
        Assertions.assertThat(refused).isEmpty();
    }

    @Test
    void aTableIsDrawnInCockpit() {
        String decision = repositoryService
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey("credibility")
                .latestVersion()
                .singleResult()
                .getId();
        Page page = people.page("admin");
        List<String> refused = violations(page);
        signIn(page, "cockpit");
        page.navigate(people.address() + "/camunda/app/cockpit/default/#/decision-definition/" + decision);
        assertThat(page.locator("table.tjs-table").first()).isVisible();
        Assertions.assertThat(refused).isEmpty();
    }

    @Test
    void aDiagramIsDrawnInCockpit() {
        runtimeService.startProcessInstanceByMessage(
                "grievance-received",
                "",
                Variables.fromMap(formValues(java.util.Map.of(
                        "ongoing", "NO",
                        "childrenInvolved", false,
                        "fearOfRetaliation", "LOW",
                        "whereCountry", "CD",
                        "language", "en"))));
        String definition = latest("remedy-case");
        Page page = people.page("admin");
        List<String> refused = violations(page);
        signIn(page, "cockpit");
        page.navigate(
                people.address() + "/camunda/app/cockpit/default/#/process-definition/" + definition + "/runtime");
        assertThat(page.locator("svg .djs-shape").first()).isVisible();
        assertThat(page.locator("table tbody").first()).containsText("R-2026-");
        Assertions.assertThat(refused).isEmpty();
    }

    @Test
    void whatStandsInAPageDoesNotRun() {
        Page page = people.page("admin");
        signIn(page, "tasklist");
        page.evaluate(
                """
                () => {
                  const script = document.createElement('div');
                  script.innerHTML = '<img src="x" onerror="window.bitten = true">';
                  document.body.appendChild(script);
                }
                """);
        page.waitForTimeout(500);
        Assertions.assertThat(page.evaluate("() => window.bitten === undefined"))
                .isEqualTo(true);
        // Later, since what the test itself runs is let through.
        Assertions.assertThat(
                        page.evaluate(
                                """
                                () => new Promise(done => setTimeout(() => {
                                  try { done(new Function('return 1')()); } catch (refused) { done('refused'); }
                                }))
                                """))
                .isEqualTo("refused");
    }

    private void signIn(Page page, String app) {
        page.navigate(people.address() + "/camunda/app/" + app + "/default/#/login");
        Tasklist.signIn(page, "admin", "admin");
    }

    private static List<String> violations(Page page) {
        List<String> refused = new ArrayList<>();
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")
                    || message.text().contains("Content-Security-Policy")) {
                refused.add(message.text());
            }
        });
        page.onPageError(refused::add);
        return refused;
    }
}
