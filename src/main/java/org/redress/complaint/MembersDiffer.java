package org.redress.complaint;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;
import org.springframework.stereotype.Component;

/** A member raises a concern about another one (membership-and-concern.md B stage 1). */
@Component
class MembersDiffer implements FormRule {

    @Override
    public List<String> forms() {
        return List.of("register-concern");
    }

    @Override
    public List<FormProblem> check(Map<String, @Nullable Object> values) {
        String raiser = named(values, "raisingMember", "raiserChosen");
        String subject = named(values, "concernedMember", "subjectChosen");
        if (raiser.isEmpty() || !raiser.equals(subject)) {
            return List.of();
        }
        return List.of(new FormProblem(
                "subjectChosen", "This member raises the concern itself: choose the one that it is about"));
    }

    private static String named(Map<String, @Nullable Object> values, String known, String chosen) {
        String name = Objects.toString(values.get(known), "");
        return name.isEmpty() ? Objects.toString(values.get(chosen), "") : name;
    }
}
