package org.redress.remedy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;
import org.springframework.stereotype.Component;

/** No money is shared out that was not received, and only what is planned is decided (remedy.md A.4, C.6). */
@Component
class FundingSums implements FormRule {

    private static final List<String> RECEIVED = List.of(
            "fundsSmelterReceived",
            "fundsDownstreamReceived",
            "fundsPartnersReceived",
            "fundsGovernmentReceived",
            "fundsDonorReceived");

    @Override
    public List<String> forms() {
        return List.of("raise-funds");
    }

    @Override
    public List<FormProblem> check(Map<String, @Nullable Object> values) {
        // Of several smelters each has its share, and their sum is counted from the shares.
        boolean shares = values.get("payer2") != null;
        double received = sum(
                values,
                shares
                        ? Stream.concat(
                                RECEIVED.stream().filter(name -> !name.equals("fundsSmelterReceived")),
                                SmelterSharesProcess.RECEIVED_OF.stream())
                        : RECEIVED.stream());
        double shared = sum(values, Stream.of("level1Received", "level2Received"));
        List<FormProblem> problems = new ArrayList<>();
        // A tenth of a cent: sums of decimal amounts are not exact.
        if (shared > received + 0.001) {
            problems.add(new FormProblem(
                    Boolean.FALSE.equals(values.get("level1Planned")) ? "level2Received" : "level1Received",
                    "More is shared out than was received from all sources together"));
        }
        return problems;
    }

    private static double sum(Map<String, @Nullable Object> values, Stream<String> names) {
        return names.map(values::get)
                .mapToDouble(value -> value instanceof Number number ? number.doubleValue() : 0)
                .sum();
    }
}
