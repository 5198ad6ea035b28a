package org.redress.ballot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Period;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redress.PartnerCalls;
import org.redress.ProcessTest;
import org.redress.engine.InvalidInput;
import org.redress.governance.RosterTasks;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A ballot from its request to its count, on the whole product (membership-and-concern.md A.2, B no. 8, E.4, E.6). */
@SuppressWarnings("NullAway.Init")
class BallotTest extends ProcessTest {

    private static final String CASE = "M-2026-0007";

    /** Two governments, two companies, one NGO; each has a person of the same name as the organisation. */
    private static final List<Map<String, String>> FIVE = List.of(
            elector("norrland", "Kingdom of Norrland", "government"),
            elector("austral", "Republic of Austral", "government"),
            elector("ferro", "Ferro Mining", "corporate"),
            elector("cupra", "Cupra Metals", "corporate"),
            elector("vigil", "Vigil International", "ngo"));

    /** What a vote looks like in any table of the engine, if it got there. */
    private static final List<String> CHOICES = List.of("FAVOUR", "AGAINST", "ABSTAIN");

    @Autowired
    private Ballots ballots;

    @Autowired
    private RosterTasks roster;

    @Autowired
    private JdbcClient jdbc;

    private final List<String> accounts = new ArrayList<>();

    private static Map<String, String> elector(String id, String name, String pillar) {
        return Map.of("organisation", "org-" + id, "name", name, "pillar", pillar);
    }

    @BeforeEach
    void theElectorsHavePeople() {
        for (String id : List.of("norrland", "austral", "ferro", "cupra", "vigil", "luma")) {
            person(id, "org-" + id, "steering-committee", "member");
        }
        person("ferro-2", "org-ferro", "steering-committee", "member");
        jdbc.sql("insert into member (organisation, name, pillar, status, changed_at)"
                        + " values ('org-member-gov', 'Government of Valdara', 'government', 'FULL', now())")
                .update();
        jdbc.sql("insert into term (office, organisation, pillar, from_day)"
                        + " values ('CHAIR', 'org-member-gov', 'government', '2026-01-01')")
                .update();
    }

    @AfterEach
    void theyLeave() {
        jdbc.sql("delete from term").update();
        jdbc.sql("delete from member_status_change").update();
        jdbc.sql("delete from member").update();
        accounts.forEach(identityService::deleteUser);
        jdbc.sql("delete from member_status_change").update();
        jdbc.sql("delete from member").update();
        FIVE.forEach(elector -> jdbc.sql("delete from organisation_role where organisation = ?")
                .param(elector.get("organisation"))
                .update());
    }

    private void person(String id, String... groups) {
        User user = identityService.newUser(id);
        user.setPassword(id);
        identityService.saveUser(user);
        accounts.add(id);
        for (String group : groups) {
            if (identityService.createGroupQuery().groupId(group).count() == 0) {
                var fresh = identityService.newGroup(group);
                fresh.setName(group);
                fresh.setType("ORGANISATION");
                identityService.saveGroup(fresh);
            }
            identityService.createMembership(id, group);
        }
    }

    private String request(String body, List<?> interests) {
        return request(body, FIVE, interests, Map.of());
    }

    private String request(String body, List<?> electors, List<?> interests, Map<String, Object> more) {
        Map<String, Object> given = new HashMap<>(Map.of(
                "body",
                body,
                "question",
                "ADMIT_ENGAGED",
                "questionText",
                "Shall the applicant become an Engaged Member?",
                "rulesVersion",
                "2025-07",
                "electors",
                electors,
                "interests",
                interests));
        given.putAll(more);
        return start("ballot", CASE, given).getId();
    }

    /** A vote of the committee that is open, since no consensus was found. */
    private String voteCalled(List<?> interests, String... present) {
        String ballot = request("STEERING_COMMITTEE", interests);
        as("secretariat").complete("task_declareInterests", Map.of());
        as("secretariat")
                .complete("task_seekConsensus", Map.of("electorsPresent", List.of(present), "allAgreed", "NO"));
        return ballot;
    }

    private void vote(String person, String choice) {
        as(person).complete("task_castVote", Map.of("voteChoice", choice));
    }

    private String ballotId(String instance) {
        return (String) variable(instance, "ballotId").orElseThrow();
    }

    @Test
    void allWhoWereThereAgreeAndNobodyVotes() {
        String ballot = request("STEERING_COMMITTEE", List.of());
        as("secretariat").complete("task_declareInterests", Map.of());
        as("secretariat")
                .complete(
                        "task_seekConsensus",
                        Map.of(
                                "electorsPresent",
                                List.of("org-norrland", "org-ferro", "org-vigil"),
                                "allAgreed",
                                "YES"));

        assertThat(endOf(ballot)).isEqualTo("end_consensusFound");
        assertThat(variable(ballot, "consensus")).contains(true);
        assertThat(variable(ballot, "quorate")).contains(true);
        assertThat(variable(ballot, "favourTotal")).as("nobody voted").isEmpty();
        BallotRecord record = ballots.record(ballotId(ballot));
        assertThat(record.notedBy()).isEqualTo("secretariat");
        assertThat(record.isVoteCalled()).isFalse();
        assertThat(record.caseNumber()).isEqualTo(CASE);
        assertThat(record.thresholds())
                .isEqualTo(new Thresholds(66, 51, 50, "2025-07", "KNOWLEDGE", "INFERRED", false));
        assertThat(record.electors().stream().filter(Elector::present)).hasSize(3);
    }

