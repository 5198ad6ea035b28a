package org.redress.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.Decision.given;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redress.Decision;
import org.redress.engine.BadDecisionInput;
import org.redress.engine.Roles;

/** Who is told what, by when, and who hears of it when it is late (remedy specification B.9). */
class NotificationMatrixTest {

    private static final Decision MATRIX = Decision.of("shared/notification-matrix");
    private static final Decision CLOCKS = Decision.of("shared/deadline-matrix");
    private static final List<String> EVENTS = List.of(
            "allegation-received",
            "credible-and-actionable",
            "not-credible",
            "not-actionable",
            "not-substantiated",
            "substantiated",
            "level-decided",
            "ongoing-exploitation",
            "plan-ready",
            "plan-decided",
            "funding-gap",
            "funding-overdue",
            "service-reported",
            "help-given",
            "progress",
            "more-victims",
            "flash-report",
            "retaliation",
            "custody-handed-over",
            "deadline-moved",
            "clock-paused",
            "clock-runs-on",
            "deadline-not-moved",
            "emergency-entered",
            "emergency-renewed",
            "emergency-left",
            "interviewed-elsewhere",
            "final-report",
            "closing-recommended",
            "case-closed",
            "objection-upheld",
            "objection-rejected",
            "objection-joined",
            "tell-objection-joined",
            "objection-weighed",
            "tell-objection-weighed",
            "lessons",
            "concern-dialogue-open",
            "concern-referral-open",
            "concern-referral-late",
            "concern-not-referred",
            "concern-closed",
            "concern-record-open",
            "concern-submission-open",
            "concern-special-open",
            "concern-schedule-open",
            "report-reminder",
            "report-overdue",
            "report-moved",
            "standing-at-risk",
            "standing-confirmed",
            "standing-inactive",
            "standing-still-open",
            "standing-restored",
            "membership-ended",
            "resignation-put-aside",
            "consent-withdrawn",
            "complainant-consent-withdrawn",
            "improvement-notice",
            "provider-replaced",
            "plan-widened",
            "level-added",
            "handed-over",
            "closed-with-reasons",
            "complaint-withdrawn",
            "level-refused",
            "level-accepted",
            "leverage-joined",
            "case-reopened",
            "level-raised",
            "level-owed-now",
            "level-asked-now",
            "share-short",
            "new-information",
            "status-update",
            "substantive-feedback");

