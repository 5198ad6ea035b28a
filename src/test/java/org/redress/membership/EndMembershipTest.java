package org.redress.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.redress.engine.InvalidForm;

/** A member leaves of its own will, and the Secretariat confirms it first (membership-and-concern.md E.4). */
class EndMembershipTest extends LeavingTest {

    private static final String CONFIRM = "task_confirmResignation";
    private static final String NO_SUCH_MEMBER =
            "leavingName: there is no such member whose membership you could end; check its name or id in the register";

    EndMembershipTest() {
        super("end-membership");
    }

    @Test
    void aFullMemberResignsAndWhatWasOpenEndsWithIt() {
        String year = begin(MEMBER);
        ProcessInstance review = concern();
        ProcessInstance leaving = ask("member", form("", "HERE"));
        Task task = as("secretariat").task(CONFIRM);
        assertThat(task.getDueDate()).isEqualTo("2026-02-16T23:59:59Z");
        assertThat(as("secretariat").formVariables(task)).containsEntry("memberName", "Name of " + MEMBER);
        assertThat(roster.statusOf(MEMBER)).as("until it is confirmed").isEqualTo("FULL");

        as("secretariat").complete(task, Map.of("resignationDecision", "CONFIRM"));

        assertThat(endOf(leaving.getId())).isEqualTo("end_membershipEnded");
        assertThat(variable(leaving.getId(), "caseState")).contains("WITHDRAWN");
        assertThat(changes(MEMBER)).containsExactly("FULL RATIFIED", "WITHDRAWN WITHDRAWN_BY_MEMBER");
        assertThat(isElector(MEMBER)).isFalse();
        assertThat(open(year)).as("no report is owed any more").isEmpty();
        assertThat(endOf(review.getId())).isEqualTo("end_memberLeft");
        assertThat(lettersTo("member", numberOf(leaving))).containsExactly("membership-ended");
        assertThat(lettersTo("secretariat", numberOf(leaving))).containsExactly("member-left");
        assertThat(lettersTo("association", numberOf(leaving))).containsExactly("member-left");
    }

    @Test
    void theConcernThatItHasRaisedClosesToo() {
        ProcessInstance review = concern();
        ask("member-ngo", form(NGO, "HERE"));
        as("secretariat").complete(CONFIRM, Map.of("resignationDecision", "CONFIRM"));
        assertThat(endOf(review.getId())).isEqualTo("end_memberLeft");
        assertThat(variable(review.getId(), "concernOutcome")).contains("MEMBER_LEFT");
    }

    @ParameterizedTest
    @ValueSource(strings = {OBSERVER, "Name of org-upland-miners", " name of ORG-UPLAND-MINERS "})
    void theSecretariatRecordsItForWhoeverWroteToItAndASecondPersonOfItConfirms(String name) {
        ask("secretariat", form(name, "LETTER"));
        Map<String, Object> confirmed = Map.of("resignationDecision", "CONFIRM");
        assertThatThrownBy(() -> as("secretariat").complete(CONFIRM, confirmed))
                .hasMessageContaining("This step needs a second person");
        assertThat(roster.statusOf(OBSERVER)).isEqualTo("OBSERVER");
        as("secretariat-2").complete(CONFIRM, confirmed);
        assertThat(roster.statusOf(OBSERVER)).isEqualTo("WITHDRAWN");
    }

    @Test
    void twoAccountsWithOneMailAddressAreNotTwoPeople() {
        String before = mailAddress("secretariat-2", "Secretariat@demo.example ");
        try {
            ask("secretariat", form(OBSERVER, "LETTER"));
            Map<String, Object> confirmed = Map.of("resignationDecision", "CONFIRM");
            assertThatThrownBy(() -> as("secretariat-2").complete(CONFIRM, confirmed))
                    .hasMessageContaining("This step needs a second person")
                    .hasMessageContaining("the mail address of the one that decided first");
            assertThat(roster.statusOf(OBSERVER)).isEqualTo("OBSERVER");
            mailAddress("secretariat-2", before);
            as("secretariat-2").complete(CONFIRM, confirmed);
            assertThat(roster.statusOf(OBSERVER)).isEqualTo("WITHDRAWN");
        } finally {
            mailAddress("secretariat-2", before);
        }
    }

