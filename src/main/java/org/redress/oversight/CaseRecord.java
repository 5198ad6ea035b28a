package org.redress.oversight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the engine has on record of a case beside its tasks: what was picked in them, and when it stood still and went on. A
 * statement each, whatever the case holds: the engine's API asks for one process at a time.
 */
@Component
class CaseRecord {

    /** Held for proceedings elsewhere (remedy.md E20), or while another programme leads (E21). */
    private static final Set<String> HOLDS = Set.of("investigationSuspended", "otherProgrammeLeads");

    private static final String CASE = "remedy-case";

    private static final String DETAILS =
            """
            select p.PROC_DEF_KEY_, d.ACT_INST_ID_, d.NAME_, d.VAR_TYPE_, d.TEXT_, d.LONG_, d.TIME_
            from ACT_HI_DETAIL d
            join ACT_HI_PROCINST p on p.ID_ = d.PROC_INST_ID_
            where p.BUSINESS_KEY_ = :number and d.TYPE_ = 'VariableUpdate' and d.NAME_ in (:names)
            order by d.TIME_, d.SEQUENCE_COUNTER_, d.ID_
            """;

    private static final String OPERATIONS =
            """
            select distinct p.ID_, l.OPERATION_TYPE_, l.TIMESTAMP_
            from ACT_HI_OP_LOG l
            join ACT_HI_PROCINST p on p.ID_ = l.PROC_INST_ID_
            where p.BUSINESS_KEY_ = :number and l.ENTITY_TYPE_ = 'ProcessInstance'
            and l.OPERATION_TYPE_ in ('Suspend', 'Activate')
            order by l.TIMESTAMP_
            """;

    private final JdbcClient jdbc;

    CaseRecord(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The investigation was held for the reason that is named, or is not any more. */
    record Held(Instant at, String why, boolean begins) {}

    /** A process instance was suspended, or goes on. */
    record Suspended(Instant at, String instance, boolean begins) {}

    /**
     * @param picked the last value of each name, by the activity instance in which it was set
     * @param isHeld whether anything holds the investigation at this moment
     */
    record Told(Map<String, Map<String, String>> picked, List<Held> held, boolean isHeld) {}

    /** What was picked under these names, and how the investigation was held. */
    Told told(String caseNumber, Collection<String> names) {
        Map<String, Map<String, String>> picked = new HashMap<>();
        List<Held> held = new ArrayList<>();
        Set<String> holding = new HashSet<>();
        Set<String> all = new HashSet<>(names);
        all.addAll(HOLDS);
        jdbc.sql(DETAILS).param("number", caseNumber).param("names", all).query(row -> {
            String name = row.getString("NAME_");
            String text = row.getString("TEXT_");
            if (HOLDS.contains(name)) {
                boolean begins = "boolean".equals(row.getString("VAR_TYPE_")) && row.getLong("LONG_") == 1;
                if (CASE.equals(row.getString("PROC_DEF_KEY_"))
                        && (begins ? holding.add(name) : holding.remove(name))) {
                    held.add(new Held(at(row, "TIME_"), name, begins));
                }
            } else if (text != null && "string".equals(row.getString("VAR_TYPE_"))) {
                picked.computeIfAbsent(String.valueOf(row.getString("ACT_INST_ID_")), id -> new HashMap<>())
                        .put(name, text);
            }
        });
        return new Told(picked, held, !holding.isEmpty());
    }

    /** When somebody suspended a process of the case, or let it go on: on record in the engine's operation log. */
    List<Suspended> suspensions(String caseNumber) {
        return jdbc.sql(OPERATIONS)
                .param("number", caseNumber)
                .query((row, index) -> new Suspended(
                        at(row, "TIMESTAMP_"),
                        row.getString("ID_"),
                        "Suspend".equals(row.getString("OPERATION_TYPE_"))))
                .list();
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
