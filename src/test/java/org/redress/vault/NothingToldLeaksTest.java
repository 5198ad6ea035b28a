package org.redress.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.redress.Confidential;
import org.redress.ProcessTest;
import org.redress.WatchedLog;
import org.redress.notification.Delivered;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Searches what all process tests of this run left behind, in every process, to every end, with everything that failed on
 * the way: database with history, letters and failures, log with stack traces, metrics. Runs after them all; alone it has
 * nothing to say.
 */
@Order(Integer.MAX_VALUE - 1)
@SuppressWarnings("NullAway.Init")
class NothingToldLeaksTest extends ProcessTest {

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ListableBeanFactory beans;

    @Autowired
    private MeterRegistry meters;

    /** What no walk answers is told to a case here, so that no field is left out. */
    private void plantTheRest() {
        Map<String, Object> rest = new HashMap<>();
        for (String name : Confidential.texts()) {
            if (!Confidential.planted().contains(name)) {
                rest.put(name, "Told in confidence " + Confidential.MARKER);
            }
        }
        runtimeService.setVariables(
                start("learn-lessons", "R-2026-9901", Map.of()).getId(), rest);
    }

    @Test
    void whatWasToldLiesNowhereButInTheVault() {
        assumeTrue(!Confidential.planted().isEmpty(), "process tests ran before");
        plantTheRest();
        Dump dump = new Dump(jdbc);
        assertThat(dump.rowsWith(Confidential.MARKER)).as("rows with a marker").isEmpty();
        assertThat(dump.unsealed(Confidential.fields().keySet()))
                .as("fields that the engine holds as they are")
                .isEmpty();
        assertThat(WatchedLog.said()).as("lines of the log").isEmpty();
        assertThat(meters.getMeters())
                .extracting(meter -> meter.getId().toString())
                .noneMatch(id -> id.contains(Confidential.MARKER));
    }

    /** What the house wrote to people in all those cases, opened, and every mail that told them so. */
    @Test
    void noLetterAndNoMailSaysWhatWasTold() throws Exception {
        assumeTrue(!Confidential.planted().isEmpty(), "process tests ran before");
        List<String> letters = jdbc
                .sql("select distinct case_number, template from letter where reference is not null")
                .query((row, index) -> List.of(row.getString("case_number"), row.getString("template")))
                .list()
                .stream()
                .flatMap(each -> textsOfLetters(each.get(0), each.get(1)).stream())
                .toList();
        assertThat(letters).isNotEmpty().noneMatch(text -> text.contains(Confidential.MARKER));
        // Other tests sent theirs, or threw them away: one waits for sure.
        jdbc.sql("insert into letter (message_key, notice_key, case_number, event, template, addressee_role, language,"
                        + " subject, body, created_at) values ('leaks/a', 'leaks', 'R-2026-9901', 'leaks', 'leaks', 'dpo',"
                        + " 'en', 'A letter', 'A body', now())")
                .update();
        jdbc.sql("insert into outbox (message_key, recipient, message_id, state, created_at, next_attempt_at)"
                        + " values ('leaks', 'dpo', '<leaks>', 'WAITING', now(), now())")
                .update();
        assertThat(Delivered.all(beans))
                .noneMatch(text -> text.contains(Confidential.MARKER))
                .anyMatch(text -> text.contains("/my/letters"));
    }

    /** Nobody is lulled by fields that were only planted at the end. */
    @Test
    void mostFieldsWereAnsweredOnTheirForms() {
        assumeTrue(Confidential.planted().size() > 100, "the process tests ran before");
        Set<String> never = new TreeSet<>(Confidential.texts());
        never.removeAll(Confidential.planted());
        assertThat(never)
                .as("confidential fields that no walk answers, of "
                        + Confidential.texts().size())
                .hasSizeLessThan(Confidential.texts().size() / 4);
    }
}
