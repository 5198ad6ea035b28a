package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.Step1.with;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.engine.InvalidForm;
import org.redress.engine.InvalidInput;

/** E24: a report that was false, and known to be false (remedy.md A.8). */
class BadFaithTest extends UnderWay {

    @Test
    @DisplayName("E24 A false or malicious report: a report known to be false is closed with reasons by two persons")
    void aReportKnownToBeFalseIsClosedWithReasonsByTwoPersons() {
        investigated();
        examined("audit-programme");
        for (String other : List.of("smelter", "smelter-b", "downstream", "protection", "partner")) {
            assertThat(sees(other)).as(other).doesNotContain("task_examineBadFaith", "task_confirmBadFaith");
            assertThatThrownBy(() -> examined(other)).as(other).isNotNull();
        }
        assertThat(reads("audit-programme", "task_examineBadFaith")).contains("Do not try to learn who reported");
        complete("audit-programme", "task_examineBadFaith", finding());
        assertThatThrownBy(() -> complete("audit-programme", "task_confirmBadFaith", Map.of("badFaithAgreed", "YES")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("second person");
        complete("audit-programme-2", "task_confirmBadFaith", Map.of("badFaithAgreed", "YES"));

        assertThat(state()).isEqualTo("CLOSED_NOT_SUBSTANTIATED");
        assertThat(ofTheCase("closedAs")).isEqualTo("BAD_FAITH");
        assertThat(lettersTo("complainant", caseNumber)).endsWith("closed-with-reasons");
        assertThat(lettersTo("smelter", caseNumber))
                .as("the smelter hears nothing")
                .isEmpty();
        assertThat(sees("audit-programme")).as("one may object").containsExactly("task_recordObjection");
        assertThatThrownBy(() -> examined("audit-programme"))
                .isInstanceOf(InvalidForm.class)
                .hasMessageContaining("is not being verified any more");
    }

    /** E24: a second click, or two people with the same thought. */
    @Test
    @DisplayName("E24 A false or malicious report: one report is examined once")
    void oneReportIsExaminedOnce() {
        investigated();
        examined("audit-programme");
        for (String user : List.of("audit-programme", "audit-programme-2")) {
            assertThatThrownBy(() -> examined(user))
                    .as(user)
                    .isInstanceOf(InvalidForm.class)
                    .hasMessageContaining("somebody asked already")
                    .hasMessageContaining("go on with the task that is open");
        }
        assertThat(tasks("audit-programme", "task_examineBadFaith")).hasSize(1);
        complete("audit-programme", "task_examineBadFaith", finding());
        assertThatThrownBy(() -> examined("audit-programme")).hasMessageContaining("somebody asked already");
        complete(
                "audit-programme-2",
                "task_confirmBadFaith",
                Map.of("badFaithAgreed", "NO", "badFaithObjection", "An error in a date is not a lie."));
        examined("audit-programme");
        assertThat(tasks("audit-programme", "task_examineBadFaith"))
                .as("once it is over, it may be asked again")
                .hasSize(1);
    }

    @Test
    @DisplayName("E24 A false or malicious report: harm found all the same goes on")
    void harmFoundAllTheSameGoesOn() {
        investigated();
        examined("audit-programme");
        complete("audit-programme", "task_examineBadFaith", with(finding(), Map.of("harmAllTheSame", "YES")));
        complete("audit-programme-2", "task_confirmBadFaith", Map.of("badFaithAgreed", "YES"));
        assertThat(visits("end_goesOnAllTheSame")).isEqualTo(1);
        assertThat(state()).isEqualTo("IN_INVESTIGATION");
        assertThat(sees("audit-programme")).containsExactly("task_investigate");
    }

    @Test
    @DisplayName("E24 A false or malicious report: without a second person who agrees nothing changes")
    void withoutASecondPersonWhoAgreesNothingChanges() {
        investigated();
        examined("audit-programme");
        complete("audit-programme", "task_examineBadFaith", finding());
        complete(
                "audit-programme-2",
                "task_confirmBadFaith",
                Map.of("badFaithAgreed", "NO", "badFaithObjection", "An error in a date is not a lie."));
        assertThat(state()).isEqualTo("IN_INVESTIGATION");
        assertThat(lettersTo("complainant", caseNumber)).doesNotContain("closed-with-reasons");
    }

    /** D02, D24: what is false of one thing is not known to be false of all. */
    @Test
    @DisplayName("E24 A false or malicious report: neither an open triage nor a rescue ends with the report")
    void neitherAnOpenTriageNorARescueEndsWithTheReport() {
        underReview();
        found();
        assertThat(state()).as("nobody has looked whether people are safe").isEqualTo("IN_INVESTIGATION");
        assertThat(sees("protection")).containsExactly("task_safetyTriage");

        complete("protection", "task_safetyTriage", Step1.safe());
        cases.begin("case-event-reported", caseNumber, Map.of("eventKind", "SOMEBODY_IN_DANGER"));
        fireDueJobs();
        found();
        assertThat(visits("end_goesOnAllTheSame")).isEqualTo(2);
        assertThat(sees("protection")).containsExactly("task_assessDanger");
        assertThat(sees("audit-programme")).containsExactly("task_investigate");

        complete("protection", "task_assessDanger", Map.of("dangerNow", "NOBODY"));
        found();
        assertThat(state()).as("nobody was in danger").isEqualTo("CLOSED_NOT_SUBSTANTIATED");
    }

    private void found() {
        examined("audit-programme");
        complete("audit-programme", "task_examineBadFaith", finding());
        complete("audit-programme-2", "task_confirmBadFaith", Map.of("badFaithAgreed", "YES"));
    }

    private void examined(String user) {
        startByForm(
                user,
                "examine-bad-faith",
                Map.of(
                        "caseNumber",
                        caseNumber,
                        "badFaithGrounds",
                        "The pay slips that were sent in are of another mine."));
        fireDueJobs();
    }

    private static Map<String, Object> finding() {
        return Map.of(
                "knownFalse", "YES",
                "harmAllTheSame", "NO",
                "badFaithReason", "The slips were altered after they were printed.");
    }

    private void investigated() {
        underReview();
        complete("protection", "task_safetyTriage", Step1.safe());
    }

    private void underReview() {
        Scenario scenario = Scenario.of("S06");
        receive("2026-03-02T09:30:00Z", scenario.grievance());
        fireDueJobs();
        complete("downstream", "task_screenCredibility", scenario.credibility());
        complete("downstream", "task_screenActionability", scenario.actionability());
        complete("audit-programme", "task_openReview", Step1.review());
        assertThat(state()).isEqualTo("IN_INVESTIGATION");
    }
}