    @AfterAll
    static void everyRowWasHit() {
        assertThat(MATRIX.rowsNeverHit()).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} {2}: {4}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    # row, event, urgency (* is any), to, letter, clock, escalate to
                    NM01, allegation-received, *, complainant, receipt, D01-target, head-of-programme
                    NM02, allegation-received, URGENT, protection, urgent-allegation, D02, on-call-director
                    NM03, credible-and-actionable, *, audit-programme, dossier, D04, head-of-responsible-sourcing
                    NM04, credible-and-actionable, *, complainant, being-investigated, tell-decision, ombudsperson
                    NM05, not-credible, *, complainant, not-credible, tell-decision, ombudsperson
                    NM06, not-actionable, *, complainant, not-actionable, tell-decision, ombudsperson
                    NM07, not-substantiated, *, downstream, not-substantiated, tell-not-substantiated, -
                    NM08, not-substantiated, *, complainant, not-substantiated-complainant, tell-not-substantiated, -
                    NM09, substantiated, *, downstream smelter, substantiated, tell-decision, programme-board
                    NM10, substantiated, *, complainant, substantiated-complainant, tell-decision, programme-board
                    NM11, level-decided, *, smelter, level-decided, D10, -
                    NM12, level-decided, *, downstream, level-summary, D10, -
                    NM13, level-decided, *, complainant, remedy-planned, D10, -
                    NM14, ongoing-exploitation, *, protection facilitator vsc, ongoing-exploitation, D02, on-call-director
                    NM15, plan-ready, *, smelter audit-programme, plan-ready, D13-l1, audit-programme
                    NM16, plan-decided, *, smelter facilitator, plan-decided, D14, panel
                    NM17, funding-gap, *, smelter downstream, funding-gap, D15, audit-programme
                    NM100, funding-overdue, *, smelter downstream audit-programme, funding-overdue, D15-stop, audit-programme
                    NM18, service-reported, *, vsc, service-reported, D26, facilitator
                    NM19, help-given, *, facilitator, help-given, help-report, -
                    NM20, progress, *, smelter audit-programme, progress-report, D17-first, audit-programme
                    NM21, progress, *, downstream, progress-summary, D17-first, audit-programme
                    NM22, more-victims, *, protection facilitator, more-victims, more-victims, on-call-director
                    NM170, flash-report, *, audit-programme, flash-report, D17-flash, audit-programme
                    NF1, new-information, *, audit-programme, new-information, D09, -
                    NF2, level-raised, *, downstream facilitator, level-raised, D10, -
                    NM160, share-short, *, smelter, share-short, tell-decision, -
                    NM145, level-owed-now, *, smelter, level-owed-now, D10, -
                    NM154, level-asked-now, *, smelter, level-asked-now, D10, -
                    NF3, case-reopened, *, complainant, case-reopened-complainant, tell-decision, -
                    NF4, case-reopened, *, downstream vsc protection audit-programme, case-reopened-facts, tell-decision, -
                    NF5, complaint-withdrawn, *, complainant, complaint-withdrawn, tell-decision, -
                    NF6, closed-with-reasons, *, complainant, closed-with-reasons, tell-decision, ombudsperson
                    NF7, handed-over, *, complainant, handed-over-complainant, tell-decision, -
                    NF8, complaint-withdrawn, *, downstream, complaint-closed, tell-decision, -
                    NF9, closed-with-reasons, *, downstream, complaint-closed, tell-decision, -
                    NF10, handed-over, *, downstream vsc, handed-over, tell-decision, -
                    NM97, level-refused, *, downstream audit-programme, level-refused, tell-decision, -
                    NM98, level-accepted, *, downstream audit-programme, level-accepted, tell-decision, -
                    NM152, leverage-joined, *, downstream, leverage-joined, tell-decision, -
                    NM96, plan-widened, *, smelter facilitator vsc audit-programme downstream, plan-widened, tell-decision, -
                    NM153, level-added, *, smelter facilitator audit-programme downstream, level-added, tell-decision, -
                    NM23, retaliation, *, protection facilitator, retaliation, retaliation, on-call-director
                    NM110, custody-handed-over, *, audit-programme facilitator vsc protection, custody-handed-over, tell-decision, -
                    NM144, interviewed-elsewhere, *, vsc protection, interviewed-elsewhere, tell-decision, -
                    NM120, deadline-moved, *, downstream smelter facilitator vsc audit-programme dpo, deadline-moved, tell-decision, -
                    NM121, clock-paused, *, downstream smelter facilitator vsc audit-programme dpo, clock-paused, tell-decision, -
                    NM122, clock-runs-on, *, downstream smelter facilitator vsc audit-programme dpo, clock-runs-on, tell-decision, -
                    NM123, deadline-not-moved, *, downstream smelter facilitator vsc audit-programme dpo, deadline-not-moved, tell-decision, -
                    NM24, final-report, *, smelter audit-programme, final-report, final-report, -
                    NM124, emergency-entered, *, downstream smelter facilitator vsc audit-programme, emergency-entered, tell-decision, -
                    NM125, emergency-renewed, *, downstream smelter facilitator vsc audit-programme, emergency-renewed, tell-decision, -
                    NM126, emergency-left, *, downstream smelter facilitator vsc audit-programme, emergency-left, tell-decision, -
                    NM25, closing-recommended, *, downstream, closing-recommended, D19, -
                    NM26, case-closed, *, downstream smelter facilitator audit-programme, case-closed, D20, -
                    NM27, case-closed, *, complainant, case-closed-complainant, D20, -
                    NM28, case-closed, *, vsc, tell-victims, D20, -
                    NM30, objection-upheld, *, complainant, objection-upheld, tell-decision, ombudsperson
                    NM31, objection-upheld, *, downstream vsc protection audit-programme, case-reopened, tell-decision, -
                    NM32, objection-rejected, *, complainant, objection-rejected, tell-decision, ombudsperson
                    NM33, objection-rejected, *, vsc protection, tell-objection-rejected, tell-decision, -
                    NM148, objection-joined, *, complainant, objection-joined, tell-decision, ombudsperson
                    NM149, tell-objection-joined, *, vsc protection, tell-objection-joined, tell-decision, -
                    NM150, objection-weighed, *, complainant, objection-weighed, tell-decision, ombudsperson
                    NM151, tell-objection-weighed, *, vsc protection, tell-objection-weighed, tell-decision, -
                    NM35, admission-delayed, *, secretariat, admission-delayed, admission-dossier, -
                    NM29, lessons, *, downstream smelter facilitator vsc provider audit-programme protection legal, lessons, D22-review, -
                    CN1, concern-dialogue-open, *, member, concern-dialogue-open, concern-dialogue, -
                    CN2, concern-referral-open, *, steering-committee secretariat, concern-referral-open, concern-referral, government-chair
                    CN3, concern-referral-late, *, government-chair secretariat, concern-referral-late, concern-task, -
                    CN4, concern-not-referred, *, member, concern-not-referred, plenary-request, -
                    CN5, concern-closed, *, member secretariat, concern-closed, concern-task, -
                    CN6, concern-record-open, *, member, concern-record-open, concern-confirmation, -
                    CN7, concern-submission-open, *, member, concern-submission-open, concern-submission, -
                    CN8, concern-special-open, *, government-chair secretariat, concern-special-open, concern-task, -
                    CN9, concern-schedule-open, *, government-chair secretariat, concern-schedule-open, concern-task, -
                    NM60, report-reminder, *, member, report-reminder, report-lead, -
                    NM61, report-overdue, *, member secretariat, report-overdue, standing-grace, -
                    NM62, standing-at-risk, *, member, standing-at-risk, standing-grace, -
                    NM63, standing-confirmed, *, member, standing-confirmed, report-check, -
                    NM64, standing-inactive, *, member, standing-inactive, standing-cure, -
                    NM65, standing-inactive, *, secretariat steering-committee, member-inactive, standing-cure, -
                    NM66, standing-still-open, *, member, standing-still-open, standing-cure, -
                    NM67, standing-restored, *, member, standing-restored, report-check, -
                    NM68, standing-restored, *, secretariat steering-committee, member-restored, report-check, -
                    NM69, membership-ended, *, member, membership-ended, resignation-check, -
                    NM70, membership-ended, *, secretariat association, member-left, resignation-check, -
                    NM71, resignation-put-aside, *, member, resignation-put-aside, resignation-check, -
                    NM72, report-moved, *, member, report-moved, report-lead, -
                    NM73, consent-withdrawn, *, provider, consent-withdrawn, sharing-stopped, -
                    NM111, complainant-consent-withdrawn, *, downstream audit-programme vsc, complainant-consent-withdrawn, sharing-stopped, -
                    NV1, improvement-notice, *, provider, improvement-notice, D26, -
                    NV2, provider-replaced, *, provider, provider-replaced, sharing-stopped, -
                    NU1, status-update, *, complainant, status-update, D07, ombudsperson
                    NU2, substantive-feedback, *, complainant, substantive-feedback, D08, ombudsperson
                    """)
    void notice(
            String row,
            String event,
            String urgency,
            String to,
            String letter,
            String clock,
            @Nullable String escalateTo) {
        Map<String, @Nullable Object> expected =
                given("to", List.of(to.split(" ")), "letter", letter, "clock", clock, "escalateTo", escalateTo);
        for (String ofUrgency : List.of("NORMAL", "URGENT")) {
            if (urgency.equals("*") || urgency.equals(ofUrgency)) {
                assertThat(MATRIX.rows(given("event", event, "urgency", ofUrgency)))
                        .contains(expected);
                assertThat(Decision.lastHits()).contains("notification-matrix_" + row);
            } else {
                assertThat(MATRIX.rows(given("event", event, "urgency", ofUrgency)))
                        .doesNotContain(expected);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "not-substantiated, not-substantiated not-substantiated-complainant",
        "level-decided, level-decided level-summary remedy-planned",
        "case-closed, case-closed case-closed-complainant tell-victims",
    })
    void rowsComeInTheOrderOfTheTable(String event, String letters) {
        assertThat(MATRIX.all("letter", given("event", event, "urgency", "NORMAL")))
                .containsExactly((Object[]) letters.split(" "));
    }

    /** The mine operator and the supplier are no roles, so that they cannot be addressed at all. */
    @Test
    void onlyRolesAndTheComplainantAreTold() {
        Set<Object> allowed = new HashSet<>(Roles.all());
        allowed.add("complainant");
        for (String event : EVENTS) {
            for (Map<String, @Nullable Object> row : MATRIX.rows(given("event", event, "urgency", "URGENT"))) {
                assertThat(allowed).containsAll((List<?>) row.get("to"));
            }
        }
    }

    @Test
    void everyClockOfANoticeRuns() {
        for (String event : EVENTS) {
            for (Object clock : MATRIX.all("clock", given("event", event, "urgency", "URGENT"))) {
                assertThat(CLOCKS.rows(given("clock", clock, "urgency", "URGENT", "mode", "NORMAL")))
                        .hasSize(1);
            }
        }
    }

    @Test
    void anUnknownEventIsRefusedByName() {
        assertThatThrownBy(() -> MATRIX.rows(given("event", "tea-time", "urgency", "NORMAL")))
                .isInstanceOf(BadDecisionInput.class)
                .hasMessageContaining("event = tea-time is not allowed");
        assertThatThrownBy(() -> MATRIX.rows(given("event", "lessons"))).hasMessageContaining("urgency is missing");
    }
}
