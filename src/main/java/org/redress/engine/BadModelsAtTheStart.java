package org.redress.engine;

import java.util.stream.Collectors;
import org.camunda.bpm.engine.ParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** A start that a model stops ends with what is wrong, and where, instead of the stack of everything that was starting. */
final class BadModelsAtTheStart implements FailureAnalyzer {

    private static final String ACTION =
            "Mend the file, or take it out of the folder, and start again (docs/modelling.md). Nothing was deployed:"
                    + " running cases are as they were.";

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadModels bad) {
                return new FailureAnalysis(String.valueOf(bad.getMessage()), ACTION, bad);
            }
            if (cause instanceof ParseException refused) {
                return new FailureAnalysis(said(refused), ACTION, refused);
            }
        }
        return null;
    }

    private static String said(ParseException refused) {
        return refused.getResorceReports().stream()
                .flatMap(report -> report.getErrors().stream()
                        .map(problem ->
                                report.getResourceName() + ": line " + problem.getLine() + ": " + problem.getMessage()))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
