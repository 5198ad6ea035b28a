package org.redress.engine;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What somebody did that concerns no one case, where the engine keeps no record of it: an organisation that may become party to
 * cases, another master key, a look at the mails that wait. Holds ids, roles and names of organisations, and nothing of a case.
 */
@Component
public class HouseRecord {

    private static final int LONGEST = 2000;

    private final JdbcClient jdbc;
    private final Clock clock;

    HouseRecord(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Notes it, in the transaction of the act where there is one.
     *
     * @param by id of an account
     * @param what was done, in a word or two
     * @param subject what it was done to
     */
    public void note(
            String by, String what, @Nullable String subject, @Nullable String before, @Nullable String after) {
        jdbc.sql("insert into house_act (done_at, done_by, what, subject, before_it, after_it)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .param(Timestamp.from(clock.instant()))
                .param(by)
                .param(what)
                .param(subject)
                .param(cut(before))
                .param(cut(after))
                .update();
    }

    /** How many lines there are. */
    public long count() {
        return jdbc.sql("select count(*) from house_act").query(Long.class).single();
    }

    /** The newest first, at most so many. */
    public List<AuditLine> newest(int max) {
        return jdbc.sql("select * from house_act order by done_at desc, id desc fetch first " + max + " rows only")
                .query((row, index) -> {
                    Map<String, Object> facts = new LinkedHashMap<>();
                    put(facts, "of", row.getString("subject"));
                    put(facts, "from", row.getString("before_it"));
                    put(facts, "to", row.getString("after_it"));
                    return new AuditLine(
                            row.getTimestamp("done_at").toInstant(),
                            row.getString("done_by"),
                            "HOUSE",
                            row.getString("what"),
                            facts);
                })
                .list();
    }

    private static void put(Map<String, Object> facts, String name, @Nullable String value) {
        if (value != null) {
            facts.put(name, value);
        }
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
