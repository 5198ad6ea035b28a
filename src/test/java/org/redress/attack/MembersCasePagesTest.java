package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;
import org.redress.governance.RosterTasks;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Cases of the Initiative at a glance: parties see their own exchanges, and nobody what is not theirs (membership.md E.6). A
 * bare engine has no such pages, and lets everybody read what they are made of ({@link OpenCasesTest}).
 */
@SuppressWarnings("NullAway.Init")
class MembersCasePagesTest extends ProcessTest {

    private static final String NGO = "org-member-ngo";
    private static final String COMPANY = "org-member";
    private static final String GOVERNMENT = "org-member-gov";
    private static final String SECRET = "Guards of the company beat three villagers";
    private static final List<String> STRANGERS =
            List.of("smelter", "downstream", "audit-programme", "protection", "dpo", "vsc", "admin");

    @Autowired
    private RosterTasks roster;

    @Autowired
    private JdbcClient jdbc;

    private String caseNumber = "";

    @BeforeEach
    void theInitiativeHasMembers() {
        roster.admit(GOVERNMENT, "Government of Valdara", "government", "FULL", null, "TEST");
        roster.admit(COMPANY, "Tarnwick Minerals", "corporate", "FULL", null, "TEST");
        roster.admit(NGO, "Lanternlight Rights Network", "ngo", "FULL", null, "TEST");
        for (String seated : List.of(GOVERNMENT, COMPANY)) {
            jdbc.sql("insert into term (office, organisation, pillar, from_day) values ('COMMITTEE_SEAT', ?, 'x', ?)")
                    .params(seated, LocalDate.parse("2026-01-01"))
                    .update();
        }
    }

    @AfterEach
    void anEmptyRegister() {
        for (String table : List.of("standing_year", "term", "member_status_change", "member", "governance_change")) {
            jdbc.sql("delete from " + table).update();
        }
    }

    @Test
    void whatWaitsAndWhatHappenedInAConcernIsForItsPartiesTheSecretariatAndThoseWhoScreenIt() {
        begin(
                "complaint-review",
                "member-ngo",
                Map.of(
                        "concernAbout",
                        "Tarnwick",
                        "concernCriterion",
                        "LACK_OF_EFFORT",
                        "dialogueTried",
                        "YES",
                        "concernNarrative",
                        SECRET,
                        "accessBarriers",
                        List.of("FEAR")));
        for (String early : List.of("member", "steering-committee", "steering-committee-corporate")) {
            assertThat(status(early))
                    .as(early + ", before it is known whom it is about")
                    .isEqualTo(404);
        }
        as("secretariat").complete("task_registerConcern", Map.of("subjectKind", "MEMBER", "subjectChosen", COMPANY));

        assertThat(page("secretariat"))
                .contains(
                        "<h1>Case " + caseNumber + " at a glance</h1>",
                        "Register the concern",
                        "member (",
                        "and not what they say")
                .doesNotContain("The six steps", "The people who are helped", SECRET, caseNumber + "</th>");
        assertThat(page("member-ngo"))
                .contains("You see what was, or is, for your organisation", "Submit")
                .doesNotContain("Register the concern", SECRET);
        assertThat(page("member")).as("the party that it is about").doesNotContain("Register the concern", "Submit");
        assertThat(status("steering-committee")).as("nothing is for it yet").isEqualTo(404);

        as("member-ngo").complete("task_submitConcern", Map.of("submissionDecision", "SUBMIT"));
        as("secretariat").complete("task_checkRecusals", Map.of());
        assertThat(page("steering-committee"))
                .contains("Screen the concern")
                .doesNotContain("Check recusals", "Register the concern", SECRET);
        assertThat(status("steering-committee-corporate"))
                .as("a party, and so not by its seat")
                .isEqualTo(404);
        assertThat(status("steering-committee-ngo")).as("no seat").isEqualTo(404);
        strangersFindNothing();
        assertThat(status("member-gov")).as("another member").isEqualTo(404);
        jdbc.sql("delete from term where organisation = ?").param(GOVERNMENT).update();
        assertThat(status("steering-committee")).as("the seat is over").isEqualTo(404);
    }

    @Test
    void aMemberSeesItsOwnCaseAndNoOtherMemberDoes() {
        begin("end-membership", "member", Map.of("saidHow", "HERE", "saidByEntitled", true, "leavingReason", "COST"));
        assertThat(page("secretariat")).contains("Secretariat");
        assertThat(page("member")).contains("Nothing waits for you in this case now.");
        for (String other : List.of("member-ngo", "member-gov", "steering-committee", "association")) {
            assertThat(status(other)).as(other).isEqualTo(404);
        }
        strangersFindNothing();
    }

    private void strangersFindNothing() {
        for (String stranger : STRANGERS) {
            HttpResponse<String> answer = open(stranger);
            assertThat(answer.statusCode()).as(stranger).isEqualTo(404);
            assertThat(answer.body()).contains("There is no such case, or it is not for you.");
        }
    }

    private void begin(String process, String user, Map<String, Object> form) {
        String id = startByForm(user, process, form).getId();
        fireDueJobs();
        caseNumber = String.valueOf(variable(id, "caseNumber").orElseThrow());
    }

    private String page(String user) {
        HttpResponse<String> answer = open(user);
        assertThat(answer.statusCode()).as(user + ": " + answer.body()).isEqualTo(200);
        return answer.body();
    }

    private int status(String user) {
        return open(user).statusCode();
    }

    private HttpResponse<String> open(String user) {
        Caller caller = Caller.nobody(port);
        assertThat(caller.signIn("tasklist", user, user).statusCode()).isEqualTo(200);
        return caller.get("/cases/" + caseNumber);
    }
}
