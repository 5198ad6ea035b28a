package org.redress.remedy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.spin.json.SpinJsonNode;
import org.jspecify.annotations.Nullable;
import org.redress.engine.CaseDecisions;
import org.redress.engine.Lists;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a case that goes no further asks of Java: which other mechanisms fit (remedy.md B.10, E02). */
@Configuration(proxyBeanMethods = false)
class ReferralTasks {

    @Bean
    Referrals referrals(CaseDecisions decisions, Lists lists) {
        return new Referrals(decisions, lists);
    }

    /** Advice only: the choice is the person's, and no way closes another. */
    public static final class Referrals {

        private final CaseDecisions decisions;
        private final Lists lists;

        Referrals(CaseDecisions decisions, Lists lists) {
            this.decisions = decisions;
            this.lists = lists;
        }

        /** The mechanisms that fit what was reported, as {@code [{mechanism, why, basis}]} for a form to show. */
        public SpinJsonNode fitting(DelegateExecution execution) {
            Map<String, @Nullable Object> inputs = new HashMap<>();
            inputs.put("harm", lists.strings(execution.getVariable("exploitationTypes")));
            inputs.put("country", execution.getVariable("whereCountry"));
            inputs.put("companyCountry", null);
            List<Map<String, Object>> fitting = decisions.evaluate(execution, "referral", inputs);
            return Lists.json(fitting);
        }
    }
}
