package org.redress.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every diagram can be read by a stranger, as far as a formula can tell. */
class LayoutTest {

    @Test
    void everyDiagramIsDrawnForAStranger() {
        List<Finding> findings =
                new LayoutGate().findings(Models.in(Path.of("")), new House(Map.of(), Set.of(), Map.of(), Map.of()));
        assertThat(findings).isEmpty();
    }
}
