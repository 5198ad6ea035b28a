package org.redress.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Period;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redress.ProcessTest;
import org.redress.browser.Tasklist.Line;
import org.redress.engine.Cases;
import org.springframework.beans.factory.annotation.Autowired;

/** Step 1 of the guideline at the task lists of the people who take it: what each finds, reads, gets wrong and completes. */
@SuppressWarnings("NullAway.Init")
class TasklistTest extends ProcessTest {

    /** Scenario S01: a boy of eleven sorts cobalt bags at a depot whose ore reaches the smelter Luma. */
    private static final String BAG_SORTER =
            """
            {"channel": "PARTNER_SYSTEM", "reporterType": "NGO", "anonymous": false, "contactMode": "EMAIL",
             "contact": "desk@ngo.example, office hours", "language": "fr",
             "whatHappened": "A boy of eleven, out of school since grade 4, sorts ore bags at a depot, 50 hours a week. His father is dead, his mother sells water.",
             "where": {"country": "CD", "site": "Depot Kapata", "district": "Kolwezi"},
             "whenFirst": "2025-03", "whenLatest": "2026-01-20", "ongoing": "UNKNOWN",
             "exploitationTypes": ["WORST_FORM_CHILD_LABOUR"], "affectedEstimate": 1, "childrenInvolved": true,
             "allegedActor": "the owner of the depot", "desiredOutcome": "back to school", "mineral": "cobalt",
             "fearOfRetaliation": "LOW", "consentToShareIdentity": "PROGRAMME_ONLY"}
            """;

    @RegisterExtension
    static final Browsers people = new Browsers();

    @Autowired
    private Cases cases;

    @Test
    void nothingIsOfferedThatNobodyMayDoAndNoButtonNamesAnotherOrderThanTheListHas() {
        String caseNumber = file(BAG_SORTER);
        Tasklist downstream = people.tasklist("downstream").choose("My groups");
        downstream.work("Screen credibility", caseNumber);

        assertThat(downstream.shows(".start-process-action a")).isTrue();
        assertThat(downstream.shows(".create-task-action a")).as("Create task").isFalse();
        assertThat(downstream.shows(".createCommentLink")).as("Add Comment").isFalse();
        assertThat(downstream.shows("[cam-sorting-choices]")).as("Created").isFalse();
    }

    @Test
    void anAllegationIsVerifiedByThePeopleAtTheirTaskLists() {
        String caseNumber = file(BAG_SORTER);

        Tasklist downstream = people.tasklist("downstream").choose("My groups");
        assertThat(downstream.lists())
                .containsExactly(
                        "My groups",
                        "My tasks",
                        "Overdue",
                        "Due in 48 hours",
                        "Unassigned",
                        "My follow-ups",
                        "All open");
        assertThat(downstream.tasks())
                .containsExactly(new Line("Screen credibility · " + caseNumber, "Monday, 16 February 2026 23:59"));
        for (String stranger : List.of("smelter", "smelter-b", "facilitator")) {
            assertThat(people.tasklist(stranger).choose("All open").tasks())
                    .as(stranger)
                    .isEmpty();
        }

        people.tasklist("protection")
                .choose("My groups")
                .work("Triage safety", caseNumber)
                .readsWell()
                .fill(Map.of(
                        "immediateDanger", "NO",
                        "stillExploited", "NO",
                        "childInDanger", "NO",
                        "medicalEmergency", "NO",
                        "retaliationRisk", "LOW",
                        "actionTaken", "Spoke with the reporter; nobody is in danger."))
                .picture("01-triage-safety")
                .complete();
        fireDueJobs();

        screenWronglyFirst(downstream, caseNumber);
        downstream
                .choose("My groups")
                .work("Screen actionability", caseNumber)
                .readsWell()
                .fill(Map.of(
                        "partnerStatus", "CURRENT",
                        "linkEvidence", "CONFIRMED",
                        "smelters", List.of("org-luma"),
                        "partnersTraced", "Depot, trader, smelter.",
                        "actionabilityJudgement", "ACTIONABLE",
                        "actionabilityReason", "Delivery notes show the depot as source."))
                .picture("04-screen-actionability")
                .complete();
        fireDueJobs();
        assertThat(state(caseNumber)).isEqualTo("IN_INVESTIGATION");

        Tasklist reviewer = people.tasklist("audit-programme");
        reviewer.choose("My groups")
                .work("Open the review", caseNumber)
                .readsWell()
                .fill(Map.of(
                        "reviewer", "Reviewer one",
                        "independenceDeclared", true,
                        "reviewPlan", "Documents first, then a visit.",
                        "smelterCooperation", "NO",
                        "forumCheck", "NO"))
                .picture("05-open-review")
                .complete();
        fireDueJobs();
        assertThat(reviewer.choose("My groups").tasks())
                .containsExactly(new Line("Investigate · " + caseNumber, "Thursday, 2 April 2026 23:59"));
        reviewer.work("Investigate", caseNumber)
                .readsWell()
                .fill(Map.ofEntries(
                        Map.entry("investigationMethod", List.of("DESK", "SITE_VISIT")),
                        Map.entry("sources", "Visit to the depot and school records."),
                        Map.entry("findings", "One child sorts bags instead of going to school."),
                        Map.entry("harmFound", "YES"),
                        Map.entry("types", List.of("WORST_FORM_CHILD_LABOUR")),
                        Map.entry("affected", 1),
                        Map.entry("childrenAffected", 1),
                        Map.entry("occurrences90d", 1),
                        Map.entry("incidentFirst", "2025-03-03"),
                        Map.entry("incidentLatest", "2026-01-20"),
                        Map.entry("interviewsDoNoHarm", true)))
                .picture("06-investigate")
                .complete();
        fireDueJobs();
        reviewer.choose("My groups")
                .work("Decide on substantiation", caseNumber)
                .readsWell()
                .fill(Map.of(
                        "standardUsed", "BALANCE",
                        "substantiationOutcome", "SUBSTANTIATED",
                        "substantiationReason", "More likely than not, by what was seen."))
                .picture("07-decide-substantiation")
                .complete();
        fireDueJobs();
        people.tasklist("audit-programme-2")
                .choose("My groups")
                .work("Confirm the decision", caseNumber)
                .readsWell()
                .fill(Map.of("secondPersonAgrees", "YES"))
                .picture("08-confirm-substantiation")
                .complete();
        fireDueJobs();
        reviewer.choose("My groups")
                .work("Assess the link of a smelter", caseNumber)
                .readsWell()
                .fill(Map.of("linkKind", "CURRENT", "tradeOngoing", "YES", "exposureDate", "2026-01-15"))
                .picture("09-assess-link")
                .complete();
        fireDueJobs();

        assertThat(state(caseNumber)).isEqualTo("SUBSTANTIATED");
        assertThat(people.tasklist("smelter").choose("My groups").tasks())
                .extracting(Line::task)
                .containsExactlyInAnyOrder(
                        "Confirm the facts · " + caseNumber, "Plan stronger due diligence · " + caseNumber);
        assertThat(people.tasklist("smelter-b").choose("All open").tasks()).isEmpty();
    }