    /** Gives the account this address, and tells which it had. */
    private String mailAddress(String user, String address) {
        User account = identityService.createUserQuery().userId(user).singleResult();
        String before = account.getEmail();
        account.setEmail(address);
        identityService.saveUser(account);
        return before;
    }

    /** Its admission case is over with the membership. */
    @Test
    void anEngagedMemberOnItsWayToFullMembershipLeaves() {
        ProcessInstance application = application();
        runtimeService.setVariable(application.getId(), "memberOrganisation", NGO);
        runtimeService.setVariable(application.getId(), "memberStatus", "ENGAGED");
        ask("member-ngo", form("", "HERE"));
        as("secretariat").complete(CONFIRM, Map.of("resignationDecision", "CONFIRM"));
        assertThat(endOf(application.getId())).isEqualTo("end_withdrawn");
        assertThat(changes(NGO)).containsExactly("ENGAGED RATIFIED", "WITHDRAWN WITHDRAWN_BY_MEMBER");
    }

    @Test
    void whatIsPutAsideChangesNothingAndTheMemberIsTold() {
        ProcessInstance leaving = ask("secretariat", form(GOVERNMENT, "MAIL"));
        assertThatThrownBy(() -> as("secretariat-2").complete(CONFIRM, Map.of("resignationDecision", "PUT_ASIDE")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("putAsideBecause");
        as("secretariat-2")
                .complete(CONFIRM, Map.of("resignationDecision", "PUT_ASIDE", "putAsideBecause", "NOT_ENTITLED"));
        assertThat(endOf(leaving.getId())).isEqualTo("end_putAside");
        assertThat(variable(leaving.getId(), "caseState")).contains("CLOSED");
        assertThat(roster.statusOf(GOVERNMENT)).isEqualTo("FULL");
        assertThat(lettersTo("member", numberOf(leaving))).containsExactly("resignation-put-aside");

        ask("member-gov", form("", "HERE"));
        as("secretariat").complete(CONFIRM, Map.of("resignationDecision", "CONFIRM"));
        assertThat(roster.statusOf(GOVERNMENT)).as("asked again").isEqualTo("WITHDRAWN");
    }

    @Test
    void itStaysAMemberUntilItsLastDay() {
        ask("member", with(form("", "HERE"), "lastDay", "2026-03-31"));
        Task task = as("secretariat").task(CONFIRM);
        assertThat(task.getDueDate()).isEqualTo("2026-04-14T23:59:59Z");
        assertThatThrownBy(() -> as("secretariat").complete(task, Map.of("resignationDecision", "CONFIRM")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("its last day as a member is 2026-03-31; confirm on that day or later");
        assertThat(roster.statusOf(MEMBER)).isEqualTo("FULL");
        travelTo("2026-03-31T09:00:00Z");
        as("secretariat").complete(task, Map.of("resignationDecision", "CONFIRM"));
        assertThat(roster.statusOf(MEMBER)).isEqualTo("WITHDRAWN");
    }

    @Test
    void todayIsADayToLeave() {
        ask("member", with(form("", "HERE"), "lastDay", "2026-02-02"));
        as("secretariat").complete(CONFIRM, Map.of("resignationDecision", "CONFIRM"));
        assertThat(roster.statusOf(MEMBER)).isEqualTo("WITHDRAWN");
    }

    @Test
    void whatIsWrongIsToldAndNothingIsBegun() {
        refused("secretariat", form("", "MAIL"), "leavingName: say which member leaves");
        refused("secretariat", form("org-luma", "MAIL"), NO_SUCH_MEMBER);
        refused("secretariat", form(MEMBER, "HERE"), "saidHow: you do it for another organisation");
        refused(
                "secretariat",
                with(form(MEMBER, "MAIL"), "lastDay", "2026-02-01"),
                "lastDay: 2026-02-01 is in the past; choose today or a later day, or leave it empty");
        refused("member", with(form("", "HERE"), "saidByEntitled", false), "saidByEntitled");
        refused("member", with(form("", "HERE"), "leavingMember", NGO), "leavingMember – is no field of the form");
        roster.changeStatus(NGO, "EXPELLED", "C-2026-0001", "PLENARY_DECISION");
        refused("secretariat", form(NGO, "MAIL"), "has left already (EXPELLED); there is nothing to end");
        refused("member-ngo", form("", "HERE"), "has left already (EXPELLED)");
        roster.admit("org-probe-twin", "Name of " + MEMBER, "ngo", "FULL", null, "RATIFIED");
        refused("secretariat", form("Name of " + MEMBER, "MAIL"), "write the id of its organisation");
    }

    /** Another member, one that has left and one that never was: nobody learns which it is. */
    @Test
    void aMemberLeavesForItselfAlone() {
        roster.changeStatus(NGO, "WITHDRAWN", null, "WITHDRAWN_BY_MEMBER");
        for (String other : new String[] {GOVERNMENT, "Name of " + GOVERNMENT, NGO, "org-luma", "org-nowhere"}) {
            refused("member", form(other, "HERE"), NO_SUCH_MEMBER);
        }
        assertThat(roster.statusOf(GOVERNMENT)).isEqualTo("FULL");
    }

    @Test
    void twoClicksAreOneResignation() {
        ProcessInstance leaving = ask("member", form("", "HERE"));
        refused("member", form("", "HERE"), "is with the Secretariat already, " + numberOf(leaving), 1);
        refused("secretariat", form(MEMBER, "MAIL"), "nothing was entered a second time", 1);
        Task task = as("secretariat").task(CONFIRM);
        as("secretariat").complete(task, Map.of("resignationDecision", "CONFIRM"));
        assertThatThrownBy(() -> as("secretariat").complete(task, Map.of("resignationDecision", "CONFIRM")))
                .isInstanceOf(ProcessEngineException.class);
        assertThat(changes(MEMBER)).hasSize(2);
        assertThat(lettersTo("member", numberOf(leaving))).containsExactly("membership-ended");
    }

    @Test
    void whoeverLeftByAnotherWayMeanwhileIsPutAside() {
        ProcessInstance leaving = ask("member", form("", "HERE"));
        roster.changeStatus(MEMBER, "EXPELLED", "C-2026-0001", "PLENARY_DECISION");
        assertThatThrownBy(() -> as("secretariat").complete(CONFIRM, Map.of("resignationDecision", "CONFIRM")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("has left by another way (EXPELLED); put this aside");
        as("secretariat")
                .complete(CONFIRM, Map.of("resignationDecision", "PUT_ASIDE", "putAsideBecause", "LEFT_ALREADY"));
        assertThat(endOf(leaving.getId())).isEqualTo("end_putAside");
        assertThat(roster.statusOf(MEMBER)).isEqualTo("EXPELLED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"member", "member-gov", "steering-committee", "government-chair", "association"})
    void onlyTheSecretariatConfirms(String user) {
        ask("member", form("", "HERE"));
        Task task = as("secretariat").task(CONFIRM);
        assertThat(as(user).sees(CONFIRM)).isFalse();
        assertThatThrownBy(() -> as(user).complete(task, Map.of("resignationDecision", "CONFIRM")))
                .isInstanceOf(AuthorizationException.class);
        assertThat(roster.statusOf(MEMBER)).isEqualTo("FULL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"smelter", "steering-committee", "government-chair", "association", "overseer", "partner"})
    void nobodyElseAsksForIt(String user) {
        assertThatThrownBy(() -> ask(user, form(MEMBER, "MAIL"))).isInstanceOf(AuthorizationException.class);
        assertThat(running(process)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "smelter, start, 403", "smelter, submit-form, 403",
        "member-gov, start, 400", "member-gov, submit-form, 400",
        "member, start, 200"
    })
    void theEnginesRestIsNoWayAround(String user, String way, int status) throws Exception {
        HttpResponse<String> answer = overRest(
                user,
                way,
                """
                                {"leavingName":{"value":"org-member"},"saidHow":{"value":"HERE"},"saidByEntitled":{"value":true}}
                                """);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        if (user.equals("member-gov")) {
            assertThat(answer.body()).contains(NO_SUCH_MEMBER);
        }
        assertThat(running(process)).isEqualTo(status == 200 ? 1 : 0);
    }

    private void refused(String user, Map<String, Object> form, String message) {
        refused(user, form, message, 0);
    }

    private void refused(String user, Map<String, Object> form, String message, int open) {
        assertThatThrownBy(() -> ask(user, form))
                .as(user + " " + form)
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining(message);
        assertThat(running(process)).isEqualTo(open);
    }

    private static Map<String, Object> form(String name, String how) {
        Map<String, Object> form = Map.of("saidHow", how, "saidByEntitled", true, "leavingReason", "COST");
        return name.isEmpty() ? form : with(form, "leavingName", name);
    }
}
