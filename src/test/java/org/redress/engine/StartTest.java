package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;

class StartTest extends ProcessTest {

    @Test
    void theDemoPeopleAreThere() {
        assertThat(identityService.checkPassword("smelter-b", "smelter-b")).isTrue();
        assertThat(identityService.createGroupQuery().groupMember("smelter-b").list())
                .extracting(org.camunda.bpm.engine.identity.Group::getId)
                .containsExactlyInAnyOrder("smelter", "org-nova");
    }
}