    /** A form that is filled in wrongly says where, keeps what was written, and is sent once it is right. */
    private void screenWronglyFirst(Tasklist downstream, String caseNumber) {
        FormOnScreen form = downstream
                .choose("My groups")
                .work("Screen credibility", caseNumber)
                .readsWell()
                .picture("02-screen-credibility-empty");
        assertThat(form.text()).contains("sorts ore bags at a depot, 50 hours a week");
        form.fill(Map.of(
                        "sourceClass", "NGO",
                        "specificity", 4,
                        "corroborations", 1,
                        "factsDisproved", "NO",
                        "conflictOfInterest", "NO",
                        "credibilityReason", "A known organisation tells who, what, where and when."))
                .tryToComplete();
        assertThat(form.problems()).containsExactly("What is your own judgement?: Field is required.");

        form.fill(Map.of("specificity", 7, "credibilityJudgement", "CREDIBLE", "credibilityReason", "Too short"))
                .picture("03-screen-credibility-wrong");
        assertThat(form.problems())
                .containsExactly(
                        "How many of these are told: who, what, where, when, how?: Field must have maximum value of 5.",
                        "Why?: Field must have minimum length of 10.");
        assertThat(form.value("sourceClass")).isEqualTo("A known non-governmental organisation");
        assertThat(form.value("factsDisproved")).isEqualTo("No");
        assertThat(form.value("corroborations")).isEqualTo("1");

        form.fill(Map.of(
                        "specificity", 4, "credibilityReason", "A known organisation tells who, what, where and when."))
                .complete();
        fireDueJobs();
        assertThat(downstream.choose("My groups").tasks())
                .extracting(Line::task)
                .containsExactly("Screen actionability · " + caseNumber);
    }

    @Test
    void theReadyMadeListsTellWhatWaitsWhatIsMineAndWhatIsLate() {
        String caseNumber = file(BAG_SORTER);
        String screening = "Screen credibility · " + caseNumber;
        Tasklist downstream = people.tasklist("downstream");
        assertThat(downstream.choose("My tasks").tasks()).isEmpty();
        assertThat(downstream.choose("Overdue").tasks()).isEmpty();
        assertThat(downstream.choose("Due in 48 hours").tasks()).isEmpty();
        assertThat(downstream.choose("Unassigned").tasks())
                .extracting(Line::task)
                .contains(screening);
        downstream.choose("My groups").work("Screen credibility", caseNumber);
        assertThat(downstream.choose("My groups").tasks()).isEmpty();
        assertThat(downstream.choose("Unassigned").tasks()).isEmpty();
        assertThat(downstream.choose("My tasks").tasks()).extracting(Line::task).containsExactly(screening);

        travel(Period.ofDays(13));
        assertThat(people.tasklist("downstream").choose("Due in 48 hours").tasks())
                .extracting(Line::task)
                .containsExactly(screening);
        travel(Period.ofDays(2));
        assertThat(people.tasklist("downstream").choose("Overdue").tasks())
                .containsExactly(new Line(screening, "Monday, 16 February 2026 23:59"));
        people.tasklist("downstream").signOut();
    }

