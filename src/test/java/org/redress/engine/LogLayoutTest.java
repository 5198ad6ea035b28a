package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;

/** Nobody writes a line of the log: what a caller sent stands within the line that is about it. */
class LogLayoutTest extends ProcessTest {

    private static final String FORGED = "2026-11-28T03:50:00.000Z  INFO [main] org.redress.Audit : admin did it";

    @Value("${logging.pattern.console}")
    private String pattern = "";

    private List<String> lines(String message, RuntimeException failure) {
        Logger logger = (Logger) LoggerFactory.getLogger("org.redress.layout");
        LoggerContext context = logger.getLoggerContext();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        // As Boot gives it to the console.
        assertThat(System.getProperty("CONSOLE_LOG_PATTERN")).isEqualTo(pattern);
        encoder.setPattern(pattern.replace("%wEx", "%ex"));
        encoder.start();
        LoggingEvent event = new LoggingEvent("", logger, Level.ERROR, message, failure, null);
        return new String(encoder.encode(event), StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void aLineEndInAMessageBeginsNoLine() {
        RuntimeException failure = new IllegalStateException("one\r\n" + FORGED + "\n" + FORGED);
        List<String> lines = lines("Could not read x\r\n" + FORGED + "\n\n" + FORGED, failure);
        assertThat(lines.get(0)).contains("org.redress.layout", "Could not read x | " + FORGED + " | " + FORGED);
        assertThat(lines).hasSizeGreaterThan(5).noneMatch(line -> line.startsWith(FORGED.substring(0, 8) + "8T03:50"));
        assertThat(lines.subList(2, lines.size()))
                .as("what an exception says is set in")
                .allMatch(line -> line.startsWith("| ") || line.isBlank());
        assertThat(lines).anyMatch(line -> line.contains("at org.redress.engine.LogLayoutTest"));
    }
}
