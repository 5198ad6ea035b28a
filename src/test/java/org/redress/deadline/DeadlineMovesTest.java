package org.redress.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;
import org.redress.deadline.DeadlineMoves.Kind;
import org.redress.deadline.DeadlineMoves.Move;
import org.springframework.beans.factory.annotation.Autowired;

/** C.10: the extension log says how far a due date moved, and what it says holds. */
@SuppressWarnings("NullAway.Init")
class DeadlineMovesTest extends ProcessTest {

    private static final Instant STARTED = Instant.parse("2026-02-02T09:00:00.123Z");
    private static final Instant TWO_MONTHS = Instant.parse("2026-04-02T23:59:59Z");
    private static final Instant FOUR_MONTHS = Instant.parse("2026-06-02T23:59:59Z");

    @Autowired
    private DeadlineMoves moves;

    private String caseNumber;

    @BeforeEach
    void aCase() {
        caseNumber = newCaseNumber();
    }

    @Test
    void aSecondClickMovesNothingTwice() {
        assertThat(moves.record(caseNumber + "/1", extension(FOUR_MONTHS))).isTrue();
        assertThat(moves.record(caseNumber + "/1", extension(FOUR_MONTHS.plusSeconds(86400))))
                .isFalse();
        assertThat(moves.ofCase(caseNumber)).singleElement().satisfies(recorded -> {
            assertThat(recorded.move()).isEqualTo(extension(FOUR_MONTHS));
            assertThat(recorded.at()).isEqualTo(ClockUtil.getCurrentTime().toInstant());
        });
        assertThat(moves.of(caseNumber)).singleElement().satisfies(line -> {
            assertThat(line.by()).isEqualTo("second");
            assertThat(line.kind()).isEqualTo("DEADLINE");
            assertThat(line.facts())
                    .containsEntry("clock", "D06")
                    .containsEntry("to", "2026-06-02T23:59:59Z")
                    .containsEntry("reason", "ACCESS")
                    .containsEntry("askedBy", "first");
        });
    }

    @Test
    void theLastMoveOfTheSameClockFromTheSameMomentCounts() {
        moves.record(caseNumber + "/1", extension(FOUR_MONTHS));
        assertThat(moves.movedTo(caseNumber, new CountedClock("D06", null, STARTED)))
                .contains(FOUR_MONTHS);
        assertThat(moves.movedTo(caseNumber, new CountedClock("D06", null, STARTED.plusNanos(400))))
                .as("the engine knows milliseconds")
                .contains(FOUR_MONTHS);
        assertThat(moves.movedTo(caseNumber, new CountedClock("D06", null, STARTED.plusMillis(1))))
                .isEmpty();
        assertThat(moves.movedTo(caseNumber, new CountedClock("D06", "task_investigate", STARTED)))
                .isEmpty();
        assertThat(moves.movedTo(caseNumber, new CountedClock("D09", null, STARTED)))
                .isEmpty();
        assertThat(moves.movedTo(caseNumber + "1", new CountedClock("D06", null, STARTED)))
                .isEmpty();
        moves.record(caseNumber + "/2", extension(FOUR_MONTHS.minusSeconds(86400)));
        assertThat(moves.movedTo(caseNumber, new CountedClock("D06", null, STARTED)))
                .contains(FOUR_MONTHS.minusSeconds(86400));
    }

    @Test
    void aPauseGoesOnUntilItsDayOrUntilItIsEnded() {
        Instant now = ClockUtil.getCurrentTime().toInstant();
        moves.record(caseNumber + "/1", pause(now.plusSeconds(3600)));
        assertThat(pausesOfTheCase()).isEqualTo(1);
        moves.record(caseNumber + "/2", extension(FOUR_MONTHS));
        assertThat(pausesOfTheCase()).as("more time ends no pause").isEqualTo(1);
        moves.record(caseNumber + "/3", pause(now));
        assertThat(pausesOfTheCase()).isZero();
        moves.record(caseNumber + "/4", pause(now.plusSeconds(60)));
        assertThat(pausesOfTheCase()).isEqualTo(1);
        ClockUtil.setCurrentTime(Date.from(now.plusSeconds(60)));
        assertThat(pausesOfTheCase()).isZero();
    }

    private long pausesOfTheCase() {
        return moves.paused().stream()
                .filter(recorded -> recorded.move().caseNumber().equals(caseNumber))
                .count();
    }

    private Move extension(Instant to) {
        return new Move(
                caseNumber,
                "D06",
                null,
                STARTED,
                TWO_MONTHS,
                to,
                Kind.EXTENSION,
                "ACCESS",
                null,
                "first",
                "audit-programme",
                "second");
    }

    private Move pause(Instant until) {
        return new Move(
                caseNumber,
                "D06",
                null,
                STARTED,
                TWO_MONTHS,
                FOUR_MONTHS,
                Kind.PAUSE,
                "ACCESS",
                until,
                "first",
                "audit-programme",
                "second");
    }
}