    @Test
    void withoutConsensusEachElectorVotesAndTheCountSaysForEachPillar() {
        String ballot = voteCalled(List.of());
        vote("norrland", "FAVOUR");
        vote("austral", "ABSTAIN");
        vote("ferro", "FAVOUR");
        vote("cupra", "AGAINST");
        assertThat(isEnded(ballot)).as("one has not voted yet").isFalse();
        vote("vigil", "FAVOUR");

        assertThat(endOf(ballot)).as("when the last has voted").isEqualTo("end_votesCounted");
        assertThat(variable(ballot, "consensus")).contains(false);
        assertThat(variable(ballot, "quorate")).contains(true);
        assertThat(variable(ballot, "favourTotal")).contains(75.0);
        assertThat(variable(ballot, "favourGov")).contains(100.0);
        assertThat(variable(ballot, "favourCorp")).contains(50.0);
        assertThat(variable(ballot, "favourNgo")).contains(100.0);
        assertThat(String.valueOf(variable(ballot, "ballotCounts").orElseThrow()))
                .contains("\"total\":{\"entitled\":5,\"favour\":3,\"against\":1,\"abstain\":1}");
        assertThat(variable(ballot, "overallPercent")).contains(66.0);
        assertThat(variable(ballot, "thresholdsBasis")).contains("KNOWLEDGE");
        assertThat(variable(ballot, "thresholdsVerified")).contains(false);
        BallotRecord record = ballots.record(ballotId(ballot));
        assertThat(record.votes())
                .extracting(Vote::organisation, Vote::choice, Vote::voter)
                .contains(tuple("org-cupra", Choice.AGAINST, "cupra"), tuple("org-austral", Choice.ABSTAIN, "austral"));
        assertThat(Tally.of(record).total())
                .as("counted again")
                .isEqualTo(ballots.tally(record.id()).total());
    }

    @Test
    void aBallotThatIsCalledOffIsOnRecordAsAbandonedAndShowsNoVote() {
        jdbc.sql("update ballot set case_number = 'M-2025-0001' where case_number = ?")
                .param(CASE)
                .update();
        String ballot = voteCalled(List.of());
        vote("norrland", "FAVOUR");
        runtimeService.deleteProcessInstance(ballot, "The applicant has gone");
        DocumentContext shown = JsonPath.parse(new PartnerCalls(port)
                .get("secretariat", "/api/ballots?caseNumber=" + CASE)
                .body());
        assertThat(shown.<Boolean>read("$[0].abandoned")).isTrue();
        assertThat(shown.<Object>read("$[0].tally")).isNull();
        assertThat(shown.<List<Object>>read("$[0].electors[*].vote")).containsOnlyNulls();
        assertThat(votes(ballot)).as("kept, and secret for good").isEqualTo(1);
    }

    /** B, Inactive status: no part in decisions until it is cured. */
    @Test
    void whoBecomesInactiveOrLeavesDuringAVoteVotesNoMoreAndDoesNotCount() {
        members("org-norrland", "org-austral", "org-cupra", "org-vigil");
        String ballot = voteCalled(List.of(), "org-norrland", "org-vigil");
        Task open = as("vigil").task("task_castVote");
        vote("norrland", "FAVOUR");
        vote("ferro", "AGAINST");

        roster.changeStatus("org-vigil", "INACTIVE", CASE, "REPORT_MISSING");
        roster.changeStatus("org-cupra", "WITHDRAWN", CASE, "WITHDRAWN_BY_MEMBER");
        roster.changeStatus("org-norrland", "INACTIVE", CASE, "REPORT_MISSING");
        roster.reinstate("org-vigil", CASE, "CURED");
        assertThat(as("vigil").sees("task_castVote")).isFalse();
        assertThat(as("cupra").sees("task_castVote")).isFalse();
        assertThat(as("austral").sees("task_castVote")).isTrue();
        refused(
                () -> cast(ballot, "org-vigil", "vigil"),
                "Vigil International stays out of this ballot, since it is no active member any more");
        assertThatThrownBy(() -> submit("vigil", open, "FAVOUR")).isNotNull();
        assertThat(votes(ballot)).isEqualTo(2);

        vote("austral", "FAVOUR");
        assertThat(endOf(ballot)).as("nobody else is waited for").isEqualTo("end_votesCounted");
        assertThat(variable(ballot, "favourTotal")).contains(66.66);
        assertThat(variable(ballot, "favourNgo"))
                .as("nobody of the pillar may vote")
                .isEmpty();
        assertThat(String.valueOf(variable(ballot, "recusals").orElseThrow()))
                .contains("NOT_ACTIVE", "org-vigil", "org-cupra");
        BallotRecord record = ballots.record(ballotId(ballot));
        assertThat(record.recused())
                .extracting(
                        Elector::organisation,
                        elector -> elector.recusal().orElseThrow().reason(),
                        elector -> elector.recusal().orElseThrow().by())
                .containsExactly(
                        tuple("org-cupra", RecusalReason.NOT_ACTIVE, Recusal.REGISTER),
                        tuple("org-vigil", RecusalReason.NOT_ACTIVE, Recusal.REGISTER));
        assertThat(Tally.of(record).total())
                .as("a vote cast while it took part counts, and anybody counts the same")
                .isEqualTo(new Tally.Count(3, 2, 1, 0));
    }

