package org.redress.governance;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A time in which applications are taken (membership.md A.1, 2).
 *
 * @param id such as {@code 2027-spring}
 * @param opensOn first day, null when nobody said
 * @param closesOn last day; an application of that day is in time
 * @param assessed the month in which its applications are deliberated, {@code yyyy-MM}
 */
public record Window(String id, @Nullable LocalDate opensOn, LocalDate closesOn, String assessed) {

    String days() {
        return (opensOn == null ? "until " : opensOn + " to ") + closesOn + ", assessed in " + assessed;
    }
}
