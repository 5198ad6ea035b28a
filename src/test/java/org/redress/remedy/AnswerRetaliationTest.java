package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.Step1.with;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.redress.engine.Cases;
import org.redress.engine.Parties;
import org.springframework.beans.factory.annotation.Autowired;

/** Somebody suffers for having spoken (E19); {@link WhistleBlowerTest} tells the whole of such a case. */
@SuppressWarnings("NullAway.Init")
class AnswerRetaliationTest extends StoryTest {

    private static final String WORDS = "The air below is bad, and I wrote it to the safety committee.";

    @Autowired
    private Parties parties;

    @Autowired
    private Cases events;

    @Autowired
    private MeterRegistry meters;

    @Test
    @DisplayName("E19 Retaliation: who reported is masked and protected within a day")
    void whoReportedIsMaskedAndProtectedWithinADay() {
        double before = reportsEver();
        double openBefore = open();
        Scenario scenario = Scenario.of("S25");
        receive(
                scenario.received() + "T09:30:00Z",
                with(scenario.grievance(), Map.of("whatHappened", WORDS, "contact", "Only on the old number.")));
        fireDueJobs();
        assertThat(shown("downstream", "task_screenCredibility", "whatHappened"))
                .isEqualTo(WORDS);
        travelTo("2026-07-18T16:20:00Z");
        events.begin(
                "case-event-reported",
                caseNumber,
                Map.of("eventKind", "RETALIATION", "eventNote", "Dismissed this morning.", "mode", "EMERGENCY"));
        fireDueJobs();

        assertThat(reportsEver()).isEqualTo(before + 1);
        assertThat(open()).isEqualTo(openBefore + 1);
        for (String[] who : List.of(
                new String[] {"protection", "task_protectReporter"},
                new String[] {"legal", "task_offerLegalAid"},
                new String[] {"protection", "task_demandRedress"})) {
            assertThat(task(who[0], who[1]).getDueDate().toInstant().toString())
                    .as(who[1] + " within a day, on a Sunday")
                    .isEqualTo("2026-07-19T16:20:00Z");
        }
        assertThat(lettersTo("protection", caseNumber)).contains("retaliation");
        assertThat(lettersTo("smelter", caseNumber)).isEmpty();
        theIdentityIsMasked();
        thePersonIsProtected();
    }

    private void theIdentityIsMasked() {
        assertThat(shown("downstream", "task_screenCredibility", "whatHappened"))
                .isEqualTo("•••");
        assertThat(shown("protection", "task_safetyTriage", "whatHappened")).isEqualTo(WORDS);
        assertThat(shown("protection", "task_safetyTriage", "contact")).isEqualTo("Only on the old number.");
    }

    private void thePersonIsProtected() {
        double openBefore = open();
        complete("protection", "task_protectReporter", protection("NO"));
        complete(
                "legal",
                "task_offerLegalAid",
                Map.of("legalAid", "ACCEPTED", "legalAidNote", "Counsel has filed for interim pay."));
        assertThat(sees("audit-programme")).doesNotContain("task_decideSanction");
        complete("protection", "task_demandRedress", demand());
        Task sanction = task("audit-programme", "task_decideSanction");
        assertThat(day(sanction.getDueDate())).isEqualTo("2026-07-31");
        assertThatThrownBy(() -> as("smelter").complete(sanction, stopped("YES")))
                .isInstanceOf(RuntimeException.class);
        complete("audit-programme", "task_decideSanction", stopped("YES"));
        assertThat(endOf(process("answer-retaliation"))).isEqualTo("end_retaliationAnswered");
        assertThat(open()).isEqualTo(openBefore - 1);
        theIdentityIsMasked();
    }

