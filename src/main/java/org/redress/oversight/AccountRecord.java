package org.redress.oversight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.EntityTypes;
import org.jspecify.annotations.Nullable;
import org.redress.engine.AuditLine;
import org.redress.engine.HouseRecord;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What people did that concerns no one case, and so is on no case's trail. To accounts, groups, memberships and grants: whoever
 * gives themselves a role reads as that role, and is seen to have done so; so with models, batches, filters, jobs of no case,
 * organisations and keys. What a provider of sign-in says about somebody is nobody's operation and is not here.
 */
@Component
class AccountRecord {

    private static final Set<String> OF_ACCOUNTS =
            Set.of(EntityTypes.USER, EntityTypes.GROUP, EntityTypes.GROUP_MEMBERSHIP, EntityTypes.AUTHORIZATION);

    /** The engine's own list of them cannot be asked for what has no case. */
    private static final String OF_NO_CASE = " from ACT_HI_OP_LOG where PROC_INST_ID_ is null";

    private final JdbcClient jdbc;
    private final HouseRecord house;

    AccountRecord(JdbcClient jdbc, HouseRecord house) {
        this.jdbc = jdbc;
        this.house = house;
    }

    long count() {
        return jdbc.sql("select count(*)" + OF_NO_CASE).query(Long.class).single() + house.count();
    }

    /** The newest first; a change of several things has a line for each. */
    List<AuditLine> newest(int first, int max) {
        return Stream.concat(ofTheEngine(first + max).stream(), house.newest(first + max).stream())
                .sorted(Comparator.comparing(AuditLine::at).reversed())
                .skip(first)
                .limit(max)
                .toList();
    }

    private List<AuditLine> ofTheEngine(int max) {
        return jdbc.sql("select l.*, p.VERSION_ as model_version, d.NAME_ as deployment_name, j.ACT_ID_ as job_element,"
                        + " b.TYPE_ as batch_type from (select *" + OF_NO_CASE
                        + " order by TIMESTAMP_ desc, ID_ desc fetch first " + max + " rows only) l"
                        + " left join ACT_RE_PROCDEF p on p.ID_ = l.PROC_DEF_ID_"
                        + " left join ACT_RE_DEPLOYMENT d on d.ID_ = l.DEPLOYMENT_ID_"
                        + " left join ACT_RU_JOBDEF j on j.ID_ = l.JOB_DEF_ID_"
                        + " left join ACT_HI_BATCH b on b.ID_ = l.BATCH_ID_"
                        + " order by l.TIMESTAMP_ desc, l.ID_ desc")
                .query((row, index) -> line(row))
                .list();
    }

    private static AuditLine line(ResultSet row) throws SQLException {
        String of = row.getString("ENTITY_TYPE_");
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("of", of);
        put(facts, "model", model(row));
        put(facts, "job", job(row));
        put(facts, "batch", called(row.getString("batch_type"), row.getString("BATCH_ID_")));
        put(facts, "deployment", called(row.getString("deployment_name"), row.getString("DEPLOYMENT_ID_")));
        put(facts, "property", row.getString("PROPERTY_"));
        put(facts, "from", row.getString("ORG_VALUE_"));
        put(facts, "to", row.getString("NEW_VALUE_"));
        return new AuditLine(
                row.getTimestamp("TIMESTAMP_").toInstant(),
                row.getString("USER_ID_"),
                OF_ACCOUNTS.contains(of) ? "ACCOUNT" : "HOUSE",
                row.getString("OPERATION_TYPE_"),
                facts);
    }

    /** By its name in the diagram's file; one that is meant in all its versions has none of them. */
    private static @Nullable String model(ResultSet row) throws SQLException {
        String key = row.getString("PROC_DEF_KEY_");
        String version = row.getString("model_version");
        return version == null ? key : key + ", version " + version;
    }

    /** The step of the model that it waits at, where it has one. */
    private static @Nullable String job(ResultSet row) throws SQLException {
        String job = row.getString("JOB_ID_");
        String element = row.getString("job_element");
        if (job != null) {
            return called(element, job);
        }
        return element == null ? row.getString("JOB_DEF_ID_") : "all at " + element;
    }

    private static @Nullable String called(@Nullable String name, @Nullable String id) {
        return name == null || id == null ? id : name + " (" + id + ")";
    }

    private static void put(Map<String, Object> facts, String name, @Nullable String value) {
        if (value != null) {
            facts.put(name, value);
        }
    }
}
