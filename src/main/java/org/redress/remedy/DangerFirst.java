package org.redress.remedy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;

/**
 * As long as somebody is in danger, nobody decides on the monitoring but to escalate (remedy.md A.5, E04, decision
 * monitoring-decision MD1; that it binds is PROPOSED).
 *
 * @param form the form that asks
 * @param field its field with the decision
 * @param then what can be done instead
 */
record DangerFirst(String form, String field, String then, DangerProcess danger) implements FormRule {

    @Override
    public List<String> forms() {
        return List.of(form);
    }

    @Override
    public List<FormProblem> check(Map<String, @Nullable Object> values) {
        return !"ESCALATE".equals(values.get(field)) && danger.isOpen(values)
                ? List.of(new FormProblem(field, "Somebody is in danger, and that comes first: " + then))
                : List.of();
    }
}