    @Test
    void whoBecomesInactiveBeforeTheMeetingIsNotPresentAndMakesNoQuorum() {
        members("org-vigil", "org-cupra");
        String ballot = request("STEERING_COMMITTEE", List.of());
        as("secretariat").complete("task_declareInterests", Map.of());
        assertThat(shown("secretariat", "task_seekConsensus", "quorumNeeded")).isEqualTo(3);
        roster.changeStatus("org-vigil", "INACTIVE", CASE, "REPORT_MISSING");
        assertThat(shown("secretariat", "task_seekConsensus", "quorumNeeded")).isEqualTo(2);
        assertThat(String.valueOf(shown("secretariat", "task_seekConsensus", "electorChoices")))
                .contains("org-cupra")
                .doesNotContain("org-vigil");
        as("secretariat")
                .complete(
                        "task_seekConsensus",
                        Map.of("electorsPresent", List.of("org-cupra", "org-ferro"), "allAgreed", "YES"));
        assertThat(endOf(ballot)).isEqualTo("end_consensusFound");
        BallotRecord closed = ballots.record(ballotId(ballot));
        roster.changeStatus("org-cupra", "EXPELLED", CASE, "PLENARY_DECISION");
        assertThat(ballots.record(ballotId(ballot))).as("what is closed stays").isEqualTo(closed);
    }

    @Test
    void whenTheLastWhoIsWaitedForBecomesInactiveTheBallotIsCounted() {
        members("org-vigil");
        String ballot = voteCalled(List.of());
        for (String person : List.of("norrland", "austral", "ferro", "cupra")) {
            vote(person, "FAVOUR");
        }
        roster.changeStatus("org-vigil", "INACTIVE", CASE, "DUES_OVERDUE");
        fireDueJobs();
        assertThat(endOf(ballot)).isEqualTo("end_votesCounted");
        assertThat(ballots.tally(ballotId(ballot)).total()).isEqualTo(new Tally.Count(4, 4, 0, 0));
    }

    @Test
    void whoBecomesInactiveAfterTheVoteWasOverCountsAsItStoodThen() {
        members("org-vigil");
        String ballot = voteCalled(List.of());
        travel(Period.ofDays(15));
        roster.changeStatus("org-vigil", "INACTIVE", CASE, "DUES_OVERDUE");
        fireDueJobs();
        assertThat(endOf(ballot)).isEqualTo("end_noQuorum");
        assertThat(ballots.tally(ballotId(ballot)).total().entitled()).isEqualTo(5);
    }

    private void members(String... organisations) {
        for (String organisation : organisations) {
            roster.admit(organisation, "Name of " + organisation, "ngo", "FULL", CASE, "RATIFIED");
        }
    }

    /** E.6: the rules, who stayed out, how it was voted and what that came to, for whoever keeps or watches the record. */
    @Test
    void theRecordOfAClosedBallotIsShownAndThatOfAnOpenOneIsNot() {
        String path = "/api/ballots?caseNumber=" + CASE;
        PartnerCalls calls = new PartnerCalls(port);
        jdbc.sql("update ballot set case_number = 'M-2025-0001' where case_number = ?")
                .param(CASE)
                .update();
        String ballot = voteCalled(List.of(Map.of("organisation", "org-cupra", "reason", "SPONSOR")), "org-ferro");
        vote("norrland", "FAVOUR");
        assertThat(calls.get("secretariat", path).body())
                .as("secret until it is closed")
                .isEqualTo("[]");
        vote("austral", "ABSTAIN");
        vote("ferro", "AGAINST");
        vote("vigil", "FAVOUR");
        assertThat(isEnded(ballot)).isTrue();
        for (String reader : List.of("secretariat", "overseer", "admin")) {
            DocumentContext shown = JsonPath.parse(calls.get(reader, path).body());
            assertThat(shown.<List<String>>read("$[0].electors[?(@.staysOut == 'SPONSOR')].organisation"))
                    .containsExactly("org-cupra");
            assertThat(shown.<List<String>>read("$[0].electors[?(@.vote == 'AGAINST')].organisation"))
                    .containsExactly("org-ferro");
            assertThat(shown.<Integer>read("$[0].tally.total.favour")).isEqualTo(2);
            assertThat(shown.<Double>read("$[0].tally.total.favourPercent")).isEqualTo(66.66);
            assertThat(shown.<Double>read("$[0].tally.pillars.corporate.favourPercent"))
                    .isZero();
            assertThat(shown.<String>read("$[0].thresholds.basis")).isEqualTo("KNOWLEDGE");
            assertThat(shown.<Boolean>read("$[0].abandoned")).isFalse();
            assertThat(shown.jsonString()).doesNotContain("voter");
        }
        for (String stranger : List.of("steering-committee", "member", "partner", "smelter", "audit-programme")) {
            assertThat(calls.get(stranger, path).statusCode()).as(stranger).isEqualTo(403);
        }
    }

    @Test
    void inThePlenaryTheChairSeeksConsensusAndMembersVote() {
        String ballot = request("PLENARY", List.of());
        as("secretariat").complete("task_declareInterests", Map.of());
        assertThat(as("secretariat").sees("task_seekConsensus")).isFalse();
        as("government-chair").complete("task_seekConsensus", Map.of("allAgreed", "NO"));
        person("only-committee", "org-vigil", "steering-committee");
        assertThat(as("only-committee").sees("task_castVote")).isFalse();
        for (String person : List.of("norrland", "austral", "ferro", "cupra", "vigil")) {
            vote(person, "FAVOUR");
        }
        assertThat(endOf(ballot)).isEqualTo("end_votesCounted");
        assertThat(variable(ballot, "favourTotal")).contains(100.0);
    }

