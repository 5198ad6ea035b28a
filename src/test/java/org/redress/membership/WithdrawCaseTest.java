package org.redress.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.redress.engine.InvalidForm;

/** An application or a concern is withdrawn from Tasklist, at once, by whoever may (membership-and-concern.md E.2, E.4). */
class WithdrawCaseTest extends LeavingTest {

    private static final String NO_SUCH_CASE =
            "withdrawnCase: there is no such application or concern that you could withdraw; check the number";

    WithdrawCaseTest() {
        super("withdraw-case");
    }

    @Test
    void theSecretariatWithdrawsAnApplicationForWhoeverWroteToIt() {
        ProcessInstance application = application();
        String number = numberOf(application);
        ProcessInstance withdrawal =
                ask("secretariat", form(" " + number.toLowerCase(java.util.Locale.ROOT), "LETTER"));
        assertThat(endOf(withdrawal.getId())).isEqualTo("end_caseWithdrawn");
        assertThat(endOf(application.getId())).isEqualTo("end_withdrawn");
        assertThat(variable(application.getId(), "caseState")).contains("WITHDRAWN");
        assertThat(as("secretariat").tasks()).isEmpty();
        assertThat(historyService
                        .createHistoricProcessInstanceQuery()
                        .processInstanceBusinessKey(number)
                        .processDefinitionKey(process)
                        .singleResult()
                        .getStartUserId())
                .as("who did it is found by the number of the case")
                .isEqualTo("secretariat");
    }

    @Test
    void aMemberWithdrawsTheConcernThatItRaisedAndBothAreTold() {
        ProcessInstance review = concern();
        ask("member-ngo", form(numberOf(review), "HERE"));
        assertThat(endOf(review.getId())).isEqualTo("end_concernWithdrawn");
        assertThat(variable(review.getId(), "concernOutcome")).contains("WITHDRAWN");
        assertThat(lettersTo("member", numberOf(review))).containsExactly("concern-closed", "concern-closed");
        assertThat(lettersTo("secretariat", numberOf(review))).containsExactly("concern-closed");
    }

    @Test
    void theSecretariatWithdrawsAConcernToo() {
        ProcessInstance review = concern();
        ask("secretariat", form(numberOf(review), "MAIL"));
        assertThat(endOf(review.getId())).isEqualTo("end_concernWithdrawn");
    }

    /** One that had left applies again, and its people have their accounts still. */
    @Test
    void aMemberOfBeforeWithdrawsItsOwnApplication() {
        ProcessInstance application = application();
        assertThatThrownBy(() -> ask("member-ngo", form(numberOf(application), "HERE")))
                .as("whose it is, is not known yet")
                .hasMessageContaining(NO_SUCH_CASE);
        runtimeService.setVariable(application.getId(), "memberOrganisation", NGO);
        ask("member-ngo", form(numberOf(application), "HERE"));
        assertThat(endOf(application.getId())).isEqualTo("end_withdrawn");
    }

    @Test
    void theSecondClickIsToldThatItIsDone() {
        ProcessInstance review = concern();
        ask("member-ngo", form(numberOf(review), "HERE"));
        for (String user : List.of("member-ngo", "secretariat")) {
            assertThatThrownBy(() -> ask(user, form(numberOf(review), "MAIL")))
                    .isInstanceOf(InvalidForm.class)
                    .hasMessageContaining(
                            numberOf(review) + " has ended already (CLOSED); nothing is left to withdraw");
        }
        assertThat(lettersTo("secretariat", numberOf(review))).containsExactly("concern-closed");
        ProcessInstance application = application();
        ask("secretariat", form(numberOf(application), "MAIL"));
        assertThatThrownBy(() -> ask("secretariat", form(numberOf(application), "MAIL")))
                .hasMessageContaining("has ended already (WITHDRAWN)");
    }

    /** The member that it is about, another one, and a case that does not exist: nobody learns which it is. */
    @ParameterizedTest
    @ValueSource(strings = {"member", "member-gov"})
    void anotherMemberLearnsNotEvenThatThereIsSuchACase(String stranger) {
        ProcessInstance review = concern();
        String year = begin(MEMBER);
        ProcessInstance application = application();
        for (String number : List.of(
                numberOf(review), numberOf(application), year, "C-2026-9999", "M-2026-9999", "R-2026-0001", "?")) {
            assertThatThrownBy(() -> ask(stranger, form(number, "HERE")))
                    .isInstanceOf(InvalidForm.class)
                    .hasMessage(NO_SUCH_CASE);
        }
        runtimeService.deleteProcessInstance(review.getId(), "test");
        assertThatThrownBy(() -> ask(stranger, form(numberOf(review), "HERE")))
                .as("ended or not")
                .hasMessage(NO_SUCH_CASE);
        assertThat(isEnded(application.getId())).isFalse();
    }

