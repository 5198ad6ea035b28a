package org.redress.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redress.ProcessTest;

/** An administrator opens a case in Cockpit: the variables are there, and where somebody told something there is a mask. */
@SuppressWarnings("NullAway.Init")
class CockpitVariablesTest extends ProcessTest {

    private static final String SECRET = "They come at night, by the west gate";
    private static final String FORM =
            """
            {"id": "cockpit-probe", "type": "default", "schemaVersion": 16, "executionPlatform": "Camunda Platform",
             "executionPlatformVersion": "7.24.0", "components": [
               {"type": "textfield", "id": "f1", "key": "cockpitSecret", "label": "What?",
                "properties": {"audience": "protection"}},
               {"type": "textfield", "id": "f2", "key": "cockpitPlain", "label": "Which way?"}]}
            """;

    @RegisterExtension
    static final Browsers people = new Browsers();

    private String instance;

    @BeforeEach
    void aCase() {
        deployForThisTest(repositoryService
                .createDeployment()
                .addString("cockpit-probe.form", FORM)
                .addModelInstance(
                        "cockpit-probe.bpmn",
                        Bpmn.createExecutableProcess("cockpit-probe")
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent()
                                .userTask("task_tell")
                                .camundaFormRef("cockpit-probe")
                                .camundaFormRefBinding("deployment")
                                .camundaCandidateGroups("protection")
                                .userTask("task_wait")
                                .camundaCandidateGroups("protection")
                                .endEvent()
                                .done()));
        instance = start("cockpit-probe", "R-2026-9302", Map.of()).getId();
        as("protection").complete("task_tell", Map.of("cockpitSecret", SECRET, "cockpitPlain", "by the road"));
    }

    @Test
    void whatWasToldIsAMaskOnTheScreenOfAnAdministrator() {
        Page page = people.page("admin");
        page.navigate(people.address() + "/camunda/app/cockpit/default/#/login");
        Tasklist.signIn(page, "admin", "admin");
        page.navigate(people.address() + "/camunda/app/cockpit/default/#/process-instance/" + instance + "/runtime");

        assertThat(row(page, "cockpitPlain")).containsText("by the road");
        assertThat(row(page, "cockpitSecret")).containsText("•••");
        assertThat(page.locator("body")).not().containsText("west gate");
        Assertions.assertThat(page.content()).doesNotContain("west gate", "vault:");
        page.screenshot(new Page.ScreenshotOptions().setPath(Browsers.PICTURES.resolve("cockpit-variables.png")));
    }

    private static Locator row(Page page, String variable) {
        return page.locator("tr").filter(new Locator.FilterOptions().setHasText(variable));
    }
}