    @Test
    void onlyTheGovernmentThatHoldsTheChairSeeksConsensusInThePlenaryAndWhileNobodyDoesTheSecretariat() {
        person("chair-of-before", "org-austral", "government-chair");
        String ballot = request("PLENARY", List.of());
        as("secretariat").complete("task_declareInterests", Map.of());
        Task meeting = as("government-chair").task("task_seekConsensus");
        assertThat(as("chair-of-before").sees("task_seekConsensus")).isFalse();
        assertThatThrownBy(() -> as("chair-of-before").complete(meeting, Map.of("allAgreed", "YES")))
                .hasMessageContaining("This task is not yours");

        roster.changeStatus("org-member-gov", "INACTIVE", null, "TEST");
        assertThat(as("government-chair").sees("task_seekConsensus")).isFalse();
        as("secretariat").complete("task_seekConsensus", Map.of("allAgreed", "NO"));
        vote("norrland", "FAVOUR");
        assertThat(isEnded(ballot)).isFalse();
    }

    /** A government may hold the chair without a vote: it stays out of its own matter all the same. */
    @Test
    void nobodyPresidesOverAMatterOfItsOwnWithOrWithoutAVote() {
        request("PLENARY", List.of(Map.of("organisation", "org-member-gov", "reason", "PARTY_TO_CONCERN")));
        as("secretariat").complete("task_declareInterests", Map.of());
        assertThat(as("government-chair").sees("task_seekConsensus")).isFalse();
        assertThat(as("secretariat").sees("task_seekConsensus")).isTrue();
    }

    @Test
    void theVoteEndsOnItsLastDayAndWhoWasSilentDidNotVote() {
        String ballot = voteCalled(List.of());
        assertThat(day(as("vigil").task("task_castVote").getDueDate())).isEqualTo("2026-02-16");
        vote("norrland", "FAVOUR");
        vote("ferro", "FAVOUR");
        vote("vigil", "AGAINST");
        travelTo("2026-02-16T23:59:58Z");
        fireDueJobs();
        assertThat(isEnded(ballot)).isFalse();
        travelTo("2026-02-17T00:00:00Z");
        fireDueJobs();

        assertThat(endOf(ballot)).isEqualTo("end_votesCounted");
        assertThat(variable(ballot, "favourTotal")).contains(66.66);
        assertThat(variable(ballot, "quorate")).as("three of five").contains(true);
        assertThat(as("cupra").sees("task_castVote")).isFalse();
    }

    @Test
    void aVoteThatComesLateIsRefusedByTheTaskAndByTheBallot() {
        String ballot = voteCalled(List.of());
        Task late = as("cupra").task("task_castVote");
        travelTo("2026-02-17T00:00:00Z");
        refused(() -> submit("cupra", late, "FAVOUR"), "The vote closed at 2026-02-16T23:59:59Z");
        assertThat(as("cupra").sees("task_castVote"))
                .as("the timer has not gone off yet, and the task stays as it was")
                .isTrue();
        fireDueJobs();
        assertThat(isEnded(ballot)).isTrue();
        refused(() -> submit("cupra", late, "FAVOUR"), "no longer open: its time was over");
        refused(() -> cast(ballot, "org-cupra", "cupra"), "The ballot was closed at");
        assertThat(ballots.record(ballotId(ballot)).votes()).isEmpty();
    }

    @Test
    void twoPeopleOfOneOrganisationHaveOneVote() {
        String ballot = voteCalled(List.of());
        Task both = as("ferro").task("task_castVote");
        assertThat(as("ferro-2").task("task_castVote").getId()).isEqualTo(both.getId());
        vote("ferro", "FAVOUR");

        refused(() -> submit("ferro-2", both, "AGAINST"), "completed already, by you or by a colleague");
        refused(() -> submit("ferro", both, "FAVOUR"), "completed already, by you or by a colleague");
        refused(() -> cast(ballot, "org-ferro", "ferro-2"), "Ferro Mining has voted already");
        refused(() -> cast(ballot, "org-ferro", "ferro"), "Ferro Mining has voted already");
        for (String person : List.of("norrland", "austral", "cupra", "vigil")) {
            vote(person, "ABSTAIN");
        }
        assertThat(ballots.record(ballotId(ballot)).votes())
                .filteredOn(vote -> vote.organisation().equals("org-ferro"))
                .singleElement()
                .returns(Choice.FAVOUR, Vote::choice)
                .returns("ferro", Vote::voter);
    }

    @Test
    void strangersNeitherSeeNorCastTheVoteOfAnother() {
        String ballot = voteCalled(List.of());
        Task ofFerro = as("ferro").task("task_castVote");
        assertThat(as("luma").sees("task_castVote")).as("no elector").isFalse();
        assertThat(as("steering-committee").sees("task_castVote"))
                .as("no elector")
                .isFalse();
        assertThat(as("secretariat").sees("task_castVote")).isFalse();
        for (String stranger : List.of("luma", "cupra", "secretariat", "government-chair")) {
            assertThatThrownBy(() -> submit(stranger, ofFerro, "AGAINST"))
                    .as(stranger)
                    .hasMessageContaining("This task is not yours");
        }
        refused(() -> submit("admin", ofFerro, "AGAINST"), "Only a signed-in person of Ferro Mining");
        refused(() -> submit(null, ofFerro, "AGAINST"), "Only a signed-in person of Ferro Mining");
        refused(() -> cast(ballot, "org-ferro", "cupra"), "Only a signed-in person of Ferro Mining");
        refused(() -> cast(ballot, "org-luma", "luma"), "org-luma is no elector of this ballot");
        person("ferro-guest", "org-ferro", "provider");
        refused(() -> cast(ballot, "org-ferro", "ferro-guest"), "with the role steering-committee");
        assertThat(votes(ballot)).isZero();
    }

