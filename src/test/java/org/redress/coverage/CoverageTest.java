package org.redress.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Every flow node was visited and every row was hit by some test of this run. Runs last (junit-platform.properties orders
 * classes by {@link Order}); alone, without the process tests, it has nothing to say.
 */
@Order(Integer.MAX_VALUE)
class CoverageTest {

    private static final Coverage MODELS = new Coverage(Path.of(""));
    private static final Coverage SOUND = new Coverage(Path.of("src/test/resources/probes/sound"));

    @Test
    void everyFlowNodeIsVisitedBySomeTest() {
        assumeTrue(!Visits.OF_THIS_RUN.nodes().isEmpty(), "process tests ran before");
        assertThat(MODELS.nodesMissing(Visits.OF_THIS_RUN)).isEmpty();
    }

    @Test
    void everyRowOfADecisionIsHitBySomeTest() {
        assumeTrue(!Visits.OF_THIS_RUN.rows().isEmpty(), "decision tests ran before");
        assertThat(MODELS.rowsMissing(Visits.OF_THIS_RUN)).isEmpty();
    }

    @Test
    void aFlowNodeThatNobodyVisitsAndARowThatNobodyHitsAreNamed() {
        Visits all = new Visits(new HashSet<>(), new HashSet<>());
        Set<String> nodes = new HashSet<>(SOUND.nodesMissing(all));
        Set<String> rows = new HashSet<>(SOUND.rowsMissing(all));
        nodes.remove("sound-case/task_approve");
        rows.remove("sound-weight/SW2");
        Visits some = new Visits(nodes, rows);
        assertThat(SOUND.nodesMissing(some)).containsExactly("sound-case/task_approve");
        assertThat(SOUND.rowsMissing(some)).containsExactly("sound-weight/SW2");
    }
}
