package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.redress.engine.InvalidForm;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The log of lessons that is kept from step 1 on, and read in step 6 (guideline step 6, remedy.md A.6, E17). */
class LessonLogTest extends UnderWay {

    @Autowired
    private JdbcClient jdbc;

    @Test
    void whatIsLearnedOnTheWayIsReadWhenTheLessonsAreCollected() {
        reviewed(Scenario.of("S06"));
        learned("downstream", "verify-allegation", "DELAY", "The press was faster than our own people.");
        learned("smelter", "determine-response", "WORKED", "");
        assertThat(lines("case_number = ? and kind = 'DELAY' and note like 'vault:%'"))
                .as("the text is sealed")
                .isEqualTo(1);
        assertThat(lines("case_number = ? and kind = 'WORKED' and note is null"))
                .isEqualTo(1);

        nobodyTakesItUp();
        assertThat(lines("case_number = ? and kind = 'LEVEL_DECLINED' and step = 'determine-response'"))
                .isEqualTo(1);
        assertThat(shown("audit-programme", "task_collectLessons", "lessonLines"))
                .contains("\"step\":\"verify-allegation\",\"kind\":\"DELAY\",\"text\":\"YES\"")
                .contains("\"step\":\"determine-response\",\"kind\":\"WORKED\",\"text\":\"NO\"")
                .contains("\"step\":\"determine-response\",\"kind\":\"LEVEL_DECLINED\",\"text\":\"NO\"")
                .doesNotContain("faster than our own people");
    }

    @Test
    void onlyWhoWorksOnTheCaseWritesIntoItsLog() {
        reviewed(Scenario.of("S06"));
        for (String other : List.of("smelter-b", "vsc", "facilitator")) {
            assertThatThrownBy(() -> learned(other, "plan-remedy", "RISK", ""))
                    .as(other)
                    .isInstanceOf(InvalidForm.class)
                    .hasMessageContaining("you have no such case");
        }
        for (String other : List.of("provider", "secretariat")) {
            assertThatThrownBy(() -> learned(other, "plan-remedy", "RISK", ""))
                    .as(other)
                    .isInstanceOf(RuntimeException.class)
                    .isNotInstanceOf(InvalidForm.class);
        }
        assertThat(lines("case_number = ?")).isZero();
    }

    private void nobodyTakesItUp() {
        complete("audit-programme", "task_reviewLevel", accepted());
        complete("audit-programme", "task_assessInvolvement", RemedyForms.involvement());
        complete("smelter", "task_smelterResponse", RemedyForms.answer("NO", "NO"));
        complete("smelter", "task_enhancedDueDiligence", RemedyForms.dueDiligence(today()));
        complete("audit-programme", "task_reviewDueDiligence", RemedyForms.dueDiligenceAccepted());
        complete(
                "downstream",
                "task_askDownstream",
                Map.of(
                        "downstreamTakesUp1", "NO",
                        "downstreamTakesUp2", "NO",
                        "takeUpReason", "We have no contract with anybody there."));
        complete("downstream", "task_offerReferral", Step1.noReferral());
    }

    private void learned(String user, String step, String kind, String note) {
        startByForm(
                user,
                "log-lesson",
                note.isEmpty()
                        ? Map.of("caseNumber", caseNumber, "lessonStep", step, "lessonKind", kind)
                        : Map.of("caseNumber", caseNumber, "lessonStep", step, "lessonKind", kind, "lessonNote", note));
    }

    private int lines(String which) {
        return jdbc.sql("select count(*) from lesson_line where " + which)
                .param(caseNumber)
                .query(Integer.class)
                .single();
    }
}