    @Test
    void whoHasAnInterestStaysOutByRuleAndTheRecordSaysWhy() {
        String ballot = request(
                "STEERING_COMMITTEE",
                List.of(
                        Map.of("organisation", "org-cupra", "reason", "SAME_ORGANISATION"),
                        Map.of("organisation", "org-cupra", "reason", "APPLICANT"),
                        Map.of("organisation", "org-luma", "reason", "SPONSOR")));
        assertThat(String.valueOf(shown("secretariat", "task_declareInterests", "recusals")))
                .contains("Cupra Metals", "is the applicant", "\"by\":\"rule\"")
                .doesNotContain("luma");
        assertThat(String.valueOf(shown("secretariat", "task_declareInterests", "electorChoices")))
                .doesNotContain("org-cupra");
        as("secretariat").complete("task_declareInterests", Map.of("interestsDeclared", List.of("org-vigil")));
        assertThat(shown("secretariat", "task_seekConsensus", "electorsEntitled"))
                .isEqualTo(3);
        assertThat(shown("secretariat", "task_seekConsensus", "quorumNeeded")).isEqualTo(2);
        assertThatThrownBy(() -> as("secretariat")
                        .complete(
                                "task_seekConsensus",
                                Map.of("electorsPresent", List.of("org-cupra"), "allAgreed", "NO")))
                .as("who stays out is not there")
                .hasMessageContaining("must be one of the choices");
        as("secretariat").complete("task_seekConsensus", Map.of("allAgreed", "NO"));

        assertThat(as("cupra").sees("task_castVote")).isFalse();
        assertThat(as("vigil").sees("task_castVote")).isFalse();
        refused(
                () -> cast(ballot, "org-cupra", "cupra"),
                "Cupra Metals stays out of this ballot, since it is the applicant");
        refused(() -> cast(ballot, "org-vigil", "vigil"), "since it has declared an interest");
        vote("norrland", "FAVOUR");
        vote("austral", "FAVOUR");
        vote("ferro", "AGAINST");

        assertThat(endOf(ballot)).isEqualTo("end_votesCounted");
        assertThat(variable(ballot, "favourTotal")).contains(66.66);
        assertThat(variable(ballot, "favourNgo"))
                .as("nobody of the pillar is left")
                .isEmpty();
        assertThat(ballots.record(ballotId(ballot)).recused())
                .extracting(
                        Elector::organisation,
                        elector -> elector.recusal().orElseThrow().reason(),
                        elector -> elector.recusal().orElseThrow().by())
                .containsExactly(
                        tuple("org-cupra", RecusalReason.APPLICANT, "rule"),
                        tuple("org-vigil", RecusalReason.DECLARED_INTEREST, "secretariat"));
        assertThat(String.valueOf(variable(ballot, "recusals").orElseThrow()))
                .contains("APPLICANT", "DECLARED_INTEREST");
    }

