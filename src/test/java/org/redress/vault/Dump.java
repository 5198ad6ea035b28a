package org.redress.vault;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Everything that lies in the database, whatever the table. */
final class Dump {

    /** What the engine notes beside a text without a letter, since Oracle would take it for none. */
    private static final String BLANK = "!emptyString!";

    private final JdbcClient jdbc;

    Dump(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The rows that hold this text somewhere, in texts or in bytes, by table. */
    Map<String, Integer> rowsWith(String text) {
        String bytes = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
        Map<String, Integer> found = new TreeMap<>();
        for (String table : tables()) {
            int rows = 0;
            for (Map<String, Object> row :
                    jdbc.sql("select * from \"" + table + "\"").query().listOfRows()) {
                rows += row.values().stream().anyMatch(value -> holds(value, text, bytes)) ? 1 : 0;
            }
            if (rows > 0) {
                found.put(table.toLowerCase(Locale.ROOT), rows);
            }
        }
        return found;
    }

    /** What the engine keeps under these names that is neither nothing nor a reference, as table and name. */
    Set<String> unsealed(Set<String> names) {
        Set<String> found = new TreeSet<>();
        for (String table : List.of("act_ru_variable", "act_hi_varinst", "act_hi_detail")) {
            jdbc
                    .sql("select name_, text_, text2_, double_, long_, bytearray_id_ from " + table
                            + " where name_ in (:names)")
                    .param("names", names)
                    .query((row, index) -> {
                        String text = row.getString("text_");
                        boolean nothing = text == null || text.isBlank();
                        String text2 = row.getString("text2_");
                        boolean more = (text2 != null && !text2.equals(BLANK))
                                || row.getObject("double_") != null
                                || row.getObject("long_") != null
                                || row.getString("bytearray_id_") != null;
                        return more || !(nothing || org.redress.engine.Reference.is(text))
                                ? table + " " + row.getString("name_")
                                : "";
                    })
                    .list()
                    .stream()
                    .filter(fault -> !fault.isEmpty())
                    .forEach(found::add);
        }
        return found;
    }

    /** As the database writes them: Flyway's are small on H2, where all others are great. */
    private List<String> tables() {
        return jdbc.sql("select table_name from information_schema.tables where lower(table_schema) = 'public'"
                        + " and table_type = 'BASE TABLE'")
                .query(String.class)
                .list();
    }

    private static boolean holds(Object value, String text, String bytes) {
        if (value instanceof byte[] raw) {
            return HexFormat.of().formatHex(raw).contains(bytes);
        }
        return value != null && value.toString().contains(text);
    }
}
