package org.redress.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * Passes an answer on as it is written, and looks at a short one, to see whether it told anything: an empty list or object and a
 * count of none do not. Where the body is left out (HEAD), how long it would be tells whether there is anything.
 */
final class SeenAnswer extends HttpServletResponseWrapper {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What is longer tells something. */
    private static final int LONGEST = 512;

    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    /** Of a count of less than ten: whoever asks for the head of one cannot tell it from none. */
    private static final int SHORTEST = "{\"count\":0}".length();

    private @Nullable ServletOutputStream out;
    private boolean unseen;
    private long said;

    SeenAnswer(HttpServletResponse response) {
        super(response);
    }

    /** Whether what was written so far has nothing in it. */
    boolean saysNothing() {
        if (unseen || beginning.size() > LONGEST) {
            return false;
        }
        if (beginning.size() == 0) {
            return said <= SHORTEST;
        }
        try {
            JsonNode told = MAPPER.readTree(beginning.toByteArray());
            JsonNode count = told.path("count");
            boolean none = count.isNumber() && count.asLong() == 0;
            return told.isContainerNode() ? told.isEmpty() || none : told.isNull();
        } catch (IOException e) {
            // No JSON: a page, or a file.
            return false;
        }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        ServletOutputStream seen = out;
        if (seen == null) {
            seen = new Seen(super.getOutputStream());
            out = seen;
        }
        return seen;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        unseen = true;
        return super.getWriter();
    }

    @Override
    public void setContentLength(int length) {
        super.setContentLength(length);
        said = length;
    }

    @Override
    public void setContentLengthLong(long length) {
        super.setContentLengthLong(length);
        said = length;
    }

    @Override
    public void reset() {
        super.reset();
        beginning.reset();
        said = 0;
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        beginning.reset();
    }

    private final class Seen extends ServletOutputStream {

        private final ServletOutputStream to;

        private Seen(ServletOutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int one) throws IOException {
            to.write(one);
            if (beginning.size() <= LONGEST) {
                beginning.write(one);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            to.write(bytes, offset, length);
            beginning.write(bytes, offset, Math.min(length, Math.max(0, LONGEST + 1 - beginning.size())));
        }

        @Override
        public void flush() throws IOException {
            to.flush();
        }

        @Override
        public void close() throws IOException {
            to.close();
        }

        @Override
        public boolean isReady() {
            return to.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            to.setWriteListener(listener);
        }
    }
}
