package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.engine.InvalidForm;
import org.redress.engine.Parties;
import org.springframework.beans.factory.annotation.Autowired;

/** A case that ends before any remedy ends no sooner than what protects people in it (remedy.md A.5, E04, E19). */
@SuppressWarnings("NullAway.Init")
class ClosedEarlyTest extends UnderWay {

    @Autowired
    private Parties parties;

    @BeforeEach
    void theScreeningFindsItNotCredible() {
        foundNotCredible();
    }

    @Test
    @DisplayName(
            "E04 Exploitation goes on: while a rescue runs no case ends as not credible and the company is not told why")
    void whileARescueRunsNoCaseEndsAsNotCredibleAndTheCompanyIsNotToldWhy() {
        told("SOMEBODY_IN_DANGER");
        heldUp();
        complete("protection", "task_assessDanger", Map.of("dangerNow", "NOBODY"));
        ends();
    }

    @Test
    @DisplayName("E19 Retaliation: nor while somebody suffers for having spoken")
    void norWhileSomebodySuffersForHavingSpoken() {
        told("RETALIATION");
        heldUp();
        complete(
                "protection",
                "task_protectReporter",
                Map.of(
                        "retaliationKind", "DISMISSAL",
                        "relocated", "NOT_NEEDED",
                        "inDangerToo", "NO",
                        "protectionSteps", "Two people know of it."));
        complete("legal", "task_offerLegalAid", Map.of("legalAid", "ACCEPTED", "legalAidNote", "Counsel has filed."));
        complete(
                "protection",
                "task_demandRedress",
                Map.of(
                        "redressDemanded", List.of("REINSTATEMENT"),
                        "leverageUsed", "LETTER",
                        "redressNote", "The management looks into all dismissals."));
        heldUp();
        complete(
                "audit-programme",
                "task_decideSanction",
                Map.of(
                        "retaliationStopped", "YES",
                        "sanction", "WARNING",
                        "sanctionReason", "The rule on those who speak was broken once."));
        ends();
    }

    private void told(String kind) {
        cases.begin("case-event-reported", caseNumber, Map.of("eventKind", kind));
        fireDueJobs();
    }

    private void heldUp() {
        assertThatThrownBy(() -> complete("downstream", "task_offerLocalHelp", Step1.noReferral()))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("cannot be closed just now")
                .as("what it is, is not for the downstream company")
                .hasMessageNotContaining("rescue")
                .hasMessageNotContaining("retaliation");
        parties.add(caseNumber, "smelter", "org-luma");
        assertThat(sees("smelter")).isEmpty();
        assertThat(state()).isEqualTo("SCREENING");
    }

    private void ends() {
        complete("downstream", "task_offerLocalHelp", Step1.noReferral());
        assertThat(state()).isEqualTo("CLOSED_NOT_CREDIBLE");
    }
}