    /** E19, E04. */
    @Test
    @DisplayName("E19 Retaliation: what does not stop is answered again and who is in danger is rescued")
    void whatDoesNotStopIsAnsweredAgainAndWhoIsInDangerIsRescued() {
        receive("2026-07-13T09:30:00Z", Step1.grievance());
        fireDueJobs();
        parties.add(caseNumber, "facilitator", "org-facilitator");
        events.begin("case-event-reported", caseNumber, Map.of("eventKind", "RETALIATION"));
        fireDueJobs();
        for (String user : List.of("smelter", "downstream", "vsc", "provider", "member")) {
            assertThat(sees(user))
                    .as(user)
                    .doesNotContain("task_protectReporter", "task_offerLegalAid", "task_demandRedress");
        }
        assertThat(sees("facilitator"))
                .as("engaged by now: it makes the demand")
                .containsExactly("task_demandRedress");
        complete("protection", "task_protectReporter", protection("YES"));
        assertThat(sees("protection")).contains("task_assessDanger");
        complete(
                "legal",
                "task_offerLegalAid",
                Map.of("legalAid", "NOT_REACHED", "legalAidNote", "Protection goes on trying."));
        complete("facilitator", "task_demandRedress", demand());
        travelTo("2026-07-20T10:00:00Z");
        complete("audit-programme", "task_decideSanction", stopped("NO"));
        assertThat(task("legal", "task_offerLegalAid").getDueDate().toInstant().toString())
                .as("another day from now")
                .isEqualTo("2026-07-21T10:00:00Z");
    }

    /** E19: whoever must leave and has no place is not forgotten with the form. */
    @Test
    @DisplayName(
            "E19 Retaliation: whoever must leave and has no place is asked for again within a day until there is one")
    void whoeverMustLeaveAndHasNoPlaceIsAskedForAgainWithinADayUntilThereIsOne() {
        receive("2026-07-13T09:30:00Z", Step1.grievance());
        fireDueJobs();
        events.begin("case-event-reported", caseNumber, Map.of("eventKind", "RETALIATION"));
        fireDueJobs();
        Map<String, Object> noPlace = with(protection("NO"), Map.of("relocated", "NO_PLACE"));
        assertThatThrownBy(() -> complete("protection", "task_protectReporter", noPlace))
                .as("never without the promise to look again")
                .hasMessageContaining("placeSought");
        travelTo("2026-07-13T19:00:00Z");
        Task first = task("protection", "task_protectReporter");
        complete("protection", "task_protectReporter", with(noPlace, Map.of("placeSought", true)));
        Task again = task("protection", "task_protectReporter");
        assertThat(again.getId()).isNotEqualTo(first.getId());
        assertThat(again.getDueDate().toInstant().toString())
                .as("another day from now")
                .isEqualTo("2026-07-14T19:00:00Z");
        for (String user : List.of("smelter", "downstream", "vsc", "provider", "member", "legal")) {
            assertThat(sees(user)).as(user).doesNotContain("task_protectReporter");
            assertThatThrownBy(() -> as(user).complete(again, protection("NO")))
                    .as(user)
                    .isInstanceOf(RuntimeException.class);
        }
        complete(
                "legal",
                "task_offerLegalAid",
                Map.of("legalAid", "ACCEPTED", "legalAidNote", "Counsel has filed for interim pay."));
        complete("protection", "task_demandRedress", demand());
        assertThat(sees("audit-programme"))
                .as("nothing is settled while somebody has no place")
                .doesNotContain("task_decideSanction");
        complete("protection", "task_protectReporter", with(protection("NO"), Map.of("relocated", "DONE")));
        assertThat(sees("audit-programme")).contains("task_decideSanction");
        assertThat(sees("protection")).doesNotContain("task_protectReporter");
    }

    /** Other tests leave answers open. */
    private double open() {
        return meters.get("redress.retaliation.open").gauge().value();
    }

    private double reportsEver() {
        return meters.get("redress.retaliation.reported").gauge().value();
    }

    private static Map<String, Object> protection(String danger) {
        return Map.of(
                "retaliationKind", "DISMISSAL",
                "relocated", "NOT_NEEDED",
                "inDangerToo", danger,
                "protectionSteps", "Two people know of it, and a safe number was given.");
    }

    private static Map<String, Object> demand() {
        return Map.of(
                "redressDemanded", List.of("REINSTATEMENT", "PAY"),
                "leverageUsed", "LETTER",
                "redressNote", "The management looks into all dismissals of July.");
    }

    private static Map<String, Object> stopped(String stopped) {
        return Map.of(
                "retaliationStopped", stopped,
                "sanction", "WARNING",
                "sanctionReason", "The rule on those who speak was broken once.");
    }
}
