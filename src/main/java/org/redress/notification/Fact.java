package org.redress.notification;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * What a letter may say of a case: this list and nothing else. None of it can carry a name, a narrative, a contact or a
 * place: numbers and days are checked for their shape, and words come from {@code messages.properties}, never from the
 * case.
 */
enum Fact {
    CASE_NUMBER("caseNumber", Shape.NUMBER),
    RECEIVED_ON("receivedAt", Shape.DAY),
    LEVEL_1("level1", Shape.WORD),
    LEVEL_2("level2", Shape.WORD),
    /** Whether a smelter has refused, was silent, or accepted and paid nothing; a ladder of an earlier model does not say. */
    REFUSAL_KIND("refusalKind", Shape.WORD),
    /** The measure on a smelter that the downstream company joins. */
    MEASURE("measure", Shape.WORD),
    /** What of the plan was decided on; a decision by an earlier model does not say. */
    DECIDED_ON("decidedOn", Shape.WORD),
    PLAN_SUBMITTED_ON("planSubmittedAt", Shape.DAY),
    CLOSING_OUTCOME("closingOutcome", Shape.WORD),
    /** How far the case is, in the six words for those who complained. */
    HOW_IT_STANDS("howItStands", Shape.WORD),
    /** Whether it goes on as they were told. */
    OUTLOOK("outlook", Shape.WORD),
    /** What came of an objection that was weighed with a case that is open again. */
    OBJECTION_TELLS("objectionTells", Shape.WORD),
    SUBMITTED_ON("submittedAt", Shape.DAY),
    CONCERN_OUTCOME("concernOutcome", Shape.WORD),
    /** What a task is called in the diagram: never a text from the case. */
    TASK_NAME("taskName", Shape.NAME),
    TASK_DUE_ON("taskDueAt", Shape.DAY),
    REPORT_DUE_ON("reportDueAt", Shape.DAY),
    GRACE_ENDS_ON("graceEndsAt", Shape.DAY),
    IMPROVE_BY("improveBy", Shape.DAY),
    STANDING_REASON("standingReason", Shape.WORD),
    /** A clock of a case that was moved. */
    MOVING_CLOCK("movingClock", Shape.WORD),
    PAUSED_UNTIL("pausedUntil", Shape.DAY),
    /** Why an emergency stands where the site of the case is, and until when. */
    EMERGENCY_REASON("emergencyReason", Shape.WORD),
    EMERGENCY_ENDS_ON("emergencyEndsAt", Shape.DAY),
    DECLINE_REASON("declineReason", Shape.WORD),
    /** To the second (UTC), so that each of two letters is told. */
    SINCE("since", Shape.MOMENT),
    /** The committee as the rules of the case call it: the Steering Committee is the Board since July 2025 (E.0). */
    COMMITTEE("committee", "rulesVersion", Shape.WORD);

    private static final Pattern NUMBER = Pattern.compile("[RMC]-\\d{4}-\\d{4,9}");

    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}{}]{1,120}");

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private final String name;
    private final String variable;
    private final Shape shape;

    Fact(String variable, Shape shape) {
        this(variable, variable, shape);
    }

    Fact(String name, String variable, Shape shape) {
        this.name = name;
        this.variable = variable;
        this.shape = shape;
    }

    /** The fact that a template names. */
    static Optional<Fact> named(String name) {
        return Arrays.stream(values()).filter(fact -> fact.name.equals(name)).findFirst();
    }

    String variable() {
        return variable;
    }

    /**
     * The fact in words.
     *
     * @throws IllegalArgumentException if the value has not the shape of this fact; the message does not repeat it
     */
    String inWords(@Nullable Object value, MessageSource words, Locale language, ZoneId zone) {
        if (value == null && (this == REFUSAL_KIND || this == DECIDED_ON)) {
            return inWords("UNKNOWN", words, language, zone);
        }
        if (value == null) {
            throw new IllegalArgumentException("A letter needs " + variable + ", which the case does not have yet");
        }
        String text = value.toString();
        return switch (shape) {
            case NUMBER -> {
                if (!NUMBER.matcher(text).matches()) {
                    throw new IllegalArgumentException(variable + " is no case number");
                }
                yield text;
            }
            case DAY -> {
                if (!(value instanceof Date moment)) {
                    throw new IllegalArgumentException(variable + " is no date");
                }
                yield day(LocalDate.ofInstant(moment.toInstant(), zone));
            }
            case MOMENT -> {
                if (!(value instanceof Instant moment)) {
                    throw new IllegalArgumentException(variable + " is no moment");
                }
                yield MOMENT.format(moment);
            }
            case NAME -> {
                if (!NAME.matcher(text).matches()) {
                    throw new IllegalArgumentException(variable + " is no name of a task");
                }
                yield text;
            }
            case WORD -> {
                String word = words.getMessage("letter." + name + "." + text, null, "", language);
                if (word == null || word.isEmpty()) {
                    throw new IllegalArgumentException(variable + " is none of the words that letters know");
                }
                yield word;
            }
        };
    }

    /** yyyy-MM-dd, in every language: as the pages and the forms write days, so that nobody compares two ways of writing. */
    static String day(LocalDate day) {
        return DateTimeFormatter.ISO_LOCAL_DATE.format(day);
    }

    private enum Shape {
        NUMBER,
        DAY,
        MOMENT,
        NAME,
        WORD
    }
}
