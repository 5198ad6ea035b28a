package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanReferenceTest {

    @Test
    void aReferenceCanBeReadOutAndSaysNothing() {
        assertThat(PlanReference.ofPerson().value()).matches("V-[2-9A-HJKMNP-Z]{6}");
        assertThat(PlanReference.ofProgramme().value()).matches("P-[2-9A-HJKMNP-Z]{6}");
    }

    @Test
    void referencesAreNotCountedUp() {
        assertThat(Stream.generate(PlanReference::ofPerson).limit(1000)).doesNotHaveDuplicates();
    }
}
