package org.redress.remedy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;
import org.springframework.stereotype.Component;

/**
 * What the audit programme may make of the level that the table gives (remedy.md A.2, B.1). Raising is always possible.
 * Lowering is possible only in rows B and C, and only while their basis is not the guideline itself. Even there Level 1
 * stays at least recommended: an allegation was substantiated, so people were harmed and remedy has to follow.
 */
@Component("levelReview")
public class LevelReview implements FormRule {

    static final String ACCEPT = "ACCEPT";
    static final String RAISE = "RAISE";
    static final String LOWER = "LOWER";

    private static final Set<String> INFERRED_ROWS = Set.of("B", "C");

    /** What the reviewer may decide about this row, as choices of a radio field: {@code [{label, value}]}. */
    public List<Map<String, String>> outcomes(String row, String basis) {
        List<Map<String, String>> outcomes = new ArrayList<>();
        outcomes.add(choice(ACCEPT, "Accept what the table says"));
        outcomes.add(choice(RAISE, "Raise it"));
        if (mayBeLowered(row, basis)) {
            outcomes.add(choice(LOWER, "Lower it, if a second person agrees"));
        }
        return outcomes;
    }

    /** The values that Level 1 may take, as choices of a select field. */
    public List<Map<String, String>> level1Choices(String row, String basis, String tableLevel) {
        return choicesFrom(lowest1(row, basis, Level.valueOf(tableLevel)));
    }

    /** The values that Level 2 may take, as choices of a select field. */
    public List<Map<String, String>> level2Choices(String row, String basis, String tableLevel) {
        return choicesFrom(lowest2(row, basis, Level.valueOf(tableLevel)));
    }

    @Override
    public List<String> forms() {
        return List.of("review-level");
    }

    @Override
    public List<FormProblem> check(Map<String, @Nullable Object> values) {
        String outcome = text(values, "reviewOutcome");
        if (outcome.equals(ACCEPT)) {
            return List.of();
        }
        String row = text(values, "row");
        String basis = text(values, "basis");
        Level table1 = Level.valueOf(text(values, "tableLevel1"));
        Level table2 = Level.valueOf(text(values, "tableLevel2"));
        Level level1 = Level.valueOf(text(values, "reviewedLevel1"));
        Level level2 = Level.valueOf(text(values, "reviewedLevel2"));
        List<FormProblem> problems = new ArrayList<>();
        if (level1.isBelow(lowest1(row, basis, table1))) {
            problems.add(new FormProblem("reviewedLevel1", "Level 1 of row " + row + " cannot be lowered that far"));
        }
        if (level2.isBelow(lowest2(row, basis, table2))) {
            problems.add(new FormProblem("reviewedLevel2", "Level 2 of row " + row + " cannot be lowered that far"));
        }
        boolean lower = level1.isBelow(table1) || level2.isBelow(table2);
        boolean higher = level1.isAbove(table1) || level2.isAbove(table2);
        if (outcome.equals(RAISE) && (lower || !higher)) {
            problems.add(
                    new FormProblem("reviewOutcome", "To raise, choose a level above the table's, and none below it"));
        }
        if (outcome.equals(LOWER) && !lower) {
            problems.add(new FormProblem("reviewOutcome", "To lower, choose a level below the table's"));
        }
        return problems;
    }

    private static boolean mayBeLowered(String row, String basis) {
        return INFERRED_ROWS.contains(row) && !basis.equals("SEED");
    }

    private static Level lowest1(String row, String basis, Level table) {
        return mayBeLowered(row, basis) && table.isAbove(Level.RECOMMENDED) ? Level.RECOMMENDED : table;
    }

    private static Level lowest2(String row, String basis, Level table) {
        return mayBeLowered(row, basis) ? Level.NONE : table;
    }

    private static List<Map<String, String>> choicesFrom(Level lowest) {
        return Arrays.stream(Level.values())
                .filter(level -> !level.isBelow(lowest))
                .map(level -> choice(level.name(), level.label()))
                .toList();
    }

    private static Map<String, String> choice(String value, String label) {
        return Map.of("value", value, "label", label);
    }

    private static String text(Map<String, @Nullable Object> values, String name) {
        return Objects.toString(values.get(name), "");
    }
}