    @Test
    void whoHasATaskSetsAFollowUpDateAndIsToldWhyTheDueDateStays() {
        String caseNumber = file(BAG_SORTER);
        Page page = people.page("downstream");
        Tasklist downstream = new Tasklist(page, people.address());
        downstream.signIn("downstream", "downstream");
        downstream.choose("My groups").work("Screen credibility", caseNumber);

        page.locator(".task-card .followup-date a").click();
        page.waitForResponse(
                answer -> answer.request().method().equals("PUT"),
                () -> page.locator("button.btn-xs:has(.glyphicon-ok):visible").click());
        PlaywrightAssertions.assertThat(page.locator(".task-card .reset-follow-up-date"))
                .isVisible();
        PlaywrightAssertions.assertThat(page.locator(".page-notifications .alert"))
                .hasCount(0);
        assertThat(downstream.choose("My follow-ups").tasks())
                .containsExactly(new Line("Screen credibility · " + caseNumber, "Monday, 16 February 2026 23:59"));

        downstream.open("Screen credibility", caseNumber);
        PlaywrightAssertions.assertThat(page.locator(".task-card .reset-due-date"))
                .isHidden();
        page.locator(".task-card .reset-due-date").evaluate("cross => cross.click()");
        PlaywrightAssertions.assertThat(page.locator(".page-notifications .alert"))
                .containsText("The due date is when the clock of this task ends");
        page.screenshot(new Page.ScreenshotOptions().setPath(Browsers.PICTURES.resolve("12-follow-up.png")));
        assertThat(downstream.choose("My follow-ups").tasks())
                .containsExactly(new Line("Screen credibility · " + caseNumber, "Monday, 16 February 2026 23:59"));
    }

    @Test
    void anAllegationThatComesByPhoneIsRegisteredByHand() {
        FormOnScreen form = people.tasklist("downstream")
                .choose("All open")
                .startProcess("Remedy case")
                .readsWell();
        assertThat(form.shows("contact")).isTrue();
        form.fill(Map.of("contactMode", "NONE"));
        assertThat(form.shows("contact")).as("nobody may be contacted").isFalse();
        form.fill(Map.ofEntries(
                        Map.entry("channel", "PHONE"),
                        Map.entry("reporterType", "RELATIVE"),
                        Map.entry("anonymous", true),
                        Map.entry("language", "sw"),
                        Map.entry("whatHappened", "My nephew digs at night and does not come home."),
                        Map.entry("whereCountry", "CD"),
                        Map.entry("whenFirst", "2025-11"),
                        Map.entry("ongoing", "YES"),
                        Map.entry("exploitationTypes", List.of("WORST_FORM_CHILD_LABOUR", "FORCED_LABOUR")),
                        Map.entry("affectedEstimate", 1),
                        Map.entry("childrenInvolved", true),
                        Map.entry("fearOfRetaliation", "HIGH"),
                        Map.entry("consentToShareIdentity", "NONE")))
                .picture("10-register-allegation")
                .start();
        fireDueJobs();
        assertThat(people.tasklist("downstream").choose("My groups").tasks())
                .singleElement()
                .satisfies(line -> assertThat(line.task()).matches("Screen credibility · R-2026-\\d{4}"))
                .satisfies(line -> assertThat(line.due()).isEqualTo("Thursday, 5 February 2026 23:59"));
        assertThat(people.tasklist("protection").choose("My groups").tasks())
                .singleElement()
                .satisfies(line -> assertThat(line.due()).isEqualTo("Monday, 2 February 2026 10:00"));
    }

    @Test
    void theOverseerWatchesInCockpitAndASmelterDoesNotGetIn() {
        file(BAG_SORTER);
        Page overseer = atCockpit("overseer");
        PlaywrightAssertions.assertThat(overseer.locator("body")).containsText("Running Process Instances");
        overseer.screenshot(new Page.ScreenshotOptions().setPath(Browsers.PICTURES.resolve("11-cockpit.png")));
        Page smelter = atCockpit("smelter");
        PlaywrightAssertions.assertThat(smelter.locator("body")).not().containsText("Running Process Instances");
    }

    private Page atCockpit(String user) {
        Page page = people.page(user);
        page.navigate(people.address() + "/camunda/app/cockpit/default/#/login");
        page.locator("input[type=text]").fill(user);
        page.locator("input[type=password]").fill(user);
        page.waitForResponse(answer -> answer.url().contains("/auth/user/"), () -> page.locator("button[type=submit]")
                .click());
        return page;
    }

    /** Files a grievance as an outside system does. */
    private String file(String grievance) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(people.address() + "/api/grievances"))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString("partner:partner".getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(grievance))
                .build();
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            JsonNode filed = new ObjectMapper().readTree(answer.body());
            fireDueJobs();
            return filed.path("caseNumber").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String state(String caseNumber) {
        return cases.find(caseNumber).orElseThrow().state();
    }
}
