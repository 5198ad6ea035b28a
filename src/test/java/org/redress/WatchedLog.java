package org.redress;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Remembers the lines of the log, with the stack traces in them, that hold what was told in confidence. */
public final class WatchedLog extends AppenderBase<ILoggingEvent> {

    private static final String NAME = "watched";
    private static final List<String> SAID = new CopyOnWriteArrayList<>();

    private WatchedLog() {}

    /** Watches from now on; the start of a context takes watchers away, so it is called before every test. */
    static void watch() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        if (root.getAppender(NAME) == null) {
            WatchedLog watched = new WatchedLog();
            watched.setName(NAME);
            watched.setContext(root.getLoggerContext());
            watched.start();
            root.addAppender(watched);
        }
    }

    /** The loggers that wrote such a line, with its message. */
    public static List<String> said() {
        return List.copyOf(SAID);
    }

    @Override
    protected void append(ILoggingEvent event) {
        IThrowableProxy failure = event.getThrowableProxy();
        String line = event.getFormattedMessage() + (failure == null ? "" : ThrowableProxyUtil.asString(failure));
        if (line.contains(Confidential.MARKER)) {
            SAID.add(event.getLoggerName() + ": " + event.getMessage());
        }
    }
}
