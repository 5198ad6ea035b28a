package org.redress.remedy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.redress.engine.Cases;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A few invented cases for the first look, made once on an empty database. */
@Component
@ConditionalOnExpression("${redress.demo:false} and ${redress.demo-cases:true}")
class DemoCases {

    private final Cases cases;
    private final JdbcClient jdbc;

    DemoCases(Cases cases, JdbcClient jdbc) {
        this.cases = cases;
        this.jdbc = jdbc;
    }

    @EventListener(ApplicationReadyEvent.class)
    void make() {
        if (jdbc.sql("select count(*) from case_file").query(Integer.class).single() > 0) {
            return;
        }
        cases.start(
                "grievance-received",
                grievance(
                        "NGO",
                        "YES",
                        true,
                        "HIGH",
                        List.of("WORST_FORM_CHILD_LABOUR"),
                        1,
                        "An eleven-year-old sorts ore bags at a depot for about fifty hours a week and is out of school.",
                        "cobalt"));
        cases.start(
                "grievance-received",
                grievance(
                        "UNION",
                        "UNKNOWN",
                        false,
                        "LOW",
                        List.of("WAGE_VIOLATION"),
                        2,
                        "Two crushers were not paid for their overtime in January and February.",
                        "gold"));
        cases.start(
                "grievance-received",
                grievance(
                        "ANONYMOUS",
                        "UNKNOWN",
                        false,
                        "MEDIUM",
                        List.of("OTHER_LABOUR_RIGHT"),
                        null,
                        "Bad things at pit 4.",
                        "tin"));
    }

    private static Map<String, @Nullable Object> grievance(
            String reporter,
            String ongoing,
            boolean children,
            String fear,
            List<String> types,
            @Nullable Integer affected,
            String what,
            String mineral) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("channel", reporter.equals("ANONYMOUS") ? "WEB" : "PARTNER_SYSTEM");
        values.put("reporterType", reporter);
        values.put("anonymous", reporter.equals("ANONYMOUS"));
        values.put("language", "en");
        values.put("whatHappened", what);
        values.put("whereCountry", "CD");
        values.put("ongoing", ongoing);
        values.put("exploitationTypes", types);
        values.put("affectedEstimate", affected);
        values.put("childrenInvolved", children);
        values.put("mineral", mineral);
        values.put("fearOfRetaliation", fear);
        values.put("consentToShareIdentity", "NONE");
        return values;
    }
}
