package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.redress.deadline.DeadlineMoves;
import org.redress.deadline.DeadlineMoves.Kind;
import org.redress.deadline.DeadlineMoves.Move;
import org.redress.remedy.BagSorter;
import org.redress.remedy.StoryTest;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The case at a glance and one's own finished work: who sees what of S01, and at what price. A bare engine has no such pages,
 * and lets everybody read what they are made of ({@link OpenCasesTest}).
 */
@SuppressWarnings("NullAway.Init")
class CasePagesTest extends StoryTest {

    @Autowired
    private DeadlineMoves moves;

    private static final String NOT_FOUND = "There is no such case, or it is not for you.";
    /** In the row of one task: whoever keeps the complainant informed may be late as well. */
    private static final String LATE = "Confirm the facts(?:(?!<tr>)[\\s\\S])*<strong class=\"late\">late</strong>";

    private static final String FEW = "Registered: fewer than five";

    @Autowired
    private JdbcClient jdbc;

    private Caller inTasklist(String user) {
        Caller caller = Caller.nobody(port);
        assertThat(caller.signIn("tasklist", user, user).statusCode()).isEqualTo(200);
        return caller;
    }

    private String page(String user) {
        HttpResponse<String> answer = inTasklist(user).get("/cases/" + caseNumber);
        assertThat(answer.statusCode()).as(user + ": " + answer.body()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void theProgrammeSeesWhereACaseStandsWhatWaitsAndWhatHappened() throws Exception {
        post(BagSorter.story());
        walkTo("task_confirmFacts");
        complete(
                "audit-programme",
                "task_tellHowItStands",
                Map.of("outlook", "AS_TOLD", "updateText", "The facts are known now."));
        assertThat(page("audit-programme"))
                .contains(
                        "<h1>Case " + caseNumber + " at a glance</h1>",
                        "Substantiated",
                        "<strong>Verify the allegation</strong>",
                        "done on ",
                        "goes on, since ",
                        "not begun",
                        "Confirm the facts",
                        "smelter (",
                        "2026-04-01",
                        "Screen credibility",
                        "downstream company: Halden Electronics (downstream)",
                        "Is it credible? credible",
                        "Letter: the report was received",
                        "to complainant",
                        "Nobody is registered.")
                .containsPattern("\\([A-Z]+\\d")
                .containsPattern("Received on 2026-02-02 \\d\\d:\\d\\d UTC\\.")
                .doesNotContain("<script", "style=", "<style", caseNumber + "</th>")
                .doesNotContainPattern(LATE);
        travelTo("2026-05-30T09:00:00Z");
        assertThat(page("audit-programme")).containsPattern(LATE);
    }

    @Test
    void aPartySeesWhatIsItsOwnAndNothingOfWhoTold() throws Exception {
        post(BagSorter.story());
        walkTo("task_screenActionability");
        for (String user : List.of("smelter", "vsc", "facilitator")) {
            assertThat(inTasklist(user).get("/cases/" + caseNumber).statusCode())
                    .as(user + " is no party yet")
                    .isEqualTo(404);
        }
        assertThat(page("downstream"))
                .contains("Screen credibility")
                .doesNotContain("Triage safety", "Is it credible?");
        walkTo("task_confirmFacts");
        assertThat(page("smelter"))
                .contains(
                        "Confirm the facts",
                        "Letter: the allegation was substantiated",
                        "You see what concerns your organisation")
                .doesNotContain("Screen credibility", "Triage safety", "credible", "complainant", "receipt");
        assertThat(page("downstream"))
                .contains("Screen credibility")
                .doesNotContain("Confirm the facts", "Triage safety");
    }

    /** What a reader sees of a page, the markup aside. */
    private static String read(String page) {
        return page.replaceAll("<[^>]+>", " ").replaceAll("\\s+", " ");
    }

    @Test
    void whatWasPickedIsToldWithTheTaskAndNothingThatWasWritten() throws Exception {
        post(BagSorter.story());
        walkTo("task_confirmFacts");
        assertThat(read(page("audit-programme")))
                .contains(
                        "Triage safety Is anybody’s life or body in danger right now? No Is anybody still being exploited? No",
                        "Screen credibility What is your own judgement? Credible",
                        "Screen actionability What is your own judgement? Linked to a partner: actionable",
                        "Open the review Does another programme handle the same incident? No",
                        "Decide on substantiation What do you decide? Substantiated",
                        "Confirm the decision Do you agree? Yes")
                .doesNotContain("Amalia", "Kolwezi", "boy", "depot", "NOT_KNOWN");
        assertThat(read(page("downstream")))
                .contains("Screen actionability What is your own judgement? Linked to a partner: actionable")
                .doesNotContain("judgement? Credible", "life or body", "What do you decide?");
        assertThat(read(page("smelter"))).doesNotContain("judgement", "What do you decide?", "life or body");
        assertThat(read(ofTheOverseer()))
                .as("whoever watches only reads no variables")
                .contains("Decide on substantiation")
                .doesNotContain("What do you decide?", "judgement?", "life or body");
    }

    @Test
    void whereAClockCountsInHoursTheTimeIsToldBesideTheDayAndThatItIsUtc() throws Exception {
        post(BagSorter.story());
        walkTo("task_safetyTriage");
        assertThat(read(page("audit-programme")))
                .contains("Triage safety protection officer 2026-02-03 09:00 UTC")
                .contains("2026-02-02 09:00 UTC How urgent");
        walkTo("task_confirmFacts");
        String page = read(page("audit-programme"));
        assertThat(page)
                .contains("2026-02-02 15:00 UTC Triage safety")
                .containsPattern("2026-\\d\\d-\\d\\d Screen credibility")
                .containsPattern("Confirm the facts smelter \\([^)]+\\) 2026-04-01 ");
        assertThat(page.substring(page.indexOf("What waits"), page.indexOf("What happened")))
                .doesNotContain("UTC");
        assertThat(read(page("downstream"))).as("no clock of theirs does").doesNotContain("UTC");
    }

    @Test
    void aCaseThatWasWithdrawnSaysSoAndToACompanyOnlyThatItWasClosed() throws Exception {
        unharmed();
        assertThat(cases.tell(caseNumber, "complaint-withdrawn", Map.of())).isEqualTo(1);
        fireDueJobs();
        complete(
                "protection",
                "task_hearWithdrawal",
                Map.of(
                        "withdrawnHow", "THEMSELVES",
                        "pressedFor", "NO",
                        "harmPlausible", "NO",
                        "contactWanted", "NO",
                        "hearingReason", "The wages were paid, with an excuse, before anybody asked."));
        assertThat(state()).as("remedy.md A.0 knows no other").isEqualTo("CLOSED_NOT_SUBSTANTIATED");
        for (String user : List.of("audit-programme", "protection", "legal", "dpo")) {
            assertThat(read(page(user)))
                    .as(user)
                    .contains(
                            "Closed: the complaint was withdrawn and not pursued",
                            "Verify the allegation – ended early on 2026-03-02",
                            "Hear the withdrawal Did somebody press for it? No May anybody be harmed all the same? No",
                            "Letter: the complaint was withdrawn",
                            "Letter: the complaint is closed")
                    .doesNotContain("ubstantiated", "with an excuse");
        }
        assertThat(read(page("downstream")))
                .contains("Closed early: no harm was found", "Letter: the complaint is closed")
                .doesNotContain("ubstantiated", "withdr", "bad faith", "press for it");
        whoeverComplainedObjectsAndIsHeard();
        assertThat(read(page("audit-programme")))
                .contains(
                        "Being screened",
                        "Decide on the objection What do you decide? It is right: the case is opened again")
                .doesNotContain("not pursued", "ended early");
    }

    @Test
    void aReportMadeInBadFaithIsCalledSoAndToACompanyOnlyThatItWasClosed() throws Exception {
        unharmed();
        begin("audit-programme", "examine-bad-faith", Map.of("badFaithGrounds", "The pay slips are of another mine."));
        complete(
                "audit-programme",
                "task_examineBadFaith",
                Map.of("knownFalse", "YES", "harmAllTheSame", "NO", "badFaithReason", "The slips were altered."));
        complete("audit-programme-2", "task_confirmBadFaith", Map.of("badFaithAgreed", "YES"));
        assertThat(read(page("audit-programme")))
                .contains(
                        "Closed: the report was made in bad faith",
                        "Examine bad faith Was it false, and known to be false? Yes Was harm found all the same? No",
                        "Confirm the finding Do you agree? Yes")
                .doesNotContain("ubstantiated", "altered");
        assertThat(read(page("downstream")))
                .contains("Closed early: no harm was found", "Letter: the complaint is closed")
                .doesNotContain("ubstantiated", "bad faith", "Letter: the case is closed, with reasons");
    }

    /** Somebody complained of whom nobody is in danger, and no child is. */
    private void unharmed() {
        Map<String, Object> grievance = new HashMap<>(BagSorter.story().grievance());
        grievance.put("childrenInvolved", false);
        receive("2026-03-02T09:30:00Z", grievance);
        fireDueJobs();
        complete(
                "protection",
                "task_safetyTriage",
                Map.of(
                        "immediateDanger", "NO",
                        "stillExploited", "NO",
                        "childInDanger", "NO",
                        "medicalEmergency", "NO",
                        "retaliationRisk", "LOW",
                        "actionTaken", "Spoke with the reporter."));
    }

    private void begin(String user, String process, Map<String, Object> form) {
        Map<String, Object> all = new HashMap<>(form);
        all.put("caseNumber", caseNumber);
        startByForm(user, process, all);
        fireDueJobs();
    }

    @Test
    void theInvestigationThatStoodStillIsToldWithTheTimeToWhoeverSeesTheWholeCase() throws Exception {
        post(BagSorter.story());
        walkTo("task_investigate");
        begin("legal", "note-proceedings", Map.of("proceedingsKind", "LABOUR", "proceedingsNote", "A labour court."));
        complete(
                "legal",
                "task_weighProceedings",
                Map.of(
                        "investigationWaits", "YES",
                        "interviewedElsewhere", "YES",
                        "courtRightsKept", true,
                        "proceedingsReason", "Nobody is questioned twice."));
        assertThat(read(page("audit-programme")))
                .contains(
                        "Investigation suspended for proceedings elsewhere",
                        "Investigate audit programme its clock stands still",
                        "Weigh the proceedings Has the investigation to wait? Yes",
                        "Are people interviewed there? Yes: here they are not interviewed again")
                .containsPattern(
                        "\\d\\d:\\d\\d UTC The investigation is suspended: a court or a state has taken the case up legal team")
                .doesNotContain("not suspended any more", "questioned twice");
        assertThat(read(page("downstream"))).doesNotContain("a court or a state", "Has the investigation to wait?");
        complete(
                "legal",
                "task_followProceedings",
                Map.of("proceedingsOver", "YES", "proceedingsStatus", "It was put off."));
        assertThat(read(page("audit-programme")))
                .contains("Under investigation", "Follow the proceedings May the investigation go on? Yes")
                .doesNotContain("its clock stands still")
                .containsPattern("\\d\\d:\\d\\d UTC The investigation is not suspended any more");
    }

    @Test
    void whatAnAdministratorSuspendedAndLetGoOnIsToldToWhoeverSeesSomethingOfIt() throws Exception {
        post(BagSorter.story());
        walkTo("task_screenCredibility");
        String step1 = runtimeService
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .processDefinitionKey("verify-allegation")
                .singleResult()
                .getId();
        runtimeService.suspendProcessInstanceById(step1);
        // Nobody can any more, and the system leaves no line: as it was done before
        jdbc.sql("insert into ACT_HI_OP_LOG (ID_, PROC_INST_ID_, ENTITY_TYPE_, OPERATION_TYPE_, TIMESTAMP_)"
                        + " values (?, ?, 'ProcessInstance', 'Suspend', ?)")
                .params(
                        "suspended-" + caseNumber,
                        step1,
                        Timestamp.from(ClockUtil.getCurrentTime().toInstant()))
                .update();
        for (String user : List.of("audit-programme", "downstream")) {
            assertThat(read(page(user)))
                    .as(user)
                    .contains("A part of the case is suspended")
                    .containsPattern("\\d\\d:\\d\\d UTC Suspended: [^ ]+")
                    .doesNotContain("Goes on after it was suspended");
        }
        actingAs("admin", () -> {
            runtimeService.activateProcessInstanceById(step1);
            return step1;
        });
        for (String user : List.of("audit-programme", "downstream")) {
            assertThat(read(page(user)))
                    .as(user)
                    .contains("Goes on after it was suspended: ", "administrator")
                    .doesNotContain("A part of the case is suspended");
        }
    }

    @Test
    void whoeverHelpsReadsWhatTheHelpWaitsForAndCompaniesDoNot() throws Exception {
        post(BagSorter.story());
        walkTo("task_caseManagementPlan");
        assertThat(read(page("vsc")))
                .contains("that waits for the remediation plan", "before they have agreed to their own plan")
                .doesNotContain("agreed to a plan, and their help waits");
        walkTo("task_raiseFunds");
        assertThat(read(page("vsc"))).contains("Of those whom you coordinate 1 agreed to a plan");
        for (String user : List.of("facilitator", "protection", "audit-programme")) {
            assertThat(read(page(user)))
                    .as(user)
                    .contains("that waits for the money and for its first day")
                    .doesNotContain("agreed to a plan", "agreed to their own plan");
        }
        for (String user : List.of("smelter", "downstream")) {
            assertThat(read(page(user))).as(user).doesNotContain("Help by the case plans", "agreed to a plan");
        }
        assertThat(read(ofTheOverseer())).doesNotContain("Help by the case plans", "agreed to a plan");
        walkThrough("task_startImplementation");
        fireDueJobs();
        assertThat(read(page("vsc")))
                .contains("help by the case plans waits for nothing but the people themselves")
                .doesNotContain("their help waits for the remedy");
    }

    @Test
    void fewPeopleAreNoNumberForTheCompaniesAndTheirCasesNobodysLine() throws Exception {
        post(BagSorter.story());
        walkToTheEnd();
        for (String user : List.of("smelter", "downstream", "overseer", "facilitator")) {
            String seen = user.equals("overseer") ? ofTheOverseer() : page(user);
            assertThat(seen).as(user).contains(FEW).doesNotContain("Follow up with the person", "Registered: 1");
        }
        assertThat(page("audit-programme"))
                .contains(
                        "Registered: 1.",
                        "Response level: ",
                        "Level 1 mandatory",
                        "Monitoring: ",
                        "Lessons are learned")
                .doesNotContain("Follow up with the person", "Assess the needs");
        assertThat(page("smelter")).contains("Response level: ");
        assertThat(read(page("smelter"))).contains("Answer to the level Do you accept Level 1? Yes");
        assertThat(read(page("vsc")))
                .as("nothing of what people decided")
                .doesNotContain("What did the person decide?", "back with those who harmed them");
        assertThat(page("vsc"))
                .as("of the people whom it coordinates it is told the number")
                .contains("Follow up with the person", "Registered: 1.")
                .doesNotContain("Triage safety", "Tasks that wait in these cases");
    }

    @Test
    void aPageSaysWhichRulesDecidedAndLeadsOn() throws Exception {
        post(BagSorter.story());
        walkToTheEnd();
        String page = page("audit-programme");
        assertThat(page)
                .contains(
                        "href=\"/files/" + caseNumber + "\"",
                        "href=\"/camunda/app/tasklist/default/\"",
                        "href=\"/my/finished\"",
                        "href=\"/my/letters\"",
                        "the rules on response levels",
                        "the rules on urgency",
                        "A time, always in UTC")
                .doesNotContain("()", "a table of rules", "remedy: ");
        assertThat(read(page))
                .containsPattern("Duty by the Guiding Principles: (must|may|owes)[a-z ]+ remedy")
                .doesNotContainPattern("\\([^()]*\\(");
        HttpResponse<String> files = inTasklist("audit-programme").get("/files/" + caseNumber);
        assertThat(files.body()).contains("href=\"/cases/" + caseNumber + "\"");
        assertThat(ofTheOverseer())
                .as("who has no files")
                .contains("/my/letters")
                .doesNotContain("/files/");
    }

    private String ofTheOverseer() {
        Caller overseer = Caller.nobody(port);
        assertThat(overseer.signIn("cockpit", "overseer", "overseer").statusCode())
                .isEqualTo(200);
        return overseer.get("/cases/" + caseNumber).body();
    }

    /** Whoever looks is seen to have looked, each time; whoever is shown nothing is not. */
    @Test
    void whoOpensACaseIsOnItsTrailEachTime() throws Exception {
        post(BagSorter.story());
        walkTo("task_confirmFacts");
        page("audit-programme");
        page("audit-programme");
        page("smelter");
        assertThat(inTasklist("smelter-b").get("/cases/" + caseNumber).statusCode())
                .isEqualTo(404);
        HttpResponse<String> trail = Caller.as("dpo", port).get("/api/audit?caseNumber=" + caseNumber);
        assertThat(trail.statusCode()).as(trail.body()).isEqualTo(200);
        List<Map<String, Object>> opened = JsonPath.parse(trail.body()).read("$.lines[?(@.kind=='PAGE')]");
        assertThat(opened)
                .extracting(line -> line.get("by") + " " + line.get("what") + " " + line.get("facts"))
                .containsExactlyInAnyOrder(
                        "audit-programme opened the case {}",
                        "audit-programme opened the case {}",
                        "smelter opened the case {}");
    }

    @Test
    void whatWasExtendedAndWhetherTheCaseIsUrgentIsSaidOnTop() throws Exception {
        post(BagSorter.story());
        walkTo("task_confirmFacts");
        assertThat(page("audit-programme")).doesNotContain("extended", "urgent.", "emergency mode");
        runtimeService.setVariables(
                caseId,
                Map.of(
                        "investigationExtended", true,
                        "extensions", 1,
                        "extendedUntil", "2027-12-31",
                        "urgency", "URGENT",
                        "mode", "EMERGENCY"));
        assertThat(page("smelter"))
                .contains(
                        "The investigation was extended.",
                        "The monitoring was extended until 2027-12-31.",
                        "The case is urgent.",
                        "The emergency mode is on.");
        jdbc.sql("insert into remote_finding (case_number, found_at) values (?, current_timestamp)")
                .param(caseNumber)
                .update();
        assertThat(page("smelter")).contains("Established from a distance; nobody has checked it on site yet.");
        jdbc.sql("update remote_finding set outcome = 'CONFIRMED' where case_number = ?")
                .param(caseNumber)
                .update();
        assertThat(page("audit-programme")).contains("Established from a distance, and confirmed on site since.");
        jdbc.sql("update remote_finding set outcome = 'SEEN' where case_number = ?")
                .param(caseNumber)
                .update();
        assertThat(page("audit-programme")).doesNotContain("from a distance");
    }

    @Test
    void whoHasNoBusinessThereFindsNoCase() throws Exception {
        post(BagSorter.story());
        walkTo("task_confirmFacts");
        for (String user : List.of("smelter-b", "provider", "admin", "secretariat", "member")) {
            Caller stranger = inTasklist(user);
            HttpResponse<String> answer = stranger.get("/cases/" + caseNumber);
            assertThat(answer.statusCode()).as(user).isEqualTo(404);
            assertThat(answer.body())
                    .contains(NOT_FOUND)
                    .isEqualTo(stranger.get("/cases/R-2026-9999").body());
        }
        Caller programme = inTasklist("audit-programme");
        for (String other : List.of("M-2026-0001", "R-2026-9999", "..", "%3Cscript%3E")) {
            assertThat(programme.get("/cases/" + other).statusCode()).as(other).isIn(400, 404);
        }
        for (String path : List.of("/cases/" + caseNumber, "/my/finished", "/my/letters")) {
            HttpResponse<String> answer = Caller.nobody(port).get(path);
            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location")).contains("/camunda/app/tasklist/default/?to=" + path);
            assertThat(Caller.as("audit-programme", port).get(path).statusCode())
                    .as("a password is no session")
                    .isEqualTo(303);
        }
    }

    /** What could lead out of the house is not carried on. */
    @Test
    void nobodyIsSentElsewhereAfterSigningIn() {
        for (String path : List.of(
                "//evil.example",
                "/cases//evil.example",
                "/cases/..//evil.example",
                "/cases/%2e%2e//evil.example",
                "/cases/%2F%2Fevil.example",
                "/cases/%5C%5Cevil.example",
                "/cases/%0d%0aLocation:x",
                "/cases/x;y",
                "/cases/x%3Fto=y",
                "/cases/.hidden",
                "/cases/x/",
                "/my/../cases/x",
                "/break-glass//evil.example",
                "/break-glass/x/",
                "/break-glass/",
                "/holds/..//evil.example",
                "/api/audit")) {
            HttpResponse<String> answer = Caller.nobody(port).get(path);
            assertThat(answer.headers().firstValue("Location").orElse("/camunda/app/tasklist/default/"))
                    .as(path)
                    .isEqualTo("/camunda/app/tasklist/default/");
        }
        for (String own : List.of("/break-glass/x", "/holds/x", "/files/x", "/files/x/y")) {
            assertThat(Caller.nobody(port).get(own).headers().firstValue("Location"))
                    .contains("/camunda/app/tasklist/default/?to=" + own);
        }
        assertThat(Caller.nobody(port)
                        .get("/cases/x?to=//evil.example")
                        .headers()
                        .firstValue("Location"))
                .contains("/camunda/app/tasklist/default/?to=/cases/x");
        assertThat(Caller.nobody(port).post("/files/x", "{}").headers().firstValue("Location"))
                .contains("/camunda/app/tasklist/default/");
    }

    @Test
    void everybodyReadsTheirOwnLettersAndNobodyElses() throws Exception {
        post(BagSorter.story());
        walkTo("task_confirmFacts");
        Caller smelter = inTasklist("smelter");
        assertThat(smelter.get("/my/finished").body()).contains("<a href=\"/my/letters\">Your letters</a>");
        assertThat(page("smelter")).contains("<a href=\"/my/letters\">Your letters</a>");
        HttpResponse<String> list = smelter.get("/my/letters");
        assertThat(list.statusCode()).isEqualTo(200);
        assertThat(list.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'");
        assertThat(list.body())
                .contains("Your letters", caseNumber, "(unread)")
                .doesNotContain("/api/letters", "<script");
        Matcher link = Pattern.compile("<a href=\"(/my/letters/\\d+)\">[^<]+</a></strong> \\(unread\\) – " + caseNumber)
                .matcher(list.body());
        assertThat(link.find()).isTrue();
        for (String stranger : List.of("smelter-b", "admin", "vsc")) {
            Caller other = inTasklist(stranger);
            assertThat(other.get(link.group(1)).statusCode()).as(stranger).isEqualTo(404);
            assertThat(other.get("/my/letters").body()).as(stranger).doesNotContain(link.group(1) + "\"");
        }
        assertThat(inTasklist("smelter-b").get("/my/letters/x").statusCode()).isEqualTo(404);
        assertThat(smelter.get("/my/letters").body()).contains(link.group(0));
        assertThat(smelter.get(link.group(1)).body()).contains("class=\"letter\"", "href=\"/my/letters\"");
        assertThat(smelter.get("/my/letters").body()).as("opened is read").doesNotContain(link.group(0));
    }

    @Test
    void everybodyFindsTheirOwnFinishedWorkAgainTheNewestFirst() throws Exception {
        post(BagSorter.story());
        walkTo("task_confirmFacts");
        String screened = inTasklist("downstream").get("/my/finished").body();
        assertThat(screened)
                .contains("My finished work", "Screen credibility", "/cases/" + caseNumber)
                .doesNotContain("Triage safety", "<script");
        List<String> ofThisCase = screened
                .lines()
                .dropWhile(line -> !line.contains("<tbody>"))
                .collect(Collectors.collectingAndThen(Collectors.joining(" "), rows -> List.of(rows.split("<tr>"))))
                .stream()
                .filter(row -> row.contains(caseNumber))
                .toList();
        assertThat(ofThisCase).hasSize(2);
        assertThat(ofThisCase.get(0)).contains("Screen actionability");
        Instant finished = historyService
                .createHistoricTaskInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .taskDefinitionKey("task_screenActionability")
                .singleResult()
                .getEndTime()
                .toInstant();
        assertThat(ofThisCase.get(0))
                .as("to the minute, in UTC")
                .contains(
                        finished.toString().substring(0, 10),
                        finished.toString().substring(11, 16) + " UTC");
        assertThat(ofThisCase.get(1)).contains("Screen credibility");
        assertThat(inTasklist("smelter-b").get("/my/finished").body()).doesNotContain(caseNumber);
        HttpResponse<String> far = inTasklist("downstream").get("/my/finished?page=4000");
        assertThat(far.statusCode()).isEqualTo(200);
        assertThat(far.body()).contains("Newer").doesNotContain("Older");
        assertThat(inTasklist("downstream").get("/my/finished?page=x").body()).contains(caseNumber);
    }

    @Test
    void aLongCaseCostsNoMoreStatementsThanAShortOne() throws Exception {
        post(BagSorter.story());
        walkTo("task_confirmFacts");
        Caller programme = inTasklist("audit-programme");
        programme.get("/cases/" + caseNumber);
        List<String> ofAShortOne = statements(() -> programme.get("/cases/" + caseNumber));
        long before = instances();
        walkToTheEnd();
        for (int more = 0; more < 30; more++) {
            runtimeService
                    .createProcessInstanceByKey("smelter-duty")
                    .businessKey(caseNumber)
                    .setVariable("caseNumber", caseNumber)
                    .setVariable("smelter", "org-luma")
                    .startBeforeActivity("task_smelterResponse")
                    .execute();
        }
        assertThat(instances()).isGreaterThan(before + 30);
        // Which models there are is looked up every few seconds, however long the case
        programme.get("/cases/" + caseNumber);
        assertThat(statements(() -> programme.get("/cases/" + caseNumber)))
                .hasSameSizeAs(ofAShortOne)
                .hasSizeLessThan(30);
        assertThat(statements(() -> programme.get("/my/finished"))).hasSizeLessThan(12);
    }

    private long instances() {
        return historyService
                .createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .count();
    }

    @Test
    void whatMovedAndWhatStandsStillIsSeenByWhomItConcerns() throws Exception {
        post(BagSorter.story());
        walkTo("task_screenCredibility");
        Instant due = task("downstream", "task_screenCredibility").getDueDate().toInstant();
        Instant now = ClockUtil.getCurrentTime().toInstant();
        move("D03", due.minusSeconds(86400), Kind.EXTENSION, "PARTNER_LATE", null, "downstream.org-downstream");
        move("D06", Instant.parse("2026-07-01T23:59:59Z"), Kind.EMERGENCY, "EMERGENCY", null, null);
        move("D03", due, Kind.PAUSE, "ACCESS", now.plusSeconds(86400), "downstream.org-downstream");
        String until = now.plusSeconds(86400).toString().substring(0, 10);
        assertThat(page("downstream"))
                .contains(
                        "More time for credible, actionable (D03): until "
                                + due.minusSeconds(86400).toString().substring(0, 10)
                                + ", because somebody else is late",
                        "The clock credible, actionable (D03) stands still until " + until,
                        "its clock stands still until " + until)
                .doesNotContain("while the emergency mode is on");
        assertThat(page("audit-programme"))
                .contains("More time for investigate (D06) while the emergency mode is on: until 2026-07-01");
        move("D03", due, Kind.PAUSE, "ACCESS", now, "downstream.org-downstream");
        assertThat(page("downstream"))
                .contains("The clock credible, actionable (D03) goes on")
                .doesNotContain("its clock stands still");
    }

    private void move(
            String clock,
            Instant to,
            Kind kind,
            String reason,
            @Nullable Instant pausedUntil,
            @Nullable String askedFor) {
        Instant start = Instant.parse("2026-02-02T09:00:00Z");
        moves.record(
                caseNumber + "/" + System.nanoTime(),
                new Move(
                        caseNumber,
                        clock,
                        null,
                        start,
                        start,
                        to,
                        kind,
                        reason,
                        pausedUntil,
                        "somebody",
                        askedFor,
                        "other"));
    }

    /**
     * What the answering threads ask of the database for a page: without sweeps, which fall into the same second, and without
     * the session and the access trail, which are written when the answer has left, so before or after we have stopped to count.
     */
    private static List<String> statements(Runnable work) {
        ListAppender<ILoggingEvent> log = new ListAppender<>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (Thread.currentThread().getName().contains("-exec-")) {
                    super.append(event);
                }
            }
        };
        log.start();
        List<Logger> loggers = java.util.stream.Stream.of(
                        "org.camunda.bpm.engine.impl.persistence", "org.springframework.jdbc.core.JdbcTemplate")
                .map(name -> (Logger) LoggerFactory.getLogger(name))
                .toList();
        loggers.forEach(logger -> {
            logger.setLevel(Level.DEBUG);
            logger.addAppender(log);
            logger.setAdditive(false);
        });
        try {
            work.run();
        } finally {
            loggers.forEach(logger -> {
                logger.setLevel(null);
                logger.detachAppender(log);
                logger.setAdditive(true);
            });
        }
        List<String> asked = log.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains("Preparing:") || line.startsWith("Executing prepared SQL statement"))
                .filter(line -> !line.contains("browser_session") && !line.contains("access_trail"))
                .toList();
        assertThat(asked).as("they are counted at all").isNotEmpty();
        return asked;
    }
}
