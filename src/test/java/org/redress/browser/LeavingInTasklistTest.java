package org.redress.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.redress.governance.RosterTasks;
import org.springframework.beans.factory.annotation.Autowired;

/** A member leaves and an application is withdrawn, by hand in Tasklist (membership-and-concern.md E.2, E.4). */
@SuppressWarnings("NullAway.Init")
class LeavingInTasklistTest extends MembersAtTheirTasks {

    @Autowired
    private RosterTasks roster;

    LeavingInTasklistTest() {
        super(70);
    }

    @Test
    void aMemberAsksToLeaveAndTheSecretariatConfirms() {
        people.tasklist("member-ngo")
                .choose("All open")
                .startProcess("End a membership")
                .readsWell()
                .fill(Map.of("saidHow", "HERE", "leavingReason", "COST", "saidByEntitled", true))
                .picture("70-begin-leaving")
                .start();
        Tasklist secretariat = people.tasklist("secretariat").choose("All open");
        FormOnScreen confirm = secretariat
                .open(as("secretariat").task("task_confirmResignation").getId())
                .readsWell();
        assertThat(confirm.text())
                .contains(
                        "Lanternlight Rights Network wants to leave",
                        "Said: here, by the member itself",
                        "Last day: as soon as you confirm",
                        "Why: Dues or effort");
        secretariat.claim();
        confirm.fill(Map.of("resignationDecision", "CONFIRM"))
                .picture("71-confirm-resignation")
                .complete();
        assertThat(roster.statusOf("org-member-ngo")).isEqualTo("WITHDRAWN");
    }

    @Test
    void theSecretariatWithdrawsAnApplicationThatCameByLetter() {
        String application = runtimeService
                .startProcessInstanceByMessage(
                        "application-received",
                        formValues(Map.of(
                                "applicantName", "Endeavour",
                                "applicantType", "COMPANY",
                                "sector", "EXTRACTION",
                                "targetStatus", "ENGAGED",
                                "applicantContact", "Head of security, by letter",
                                "applicationStatement", "The board has adopted a policy.")))
                .getId();
        people.tasklist("secretariat")
                .choose("All open")
                .startProcess("Withdraw an application or a concern")
                .readsWell()
                .fill(Map.of(
                        "withdrawnCase",
                        String.valueOf(variable(application, "caseNumber").orElseThrow()),
                        "saidHow",
                        "LETTER",
                        "saidByEntitled",
                        true))
                .picture("72-begin-withdrawal")
                .start();
        assertThat(endOf(application)).isEqualTo("end_withdrawn");
    }
}
