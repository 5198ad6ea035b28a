package org.redress.vault;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The same on a file, beside the engine of another class of the suite. */
interface OnAFileOfH2 {

    @DynamicPropertySource
    static void firstLook(DynamicPropertyRegistry registry) {
        OnH2InMemory.properties(registry, CanaryWholeOnH2Test.url());
        registry.add("camunda.bpm.generate-unique-process-engine-name", () -> "true");
        registry.add("camunda.bpm.generate-unique-process-application-name", () -> "true");
        registry.add("camunda.bpm.webapp.enabled", () -> "false");
    }
}
