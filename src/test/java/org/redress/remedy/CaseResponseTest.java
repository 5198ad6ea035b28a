package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseResponseTest {

    @ParameterizedTest(name = "{0} → {1}/{2}, row {3}: {4}")
    @CsvSource({
        // one smelter
        "A MANDATORY YES RECOMMENDED NO, MANDATORY, RECOMMENDED, A, REMEDY_OWED",
        "A MANDATORY NO RECOMMENDED NO, MANDATORY, RECOMMENDED, A, REMEDY_OWED",
        "A MANDATORY NO_ANSWER RECOMMENDED NO_ANSWER, MANDATORY, RECOMMENDED, A, REMEDY_OWED",
        "C RECOMMENDED YES RECOMMENDED NO, RECOMMENDED, RECOMMENDED, C, REMEDY_OWED",
        "C RECOMMENDED NO RECOMMENDED YES, RECOMMENDED, RECOMMENDED, C, OPEN",
        "C RECOMMENDED NO_ANSWER RECOMMENDED NO_ANSWER, RECOMMENDED, RECOMMENDED, C, OPEN",
        "C RECOMMENDED NO MANDATORY NO, RECOMMENDED, MANDATORY, C, REMEDY_OWED",
        "N NONE - NONE -, NONE, NONE, N, NONE_OWED",
        // two smelters, the weaker first
        "C RECOMMENDED NO RECOMMENDED NO + A MANDATORY YES RECOMMENDED NO, MANDATORY, RECOMMENDED, A, REMEDY_OWED",
        "N NONE - NONE - + C RECOMMENDED NO RECOMMENDED NO, RECOMMENDED, RECOMMENDED, C, OPEN",
        "C RECOMMENDED NO RECOMMENDED NO + C RECOMMENDED YES RECOMMENDED NO, RECOMMENDED, RECOMMENDED, C, REMEDY_OWED",
        "B MANDATORY YES NONE - + C RECOMMENDED NO RECOMMENDED NO, MANDATORY, RECOMMENDED, B, REMEDY_OWED"
    })
    void theCaseTakesTheStrictest(String smelters, String level1, String level2, String row, String outcome) {
        CaseResponse response = response(smelters);

        assertThat(response.level1()).isEqualTo(Level.valueOf(level1));
        assertThat(response.level2()).isEqualTo(Level.valueOf(level2));
        assertThat(response.row()).isEqualTo(row);
        assertThat(response.outcome()).isEqualTo(outcome);
    }

    @Test
    void aCaseWithoutSmeltersIsAMistakeAndNotACaseInWhichNothingIsOwed() {
        assertThatThrownBy(() -> CaseResponse.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No smelter is linked to this case");
    }

    @Test
    void nobodyTakesItUp() {
        CaseResponse response = response("C RECOMMENDED NO RECOMMENDED NO_ANSWER");

        assertThat(response.level2IsOpen()).isTrue();
        assertThat(response.outcomeAfter(false, false)).isEqualTo(CaseResponse.DECLINED);
        assertThat(response.outcomeAfter(true, false)).isEqualTo(CaseResponse.REMEDY_OWED);
        assertThat(response.outcomeAfter(false, true)).isEqualTo(CaseResponse.REMEDY_OWED);
    }

    @Test
    void aSmelterThatAcceptsOnlyLevel2KeepsTheCaseOpen() {
        CaseResponse response = response("C RECOMMENDED NO RECOMMENDED YES");

        assertThat(response.level2IsOpen()).isFalse();
        assertThat(response.outcomeAfter(false, false)).isEqualTo(CaseResponse.REMEDY_OWED);
    }

    @ParameterizedTest(name = "{0}, downstream {1}: {2} and {3}")
    @CsvSource({
        "A MANDATORY NO RECOMMENDED NO, true, OWED, DOWNSTREAM",
        "A MANDATORY YES RECOMMENDED NO_ANSWER, false, SMELTER, NOBODY",
        "N NONE - NONE -, true, NOT_ASKED, NOT_ASKED"
    })
    void tellsWhoCarriesEachLevel(String smelter, boolean downstream, String carrier1, String carrier2) {
        SmelterDuty duty = duty(smelter);

        assertThat(duty.carrier1(downstream)).isEqualTo(carrier1);
        assertThat(duty.carrier2(downstream)).isEqualTo(carrier2);
    }

    private static CaseResponse response(String smelters) {
        return CaseResponse.of(Arrays.stream(smelters.split(" \\+ ", -1))
                .map(CaseResponseTest::duty)
                .toList());
    }

    private static SmelterDuty duty(String text) {
        String[] words = text.split(" ", -1);
        Map<String, Object> entry =
                new HashMap<>(Map.of("name", "Luma", "row", words[0], "level1", words[1], "level2", words[3]));
        if (!words[2].equals("-")) {
            entry.put("acceptsLevel1", words[2]);
        }
        if (!words[4].equals("-")) {
            entry.put("acceptsLevel2", words[4]);
        }
        return SmelterDuty.of(entry);
    }
}
