package org.redress.remedy;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.spin.json.SpinJsonNode;
import org.jspecify.annotations.Nullable;
import org.redress.engine.FormRule;
import org.redress.engine.Lists;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code bpmn/remedy/verify-allegation} asks of Java, in the order of the diagram. */
@Configuration(proxyBeanMethods = false)
class VerificationTasks {

    /** Information is asked for once, says the screening, */
    @Bean
    FormRule screeningAsksOnce() {
        return new AskedOnce("screen-credibility", "credibilityJudgement");
    }

    /** and so does the settling of a difference. */
    @Bean
    FormRule settlingAsksOnce() {
        return new AskedOnce("settle-credibility", "credibilityOutcome");
    }

    @Bean
    SmelterLinks smelterLinks() {
        return new SmelterLinks();
    }

    /**
     * Keeps what was found about each smelter's link (remedy.md A.1, assessLink) in the variable {@code links}: organisation
     * to the inputs of {@code response-level}.
     */
    public static final class SmelterLinks {

        private static final List<String> FIELDS = List.of(
                "linkKind",
                "tradeOngoing",
                "firstTrade",
                "lastTrade",
                "contractEnd",
                "lastMaterialReceived",
                "cessationReason",
                "selfDetected",
                "detectionEvidence",
                "exposureDate");

        /** Notes the link of the smelter of this task, beside those of the others. */
        public void note(DelegateTask task) {
            Map<String, Object> links = new LinkedHashMap<>();
            if (task.getVariable("links") instanceof SpinJsonNode known && known.isObject()) {
                known.fieldNames()
                        .forEach(smelter ->
                                links.put(smelter, known.prop(smelter).mapTo(Map.class)));
            }
            links.put(text(task, "smelter"), link(task));
            task.setVariable("links", Lists.json(links));
            // The instances of a multi-instance task share their local variables: the next smelter begins with an empty
            // form.
            FIELDS.forEach(field -> task.setVariable(field, null));
        }

        private static Map<String, @Nullable Object> link(DelegateTask task) {
            boolean ongoing = "YES".equals(text(task, "tradeOngoing"));
            Map<String, @Nullable Object> link = new LinkedHashMap<>();
            link.put("tradeOngoing", ongoing);
            link.put("effectiveCessation", ongoing ? null : endOfTrade(task));
            link.put("selfDetected", ongoing ? null : "YES".equals(text(task, "selfDetected")));
            link.put("exposureDate", text(task, "exposureDate"));
            return link;
        }

        /** The later of the end of the contract and the last material received: material in transit keeps the link alive. */
        private static @Nullable String endOfTrade(DelegateTask task) {
            return Stream.of("contractEnd", "lastMaterialReceived")
                    .map(name -> text(task, name))
                    .filter(java.util.Objects::nonNull)
                    .map(LocalDate::parse)
                    .max(Comparator.naturalOrder())
                    .map(LocalDate::toString)
                    .orElse(null);
        }

        private static @Nullable String text(DelegateTask task, String name) {
            return (String) task.getVariable(name);
        }
    }
}
