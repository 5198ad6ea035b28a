package org.redress.remedy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;

/**
 * What evidence from a distance has to be (remedy.md B.12, site visit): in emergency mode only, and from two sources that do
 * not depend on each other, a local organisation or an upstream programme, and documents or a voice interview in safety. That
 * the question is asked in emergency mode only, the form itself says.
 *
 * @param form the form that asks
 * @param methods its field with the ways by which it was established
 */
record RemoteSources(String form, String methods) implements FormRule {

    static final String FACT_FINDING = "factFinding";
    static final String REMOTE = "REMOTE";

    private static final String SOURCES = "remoteSources";
    private static final Set<String> OF_OTHERS = Set.of("LOCAL_NGO", "UPSTREAM_PROGRAMME");
    private static final Set<String> OF_OUR_OWN = Set.of("DOCUMENTS", "VOICE_INTERVIEW");

    @Override
    public List<String> forms() {
        return List.of(form);
    }

    @Override
    public List<FormProblem> check(Map<String, @Nullable Object> values) {
        boolean visited = chosen(values, methods).contains("SITE_VISIT");
        if (!REMOTE.equals(values.get(FACT_FINDING))) {
            return chosen(values, methods).contains(REMOTE) && !visited
                    ? List.of(new FormProblem(
                            methods,
                            "Evidence from a distance takes the place of a visit in emergency mode only: visit the site,"
                                    + " or leave it out."))
                    : List.of();
        }
        if (visited) {
            return List.of(new FormProblem(
                    FACT_FINDING, "You have visited the site: then it was not established from a distance."));
        }
        Collection<?> sources = chosen(values, SOURCES);
        boolean independent = sources.stream().anyMatch(OF_OTHERS::contains)
                && sources.stream().anyMatch(OF_OUR_OWN::contains);
        return independent
                ? List.of()
                : List.of(new FormProblem(
                        SOURCES,
                        "From a distance two independent sources are needed: a local organisation or an upstream"
                                + " programme, and documents or a voice interview in safety."));
    }

    private static Collection<?> chosen(Map<String, @Nullable Object> values, String field) {
        return values.get(field) instanceof Collection<?> collection ? collection : List.of();
    }
}
