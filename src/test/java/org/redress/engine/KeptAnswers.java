package org.redress.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/** Keeps what the form of {@link UnrecordedFieldsTest} asks; in the one context of all process tests. */
@Component
class KeptAnswers implements UnrecordedAnswers {

    private final List<Answer> taken = new CopyOnWriteArrayList<>();

    List<Answer> taken() {
        return taken;
    }

    @Override
    public String form() {
        return "unrecorded-probe";
    }

    @Override
    public void take(Answer answer) {
        if ("refuse me".equals(answer.values().get("whisper"))) {
            throw new InvalidInput("This answer cannot be taken");
        }
        taken.add(answer);
    }
}