    @Test
    void aPersonOfTwoOrganisationsDoesNotVoteWhenOneOfThemHasAnInterest() {
        person("both-hats", "org-ferro", "org-luma", "steering-committee");
        voteCalled(List.of(Map.of("organisation", "org-luma", "reason", "APPLICANT")));
        Task ofFerro = as("both-hats").task("task_castVote");
        refused(
                () -> submit("both-hats", ofFerro, "FAVOUR"),
                "You are also of org-luma, which is the applicant: let somebody else of Ferro Mining vote");
        vote("ferro", "FAVOUR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"partiesDeclared", "sponsorsDeclared", "sameOrganisationDeclared", "interestsDeclared"})
    void theGravestReasonOfSeveralCounts(String question) {
        String ballot = request("STEERING_COMMITTEE", List.of());
        Map<String, List<String>> declared = new HashMap<>();
        declared.put("interestsDeclared", List.of("org-ferro", "org-vigil"));
        declared.put(question, List.of("org-ferro"));
        as("secretariat").complete("task_declareInterests", declared);
        as("secretariat")
                .complete(
                        "task_seekConsensus",
                        Map.of("electorsPresent", List.of("org-norrland", "org-austral"), "allAgreed", "YES"));
        Map<String, RecusalReason> reasons = Map.of(
                "partiesDeclared", RecusalReason.PARTY_TO_CONCERN,
                "sponsorsDeclared", RecusalReason.SPONSOR,
                "sameOrganisationDeclared", RecusalReason.SAME_ORGANISATION,
                "interestsDeclared", RecusalReason.DECLARED_INTEREST);
        assertThat(ballots.record(ballotId(ballot)).recused())
                .filteredOn(elector -> elector.organisation().equals("org-ferro"))
                .singleElement()
                .satisfies(elector ->
                        assertThat(elector.recusal().orElseThrow().reason()).isEqualTo(reasons.get(question)));
    }

    @Test
    void withTooFewPresentThereIsNoConsensusAndWithTooFewVotesNoResult() {
        String ballot = request("STEERING_COMMITTEE", List.of());
        as("secretariat").complete("task_declareInterests", Map.of());
        as("secretariat")
                .complete(
                        "task_seekConsensus",
                        Map.of("electorsPresent", List.of("org-norrland", "org-ferro"), "allAgreed", "YES"));
        assertThat(as("vigil").sees("task_castVote"))
                .as("two of five agree, which is not enough")
                .isTrue();
        travel(Period.ofDays(15));
        fireDueJobs();

        assertThat(endOf(ballot)).isEqualTo("end_noQuorum");
        assertThat(variable(ballot, "quorate")).contains(false);
        assertThat(variable(ballot, "favourTotal")).contains(0.0);
    }

    @Test
    void whoWasThereCountsForTheQuorumOfTheVote() {
        String ballot = voteCalled(List.of(), "org-norrland", "org-ferro");
        vote("vigil", "FAVOUR");
        travel(Period.ofDays(15));
        fireDueJobs();
        assertThat(endOf(ballot)).isEqualTo("end_votesCounted");
        assertThat(variable(ballot, "favourTotal")).contains(100.0);
    }

    @Test
    void whenEverybodyStaysOutNobodyIsAskedAndThereIsNoQuorum() {
        String ballot = request(
                "STEERING_COMMITTEE",
                FIVE.stream()
                        .map(elector ->
                                Map.of("organisation", elector.get("organisation"), "reason", "PARTY_TO_CONCERN"))
                        .toList());
        as("secretariat").complete("task_declareInterests", Map.of());
        assertThat(endOf(ballot)).isEqualTo("end_noQuorum");
        assertThat(variable(ballot, "consensus")).contains(false);
        assertThat(ballots.record(ballotId(ballot)).recused()).hasSize(5);
    }

    @Test
    void noVoteIsInAnyTableOfTheEngineBeforeAndAfterTheCount() {
        String ballot = voteCalled(List.of());
        assertThat(columnsThatSay("ADMIT_ENGAGED")).contains("act_ru_variable.text_");
        noChoiceInTheEngine();
        vote("norrland", "FAVOUR");
        noChoiceInTheEngine();
        vote("austral", "AGAINST");
        noChoiceInTheEngine();
        actingAs("ferro", () -> {
            Task task = taskService
                    .createTaskQuery()
                    .taskDefinitionKey("task_castVote")
                    .singleResult();
            taskService.complete(task.getId(), Map.of("voteChoice", "ABSTAIN"));
            return task;
        });
        noChoiceInTheEngine();
        fireDueJobs();
        noChoiceInTheEngine();
        assertThat(votes(ballot)).isEqualTo(3);
        assertThatThrownBy(() -> ballots.tally(ballotId(ballot)))
                .as("nobody counts while the vote is open")
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("secret until it is closed");
        assertThatThrownBy(() -> ballots.record(ballotId(ballot))).hasMessageContaining("secret until it is closed");
        vote("cupra", "AGAINST");
        vote("vigil", "FAVOUR");
        noChoiceInTheEngine();
        assertThat(ballots.tally(ballotId(ballot)).total()).isEqualTo(new Tally.Count(5, 2, 2, 1));
    }

    /** Looks for a vote, and for the name of its field; the question is looked for too, to see that the search finds. */
    private void noChoiceInTheEngine() {
        assertThat(columnsThatSay("ADMIT_ENGAGED")).contains("act_hi_varinst.text_", "act_hi_detail.text_");
        assertThat(columnsThatSay("voteChoice")).isEmpty();
        List<String> jsonValues = jdbc.sql(
                        """
                        select encode(bytes_, 'escape') from act_ge_bytearray
                        where deployment_id_ is null and bytes_ is not null
                        """)
                .query(String.class)
                .list();
        assertThat(jsonValues).anyMatch(text -> text.contains("Kingdom of Norrland"));
        for (String choice : CHOICES) {
            assertThat(columnsThatSay(choice)).as(choice).isEmpty();
            assertThat(jsonValues).noneMatch(text -> text.contains(choice));
        }
    }

    /** The text columns of the engine's tables, runtime, history and operation log, in which this is a value. */
    private List<String> columnsThatSay(String word) {
        return jdbc
                .sql(
                        """
                        select table_name || '.' || column_name from information_schema.columns
                        where table_name like 'act@_%' escape '@' and data_type in ('character varying', 'text')
                        """)
                .query(String.class)
                .list()
                .stream()
                .filter(column -> jdbc.sql("select count(*) from %s where %s = ?"
                                        .formatted(column.substring(0, column.indexOf('.')), column))
                                .param(word)
                                .query(Integer.class)
                                .single()
                        > 0)
                .toList();
    }

    @Test
    void theFormSaysWhatIsAskedUntilWhenAndThatTheFiguresAreUnverified() {
        voteCalled(List.of(Map.of("organisation", "org-cupra", "reason", "APPLICANT")));
        var form = as("vigil").formVariables(as("vigil").task("task_castVote"));
        assertThat(form)
                .containsEntry("caseNumber", CASE)
                .containsEntry("questionInWords", "Shall the applicant become an Engaged Member?")
                .containsEntry("electorName", "Vigil International")
                .containsEntry("voteClosesOn", "2026-02-16")
                .containsEntry("overallPercent", 66.0)
                .containsEntry("thresholdsVerified", false)
                .containsEntry("thresholdsBasis", "KNOWLEDGE")
                .doesNotContainKeys("electors", "interests", "voters", "voteChoice");
        assertThat(as("norrland").formVariables(as("norrland").task("task_castVote")))
                .as("each its own name")
                .containsEntry("electorName", "Kingdom of Norrland");
        assertThat(as("vigil").task("task_castVote").getName()).isEqualTo("Cast a vote · " + CASE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MAYBE", "favour"})
    void aChoiceThatIsNoneIsToldAndTheTaskStays(String choice) {
        voteCalled(List.of());
        Task task = as("vigil").task("task_castVote");
        refused(() -> submit("vigil", task, choice), "How do you vote?");
        assertThat(as("vigil").sees("task_castVote")).isTrue();
    }

    @Test
    void overRestTheSecondVoteIsBadInputThatSaysWhatHappened() throws Exception {
        voteCalled(List.of());
        String task = as("ferro").task("task_castVote").getId();
        assertThat(submitOverRest("ferro", task, "FAVOUR").statusCode()).isEqualTo(204);
        HttpResponse<String> second = submitOverRest("ferro-2", task, "AGAINST");
        assertThat(second.statusCode()).as(second.body()).isEqualTo(400);
        assertThat(second.body()).contains("completed already, by you or by a colleague");
        assertThat(submitOverRest("cupra", task, "AGAINST").statusCode())
                .as("a stranger hears no more")
                .isEqualTo(400);
        HttpResponse<String> stranger =
                submitOverRest("cupra", as("vigil").task("task_castVote").getId(), "AGAINST");
        assertThat(stranger.statusCode()).as(stranger.body()).isEqualTo(403);
    }

    @Test
    void twoPeopleOfOneOrganisationWhoSubmitAtOnceCastOneVote() throws Exception {
        String ballot = voteCalled(List.of());
        Task task = as("ferro").task("task_castVote");
        List<String> answers = atOnce(List.of(
                () -> answer(() -> submit("ferro", task, "FAVOUR")),
                () -> answer(() -> submit("ferro-2", task, "AGAINST"))));
        assertThat(answers).filteredOn("taken"::equals).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> !answer.equals("taken"))
                .singleElement()
                .asString()
                .containsAnyOf("has voted already", "completed already");
        assertThat(votes(ballot)).isEqualTo(1);
    }

    @Test
    void electorsWhoSubmitAtOnceDoNotGetIntoEachOthersWay() throws Exception {
        String ballot = voteCalled(List.of());
        List<String> people = List.of("norrland", "austral", "ferro", "cupra", "vigil");
        List<Callable<String>> all = new ArrayList<>();
        for (String person : people) {
            Task task = as(person).task("task_castVote");
            all.add(() -> answer(() -> submit(person, task, "FAVOUR")));
        }
        assertThat(atOnce(all)).containsOnly("taken").hasSize(5);
        fireDueJobs();
        assertThat(endOf(ballot)).isEqualTo("end_votesCounted");
        assertThat(variable(ballot, "favourTotal")).contains(100.0);
    }

    @Test
    void whatWasCastIsCountedAlsoWhenTheVoteClosesBeforeItWasPassedOn() {
        String ballot = voteCalled(List.of());
        for (String person : List.of("norrland", "ferro", "vigil")) {
            submit(person, as(person).task("task_castVote"), "FAVOUR");
        }
        travel(Period.ofDays(15));
        managementService.executeJob(
                managementService.createJobQuery().timers().singleResult().getId());
        assertThat(endOf(ballot)).isEqualTo("end_votesCounted");
        assertThat(ballots.tally(ballotId(ballot)).total()).isEqualTo(new Tally.Count(5, 3, 0, 0));
    }

    @Test
    void aVoteAndTheCloseAtOnceEndInACountThatHasTheVoteOrARefusal() throws Exception {
        String ballot = voteCalled(List.of());
        String ballotId = ballotId(ballot);
        List<String> answers = atOnce(List.of(
                () -> answer(() -> cast(ballot, "org-vigil", "vigil")), () -> answer(() -> ballots.close(ballotId))));
        int counted = ballots.tally(ballotId).total().favour();
        assertThat(counted).isEqualTo(answers.get(0).equals("taken") ? 1 : 0);
        assertThat(answers.get(0)).matches(answer -> answer.equals("taken") || answer.contains("was closed at"));
    }

    @Test
    void openedAgainItIsTheSameBallot() {
        Opening opening = new Opening(
                "opened-twice",
                CASE,
                Body.PLENARY,
                "GRANT_FULL",
                List.of(Elector.of("org-vigil", "Vigil International", Pillar.NGO)),
                List.of(),
                new Thresholds(66, 51, 50, "2024", "KNOWLEDGE", "INFERRED", false));
        String first = ballots.open(opening);
        assertThat(ballots.open(opening)).isEqualTo(first);
        ballots.callVote(first, java.time.Instant.parse("2026-02-10T00:00:00Z"));
        ballots.callVote(first, java.time.Instant.parse("2026-03-10T00:00:00Z"));
        refused(
                () -> ballots.recuse(first, "org-vigil", RecusalReason.DECLARED_INTEREST, "secretariat"),
                "The vote has been called");
        refused(() -> ballots.noteMeeting(first, List.of(), true, "secretariat"), "The vote has been called");
        ballots.close(first);
        var closed = ballots.record(first);
        travel(Period.ofDays(1));
        ballots.close(first);
        assertThat(ballots.record(first)).isEqualTo(closed);
        assertThat(closed.closesAt()).isEqualTo("2026-02-10T00:00:00Z");
        assertThatThrownBy(() -> ballots.tally("no-such-ballot")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void beforeAVoteIsCalledNobodyVotes() {
        String ballot = request("STEERING_COMMITTEE", List.of());
        refused(() -> cast(ballot, "org-vigil", "vigil"), "No vote has been called yet");
    }

    @Test
    void withoutWordsTheQuestionIsReadFromItsCode() {
        request("PLENARY", FIVE, List.of(), Map.of("question", "GRANT_FULL", "questionText", " "));
        assertThat(shown("secretariat", "task_declareInterests", "questionInWords"))
                .isEqualTo("Grant full");
    }

    @Test
    void whatCannotBeABallotIsRefusedAndSaysWhy() {
        cannotOpen(Map.of("body", "BOARD"), "body = BOARD is not allowed");
        cannotOpen(Map.of("rulesVersion", "1999"), "rulesVersion = 1999 is not allowed");
        cannotOpen(Map.of("question", "shall we?"), "question: a code in capitals");
        cannotOpen(Map.of("questionText", "x".repeat(301)), "questionText: at most 300 characters");
        cannotOpen(Map.of("electors", List.of()), "electors: a ballot needs at least one");
        cannotOpen(Map.of("electors", List.of(FIVE.get(0), FIVE.get(0))), "electors: org-norrland is named twice");
        cannotOpen(Map.of("electors", List.of(elector("x", "X", "press"))), "none of government, corporate and ngo");
        cannotOpen(
                Map.of("electors", List.of(Map.of("organisation", "vigil", "name", "V", "pillar", "ngo"))),
                "its id begins with org-");
        cannotOpen(
                Map.of("electors", List.of(Map.of("organisation", "org-vigil", "pillar", "ngo"))),
                "electors: an entry has no name");
        cannotOpen(
                Map.of("interests", List.of(Map.of("organisation", "org-vigil", "reason", "DISLIKE"))),
                "reason: \"DISLIKE\" is none of APPLICANT");
        cannotOpen(Map.of("interests", Map.of("organisation", "org-vigil")), "interests: must be a Json list");
    }

    @Test
    void aCallerGetsWhatTheBallotLeaves() {
        deployForThisTest(repositoryService
                .createDeployment()
                .addModelInstance(
                        "ballot-caller.bpmn",
                        Bpmn.createExecutableProcess("ballot-caller")
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent()
                                .callActivity("call_committeeBallot")
                                .calledElement("ballot")
                                .camundaInBusinessKey("#{execution.processBusinessKey}")
                                .camundaIn("caseNumber", "caseNumber")
                                .camundaIn("body", "body")
                                .camundaIn("question", "question")
                                .camundaIn("rulesVersion", "rulesVersion")
                                .camundaIn("electors", "electors")
                                .camundaOut("consensus", "consensus")
                                .camundaOut("favourTotal", "favourTotal")
                                .camundaOut("recusals", "recusals")
                                .userTask("task_goOn")
                                .camundaCandidateGroups("secretariat")
                                .done()));
        ProcessInstance instance = start(
                "ballot-caller",
                CASE,
                Map.of("body", "PLENARY", "question", "GRANT_FULL", "rulesVersion", "2024", "electors", FIVE));
        assertThat(as("secretariat").tasksOf(CASE)).containsExactly("task_declareInterests");
        as("secretariat").complete("task_declareInterests", Map.of("interestsDeclared", List.of("org-vigil")));
        as("government-chair")
                .complete(
                        "task_seekConsensus",
                        Map.of("electorsPresent", List.of("org-ferro", "org-cupra"), "allAgreed", "YES"));
        assertThat(as("secretariat").sees("task_goOn")).isTrue();
        assertThat(variable(instance.getId(), "consensus")).contains(true);
        assertThat(String.valueOf(variable(instance.getId(), "recusals").orElseThrow()))
                .contains("org-vigil");
    }

    private void cannotOpen(Map<String, Object> fault, String message) {
        assertThatThrownBy(() -> request("STEERING_COMMITTEE", FIVE, List.of(), fault))
                .as(message)
                .hasStackTraceContaining(message);
        assertThat(runtimeService
                        .createProcessInstanceQuery()
                        .processInstanceBusinessKey(CASE)
                        .count())
                .as("nothing is left of it")
                .isZero();
    }

    private @Nullable Object shown(String person, String element, String name) {
        return as(person).formVariables(as(person).task(element)).get(name);
    }

    private void submit(@Nullable String person, Task task, String choice) {
        Map<String, Object> values = Map.of("voteChoice", choice);
        if (person == null) {
            formService.submitTaskForm(task.getId(), values);
            return;
        }
        actingAs(person, () -> {
            formService.submitTaskForm(task.getId(), values);
            return task;
        });
    }

    private void cast(String instance, String organisation, String person) {
        List<String> groups = identityService.createGroupQuery().groupMember(person).list().stream()
                .map(org.camunda.bpm.engine.identity.Group::getId)
                .toList();
        ballots.cast(ballotId(instance), organisation, new Voter(person, java.util.Set.copyOf(groups)), Choice.FAVOUR);
    }

    private int votes(String instance) {
        return jdbc.sql("select count(*) from ballot_vote where ballot_id = ?")
                .param(ballotId(instance))
                .query(Integer.class)
                .single();
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfAny(InvalidInput.class, FormFieldValidationException.class)
                .hasMessageContaining(message);
    }

    private static String answer(Runnable call) {
        try {
            call.run();
            return "taken";
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static List<String> atOnce(List<Callable<String>> calls) throws Exception {
        ExecutorService crowd = Executors.newFixedThreadPool(calls.size());
        try {
            List<String> answers = new ArrayList<>();
            for (Future<String> answer : crowd.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            crowd.shutdownNow();
        }
    }

    private HttpResponse<String> submitOverRest(String person, String task, String choice) throws Exception {
        String basic = Base64.getEncoder().encodeToString((person + ":" + person).getBytes(StandardCharsets.UTF_8));
        String body = new ObjectMapper()
                .writeValueAsString(
                        Map.of("variables", Map.of("voteChoice", Map.of("value", choice, "type", "String"))));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + "/engine-rest/task/" + task + "/submit-form"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Basic " + basic)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
