package org.redress.vault;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Everything that lies in the database, whatever the table. */
final class Dump {

    /** What the engine notes beside a text without a letter, since Oracle would take it for none. */
    private static final String BLANK = "!emptyString!";

    private static final Set<Integer> BINARY = Set.of(Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB);

    private final JdbcClient jdbc;

    Dump(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The rows that hold this text somewhere, in texts or in bytes, by table. */
    Map<String, Integer> rowsWith(String text) {
        return Objects.requireNonNull(rowsWith(List.of(text)).get(text));
    }

    /** The same for several texts, with one look at the database: by text, then by table. */
    Map<String, Map<String, Integer>> rowsWith(List<String> texts) {
        Map<String, Map<String, Integer>> found = new TreeMap<>();
        texts.forEach(text -> found.put(text, new TreeMap<>()));
        // Row by row: a whole table as objects would be most of what the tests make for the garbage
        for (String table : tables()) {
            jdbc.sql("select * from \"" + table + "\"").query(row -> {
                List<String> values = values(row);
                found.forEach((text, rows) -> {
                    String bytes = latin(text.getBytes(StandardCharsets.UTF_8));
                    if (values.stream().anyMatch(value -> value.contains(text) || value.contains(bytes))) {
                        rows.merge(table.toLowerCase(Locale.ROOT), 1, Integer::sum);
                    }
                });
            });
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

    /** What stands in a row; bytes as a text with a letter for each. */
    private static List<String> values(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        List<String> values = new ArrayList<>(columns.getColumnCount());
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            String value;
            if (BINARY.contains(columns.getColumnType(column))) {
                byte[] raw = row.getBytes(column);
                value = raw == null ? null : latin(raw);
            } else {
                value = row.getString(column);
            }
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private static String latin(byte[] raw) {
        return new String(raw, StandardCharsets.ISO_8859_1);
    }
}
