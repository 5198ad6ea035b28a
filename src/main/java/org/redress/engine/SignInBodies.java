package org.redress.engine;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/**
 * What nobody has signed in for yet is read at two doors only: a password, and the provider's word that somebody signed out.
 * Both are short and come at once. A moment everybody has; for what comes within a second some are waited for, for what comes
 * later few, and not for long, so that whoever sends slowly keeps nobody out, however often. Read before anybody else does, who
 * would wait for each byte anew. What comes of it {@link StrangersBodies} answers.
 */
@Component
@Order(SlowBodies.ORDER + 1)
class SignInBodies implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    /** In bytes: a token that signs out is the longest. */
    static final int LONGEST = 16 * 1024;

    private static final Pattern DOOR = Pattern.compile(
            "/camunda/api/admin/auth/user/[^/]+/login/[^/]+|" + Pattern.quote(ProviderSignIn.SIGNED_OUT));
    private static final String CAME = SignInBodies.class.getName();
    /** The head and the body of an honest request come one after the other: nobody is refused for what lies between. */
    private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long AT_ONCE = TimeUnit.SECONDS.toNanos(1);
    private static final long LATEST = TimeUnit.SECONDS.toNanos(10);
    private static final long PAUSE = 5;
    private static final int WAITED_FOR_A_SECOND = 60;
    private static final int WAITED_FOR = 20;

    /** Whether a body is there. */
    enum Came {
        WHOLE,
        TOO_LATE,
        /** Others are waited for. */
        BUSY
    }

    /** Null where no body is read before somebody has signed in. */
    static @Nullable Came of(HttpServletRequest request) {
        return (Came) request.getAttribute(CAME);
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addEngineValves(new Door());
    }

    private static final class Door extends ValveBase {

        private final Semaphore waitedForASecond = new Semaphore(WAITED_FOR_A_SECOND);
        private final Semaphore waitedFor = new Semaphore(WAITED_FOR);

        private Door() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            long length = request.getContentLengthLong();
            if (length <= 0 || length > LONGEST || !isDoor(request)) {
                getNext().invoke(request, response);
                return;
            }
            org.apache.coyote.Request incoming = request.getCoyoteRequest();
            InputBuffer body = incoming.getInputBuffer();
            ReadBody read = new ReadBody((int) length, body);
            request.setAttribute(CAME, comes(incoming, body, read));
            incoming.setInputBuffer(read);
            try {
                getNext().invoke(request, response);
            } finally {
                incoming.setInputBuffer(body);
            }
        }

        private static boolean isDoor(Request request) {
            String path = request.getDecodedRequestURI();
            String context = request.getContextPath();
            return HttpMethod.POST.matches(request.getMethod())
                    && path != null
                    && DOOR.matcher(context == null ? path : path.substring(context.length()))
                            .matches();
        }

        private Came comes(org.apache.coyote.Request incoming, InputBuffer body, ReadBody read) throws IOException {
            incoming.action(ActionCode.ACK, ContinueResponseTiming.ALWAYS);
            long began = System.nanoTime();
            if (comes(incoming, body, read, began + MOMENT)) {
                return Came.WHOLE;
            }
            if (!waitedForASecond.tryAcquire()) {
                return Came.BUSY;
            }
            try {
                if (comes(incoming, body, read, began + AT_ONCE)) {
                    return Came.WHOLE;
                }
            } finally {
                waitedForASecond.release();
            }
            if (!waitedFor.tryAcquire()) {
                return Came.BUSY;
            }
            try {
                return comes(incoming, body, read, began + LATEST) ? Came.WHOLE : Came.TOO_LATE;
            } finally {
                waitedFor.release();
            }
        }

        private static boolean comes(org.apache.coyote.Request incoming, InputBuffer body, ReadBody read, long until)
                throws IOException {
            while (!read.isWhole() && System.nanoTime() - until < 0) {
                incoming.action(ActionCode.AVAILABLE, true);
                if (incoming.getAvailable() > 0) {
                    if (body.doRead(read.piece()) < 0) {
                        return false;
                    }
                    read.keep();
                } else {
                    try {
                        Thread.sleep(PAUSE);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return false;
                    }
                }
            }
            return read.isWhole();
        }
    }

    /** What was read of a body, for whoever reads it next, and then what is left of it. */
    private static final class ReadBody implements InputBuffer {

        private final ByteBuffer bytes;
        private final InputBuffer rest;
        private final SlowBodies.Piece piece = new SlowBodies.Piece();
        private boolean given;

        private ReadBody(int length, InputBuffer rest) {
            this.rest = rest;
            bytes = ByteBuffer.allocate(length);
        }

        private SlowBodies.Piece piece() {
            return piece;
        }

        private void keep() {
            ByteBuffer next = piece.getByteBuffer();
            if (next != null) {
                bytes.put(next);
            }
        }

        private boolean isWhole() {
            return !bytes.hasRemaining();
        }

        @Override
        public int doRead(ApplicationBufferHandler handler) throws IOException {
            if (given || bytes.position() == 0) {
                return rest.doRead(handler);
            }
            given = true;
            ByteBuffer all = bytes.duplicate().flip();
            handler.setByteBuffer(all);
            return all.remaining();
        }

        @Override
        public int available() {
            return given ? rest.available() : bytes.position();
        }
    }
}
