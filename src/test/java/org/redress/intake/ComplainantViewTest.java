package org.redress.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComplainantViewTest {

    /** Every state of remedy.md A.0, and TRANSFERRED of contract.md. */
    @ParameterizedTest
    @CsvSource({
        "RECEIVED, Received",
        "ACKNOWLEDGED, Received",
        "SCREENING, Being checked",
        "REOPENED, Being checked",
        "IN_INVESTIGATION, Being investigated",
        "SUSPENDED_LEGAL, Being investigated",
        "SUBSTANTIATED, Being investigated",
        "LEVEL_DECIDED, Remedy being planned",
        "PLANNING, Remedy being planned",
        "PLAN_SUBMITTED, Remedy being planned",
        "PLAN_RETURNED, Remedy being planned",
        "PLAN_APPROVED, Remedy being planned",
        "FUNDING, Remedy being planned",
        "IMPLEMENTING, Remedy under way",
        "MONITORING, Remedy under way",
        "EXTENDED, Remedy under way",
        "REVISED, Remedy under way",
        "FINAL_REPORT, Remedy under way",
        "CLOSING_REVIEW, Remedy under way",
        "CLOSED_NOT_CREDIBLE, Closed",
        "CLOSED_NOT_ACTIONABLE, Closed",
        "CLOSED_NOT_SUBSTANTIATED, Closed",
        "CLOSED_COMPLETED, Closed",
        "CLOSED_PARTIAL, Closed",
        "CLOSED_DECLINED, Closed",
        "REFERRED, Closed",
        "TRANSFERRED, Closed",
        "LESSONS, Closed"
    })
    void everyStateHasItsWord(String state, String word) {
        assertThat(ComplainantView.of(state)).map(ComplainantView::words).contains(word);
    }

    @Test
    void aStateThatNobodyKnowsHasNoWord() {
        assertThat(ComplainantView.of("SOMETHING_NEW")).isEmpty();
    }
}
