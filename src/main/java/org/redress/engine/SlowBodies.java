package org.redress.engine;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * What is sent comes with a speed: after a while of grace the connection of whoever sends more slowly is closed. The server by
 * itself waits for each byte anew, so that a few callers who send one now and then would keep all others out. It does so too
 * for what nobody read, after the answer is given, whoever sends it: of that only what comes at once is read here, of a few at a
 * time. Stands outside of whatever else reads a body before its time ({@link SignInBodies}).
 */
@Component
@Order(SlowBodies.ORDER)
@EnableConfigurationProperties(SlowBodies.Settings.class)
class SlowBodies implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    /**
     * @param grace how long a body may take however slow it is
     * @param speed of what takes longer, for each second: what a poor telephone line does still
     */
    @ConfigurationProperties("redress.limits.slow")
    record Settings(@DefaultValue("30s") Duration grace, @DefaultValue("4KB") DataSize speed) {}

    /** After the server's own, and before {@link SignInBodies}: what comes first is outside. */
    static final int ORDER = 1;

    private static final long AT_ONCE = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE = 5;
    private static final int READ_TO_THE_END = 40;

    private final Settings settings;

    SlowBodies(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addEngineValves(new Watch(settings));
    }

    private static final class Watch extends ValveBase {

        private final Settings settings;
        private final Semaphore readToTheEnd = new Semaphore(READ_TO_THE_END);

        private Watch(Settings settings) {
            super(true);
            this.settings = settings;
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            org.apache.coyote.Request incoming = request.getCoyoteRequest();
            InputBuffer body = incoming.getInputBuffer();
            Watched watched = new Watched(body, incoming, settings);
            incoming.setInputBuffer(watched);
            try {
                getNext().invoke(request, response);
            } finally {
                // The server uses the same request for the next one of this connection.
                incoming.setInputBuffer(body);
            }
            if (request.isAsync() || isRead(incoming)) {
                return;
            }
            response.finishResponse();
            if (SignInBodies.of(request) == SignInBodies.Came.BUSY || !isTakenOff(incoming, body)) {
                incoming.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
            }
        }

        private static boolean isRead(org.apache.coyote.Request incoming) {
            AtomicBoolean read = new AtomicBoolean();
            incoming.action(ActionCode.REQUEST_BODY_FULLY_READ, read);
            return read.get();
        }

        /** Of few at a time, so that those who are refused are not all waited for. No speed is asked: a second is the end. */
        private boolean isTakenOff(org.apache.coyote.Request incoming, InputBuffer body) {
            if (!readToTheEnd.tryAcquire()) {
                return false;
            }
            try {
                return comesAtOnce(incoming, body);
            } finally {
                readToTheEnd.release();
            }
        }

        private static boolean comesAtOnce(org.apache.coyote.Request incoming, InputBuffer body) {
            Piece unread = new Piece();
            try {
                for (long began = System.nanoTime(); System.nanoTime() - began < AT_ONCE; ) {
                    incoming.action(ActionCode.AVAILABLE, true);
                    if (incoming.getAvailable() > 0) {
                        if (body.doRead(unread) < 0) {
                            return isRead(incoming);
                        }
                    } else {
                        Thread.sleep(PAUSE);
                    }
                    if (isRead(incoming)) {
                        return true;
                    }
                }
            } catch (IOException e) {
                // It is closed.
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return false;
        }
    }

    /** Where each piece of a body goes as it comes; the next takes its place. */
    static final class Piece implements ApplicationBufferHandler {

        private @Nullable ByteBuffer bytes;

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            bytes = buffer;
        }

        @Override
        public @Nullable ByteBuffer getByteBuffer() {
            return bytes;
        }

        @Override
        public void expand(int size) {
            // Nothing is kept of the one before.
        }
    }

    private static final class Watched implements InputBuffer {

        private final InputBuffer body;
        private final org.apache.coyote.Request incoming;
        private final Settings settings;
        private final long began = System.nanoTime();
        private long read;

        private Watched(InputBuffer body, org.apache.coyote.Request incoming, Settings settings) {
            this.body = body;
            this.incoming = incoming;
            this.settings = settings;
        }

        @Override
        public int doRead(ApplicationBufferHandler handler) throws IOException {
            int bytes = body.doRead(handler);
            if (bytes > 0) {
                read += bytes;
            }
            Duration late = Duration.ofNanos(System.nanoTime() - began).minus(settings.grace());
            if (bytes > 0 && late.toMillis() * settings.speed().toBytes() > read * 1000) {
                IOException slow = new IOException("A body came too slowly");
                incoming.action(ActionCode.CLOSE_NOW, slow);
                throw slow;
            }
            return bytes;
        }

        @Override
        public int available() {
            return body.available();
        }
    }
}
