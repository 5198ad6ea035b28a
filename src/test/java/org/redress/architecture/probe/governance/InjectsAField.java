package org.redress.architecture.probe.governance;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;

/** Broken: what a class needs comes by its constructor, and what it says goes to the log. */
final class InjectsAField {

    @Autowired
    private @Nullable Clock clock;

    void say() {
        System.out.println(clock);
    }
}
