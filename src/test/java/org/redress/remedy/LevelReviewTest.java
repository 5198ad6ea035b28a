package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redress.engine.FormProblem;

class LevelReviewTest {

    private final LevelReview review = new LevelReview();

    @ParameterizedTest(name = "row {0} on basis {1}: {2}")
    @CsvSource({
        "A, SEED, ACCEPT RAISE",
        "B, INFERRED, ACCEPT RAISE LOWER",
        "C, INFERRED, ACCEPT RAISE LOWER",
        "B, SEED, ACCEPT RAISE",
        "C, SEED, ACCEPT RAISE",
        "N, PROPOSED, ACCEPT RAISE"
    })
    void onlyInferredRowsOfferToLower(String row, String basis, String offered) {
        assertThat(values(review.outcomes(row, basis))).containsExactly(offered.split(" ", -1));
    }

    @ParameterizedTest(name = "row {0} on basis {1}: Level 1 {2}, Level 2 {4}")
    @CsvSource({
        "A, SEED, MANDATORY, MANDATORY, RECOMMENDED, RECOMMENDED MANDATORY",
        "B, INFERRED, MANDATORY, RECOMMENDED MANDATORY, RECOMMENDED, NONE RECOMMENDED MANDATORY",
        "C, INFERRED, RECOMMENDED, RECOMMENDED MANDATORY, RECOMMENDED, NONE RECOMMENDED MANDATORY",
        "B, SEED, MANDATORY, MANDATORY, RECOMMENDED, RECOMMENDED MANDATORY",
        "N, PROPOSED, NONE, NONE RECOMMENDED MANDATORY, NONE, NONE RECOMMENDED MANDATORY"
    })
    void helpForThePeopleHarmedNeverFallsBelowRecommended(
            String row, String basis, String table1, String choices1, String table2, String choices2) {
        assertThat(values(review.level1Choices(row, basis, table1))).containsExactly(choices1.split(" ", -1));
        assertThat(values(review.level2Choices(row, basis, table2))).containsExactly(choices2.split(" ", -1));
    }

    @ParameterizedTest(name = "row {0}, {2} to {3}/{4}: {5}")
    @CsvSource({
        "A, SEED, LOWER, RECOMMENDED, RECOMMENDED, reviewedLevel1",
        "A, SEED, LOWER, MANDATORY, NONE, reviewedLevel2",
        "A, SEED, RAISE, MANDATORY, MANDATORY, -",
        "A, SEED, RAISE, MANDATORY, RECOMMENDED, reviewOutcome",
        "B, INFERRED, LOWER, RECOMMENDED, RECOMMENDED, -",
        "B, INFERRED, LOWER, MANDATORY, NONE, -",
        "B, INFERRED, LOWER, NONE, NONE, reviewedLevel1",
        "B, INFERRED, LOWER, MANDATORY, MANDATORY, reviewOutcome",
        "B, INFERRED, RAISE, RECOMMENDED, MANDATORY, reviewOutcome",
        "B, SEED, LOWER, RECOMMENDED, RECOMMENDED, reviewedLevel1"
    })
    void refusesWhatTheGuidelineRulesOut(
            String row, String basis, String outcome, String level1, String level2, String problem) {
        List<FormProblem> problems = review.check(Map.of(
                "row", row,
                "basis", basis,
                "tableLevel1", "MANDATORY",
                "tableLevel2", "RECOMMENDED",
                "reviewOutcome", outcome,
                "reviewedLevel1", level1,
                "reviewedLevel2", level2));

        assertThat(problems)
                .extracting(FormProblem::field)
                .isEqualTo(problem.equals("-") ? List.of() : List.of(problem));
    }

    @Test
    void acceptingAsksForNoLevel() {
        assertThat(review.check(Map.of("reviewOutcome", "ACCEPT", "row", "A"))).isEmpty();
    }

    private static List<String> values(List<Map<String, String>> choices) {
        return choices.stream().map(choice -> choice.getOrDefault("value", "")).toList();
    }
}
