package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a rule sees of a form in its second round: the answers of this one, beside what is known. */
class FormRuleTest {

    private static final String FORM =
            """
            {"id": "complete-file", "components": [
              {"type": "radio", "id": "f1", "key": "papersSent", "validate": {"required": true},
               "values": [{"value": "YES"}, {"value": "NO"}]},
              {"type": "textfield", "id": "f2", "key": "papersReceived",
               "conditional": {"hide": "=papersSent != \\"YES\\""}},
              {"type": "textfield", "id": "f3", "key": "remark"},
              {"type": "textfield", "id": "f4", "key": "category", "disabled": true},
              {"type": "group", "id": "g1", "readonly": true, "components": [
                {"type": "textfield", "id": "f5", "key": "applicant"}]},
              {"type": "textfield", "id": "f6", "key": "needed",
               "validate": {"required": true}, "conditional": {"hide": "=category = \\"NGO\\""}}]}
            """;

    /** What the first round left, and the facts of the case. */
    private static final Map<String, @Nullable Object> KNOWN = Map.of(
            "papersSent", "YES",
            "papersReceived", "statutes",
            "remark", "an old one",
            "category", "NGO",
            "applicant", "org-vigil",
            "requiredPapers", List.of("statutes", "accounts"));

    private final List<Map<String, @Nullable Object>> seen = new ArrayList<>();

    private List<FormProblem> submit(Map<String, @Nullable Object> submitted) throws Exception {
        FormRule rule = new FormRule() {
            @Override
            public List<String> forms() {
                return List.of("complete-file");
            }

            @Override
            public List<FormProblem> check(Map<String, @Nullable Object> values) {
                seen.add(values);
                return values.get("papersReceived") == null
                        ? List.of()
                        : List.of(new FormProblem("papersReceived", "the accounts are missing"));
            }
        };
        return FormGate.problems(
                new FormCheck(new ObjectMapper().readTree(FORM)), List.of(rule), submitted, new HashMap<>(KNOWN));
    }

    @Test
    void whatTheFormHidesNowIsNotLookedAtThoughAnEarlierRoundFilledItIn() throws Exception {
        assertThat(submit(Map.of("papersSent", "NO", "remark", "none came"))).isEmpty();
        assertThat(seen).singleElement().satisfies(values -> assertThat(values)
                .containsEntry("papersSent", "NO")
                .containsEntry("remark", "none came")
                .containsEntry("papersReceived", null));
    }

    @Test
    void whatWasEmptiedIsEmpty() throws Exception {
        Map<String, @Nullable Object> submitted = new HashMap<>();
        submitted.put("papersSent", "YES");
        submitted.put("papersReceived", null);
        assertThat(submit(submitted)).isEmpty();
        assertThat(seen).singleElement().satisfies(values -> assertThat(values)
                .containsEntry("papersReceived", null)
                .containsEntry("remark", null));
    }

    @Test
    void whatWasSentIsLookedAtBesideTheFactsOfTheCase() throws Exception {
        assertThat(submit(Map.of("papersSent", "YES", "papersReceived", "statutes")))
                .extracting(FormProblem::message)
                .containsExactly("the accounts are missing");
        assertThat(seen).singleElement().satisfies(values -> assertThat(values)
                .as("also those that the form only shows")
                .containsEntry("requiredPapers", List.of("statutes", "accounts"))
                .containsEntry("category", "NGO")
                .containsEntry("applicant", "org-vigil"));
    }

    @Test
    void whatTheFormItselfRefusesNoRuleSees() throws Exception {
        assertThat(submit(Map.of("papersSent", "NO", "papersReceived", "statutes")))
                .extracting(FormProblem::field)
                .containsExactly("papersReceived");
        assertThat(seen).isEmpty();
    }
}
