package org.redress.remedy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;

/**
 * More information is asked for once; then somebody decides (remedy.md A.1, requestMoreInformation).
 *
 * @param form the form in which somebody judges whether an allegation is credible
 * @param field the field of the judgement
 */
record AskedOnce(String form, String field) implements FormRule {

    @Override
    public List<String> forms() {
        return List.of(form);
    }

    @Override
    public List<FormProblem> check(Map<String, @Nullable Object> values) {
        if (!"NEED_INFO".equals(values.get(field)) || "NOT_YET".equals(values.get("infoRequested"))) {
            return List.of();
        }
        return List.of(new FormProblem(
                field,
                "More information was asked for once already: decide now whether it is credible. A case that is closed"
                        + " opens again on new facts."));
    }
}