    @Test
    void theSecretariatIsToldWhatIsWrongWithTheNumber() {
        String year = begin(MEMBER);
        assertThatThrownBy(() -> ask("secretariat", form(year, "MAIL")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining(year + " is no application and no concern");
        assertThatThrownBy(() -> ask("secretariat", form("C-2026-9999", "MAIL")))
                .hasMessage(NO_SUCH_CASE);
        assertThat(open(year)).as("goes on").isNotEmpty();
    }

    @Test
    void whoeverIsAMemberAlreadyLeavesAnotherWay() {
        ProcessInstance application = application();
        runtimeService.setVariable(application.getId(), "memberStatus", "ENGAGED");
        assertThatThrownBy(() -> ask("secretariat", form(numberOf(application), "MAIL")))
                .hasMessageContaining(
                        "was decided, and the applicant is a member now; to leave, start End a membership");
        assertThat(isEnded(application.getId())).isFalse();
    }

    @Test
    void whatIsDecidedAndOnlyNotToldYetIsNotWithdrawn() {
        ProcessInstance review = concern();
        runtimeService.setVariable(review.getId(), "concernOutcome", "SETTLED");
        assertThatThrownBy(() -> ask("member-ngo", form(numberOf(review), "HERE")))
                .hasMessageContaining("nothing is left to withdraw");
        assertThat(variable(review.getId(), "concernOutcome")).contains("SETTLED");
    }

    @Test
    void itIsSaidByWhoMaySaySo() {
        ProcessInstance review = concern();
        assertThatThrownBy(() -> ask("secretariat", form(numberOf(review), "HERE")))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("saidHow: you do it for another organisation");
        assertThatThrownBy(() -> ask(
                        "member-ngo",
                        Map.of("withdrawnCase", numberOf(review), "saidHow", "HERE", "saidByEntitled", false)))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("saidByEntitled");
        assertThatThrownBy(() -> ask("member-ngo", with(form(numberOf(review), "HERE"), "concernOutcome", "SETTLED")))
                .hasMessageContaining("concernOutcome – is no field of the form");
        assertThat(isEnded(review.getId())).isFalse();
    }

    @Test
    void anAccountOfNoMemberOrOfTwoSpeaksForNobody() {
        ProcessInstance review = concern();
        String definition = definition();
        Map<String, Object> form = formValues(form(numberOf(review), "HERE"));
        for (List<String> groups : List.of(List.of("member"), List.of("member", NGO, GOVERNMENT))) {
            identityService.setAuthentication("somebody", groups);
            assertThatThrownBy(() -> formService.submitStartForm(definition, form))
                    .hasMessageContaining("Your account does not belong to one member: write to the Secretariat");
            identityService.clearAuthentication();
        }
        assertThat(isEnded(review.getId())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"smelter", "steering-committee-ngo", "government-chair", "association", "overseer", "partner"})
    void nobodyElseWithdraws(String user) {
        ProcessInstance review = concern();
        assertThatThrownBy(() -> ask(user, form(numberOf(review), "HERE"))).isInstanceOf(AuthorizationException.class);
        assertThat(isEnded(review.getId())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "smelter, start, 403", "smelter, submit-form, 403",
        "member-gov, start, 400", "member-gov, submit-form, 400",
        "member-ngo, start, 200"
    })
    void theEnginesRestIsNoWayAround(String user, String way, int status) throws Exception {
        ProcessInstance review = concern();
        HttpResponse<String> answer = overRest(
                user,
                way,
                """
                                {"withdrawnCase":{"value":"%s"},"saidHow":{"value":"HERE"},"saidByEntitled":{"value":true}}
                                """
                        .formatted(numberOf(review)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        if (user.equals("member-gov")) {
            assertThat(answer.body()).contains(NO_SUCH_CASE);
        }
        fireDueJobs();
        assertThat(isEnded(review.getId())).isEqualTo(status == 200);
    }

    private static Map<String, Object> form(String number, String how) {
        return Map.of("withdrawnCase", number, "saidHow", how, "saidByEntitled", true, "withdrawalReason", "SETTLED");
    }
}
