package org.redress.signin;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.redress.RedressApplication;

/**
 * The product as an operator starts it, in a process of its own: its web apps keep their context in static fields, which they
 * would share with the product of the other tests.
 */
final class Product implements AutoCloseable {

    private static final String READY = "Started RedressApplication";

    private final Process process;
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final boolean started;

    /** Starts it and waits until it is there, or has given up. */
    Product(String... settings) {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                String.valueOf(classes),
                "-Duser.timezone=UTC",
                "-Xmx500m",
                "-XX:TieredStopAtLevel=1",
                RedressApplication.class.getName()));
        command.addAll(List.of(settings));
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .directory(new File("target"))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            started = waitUntilReady();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean waitUntilReady() throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            if (line.contains(READY)) {
                Thread rest = new Thread(() -> lines.lines().forEach(said::add), "product-output");
                rest.setDaemon(true);
                rest.start();
                return true;
            }
        }
        return false;
    }

    boolean started() {
        return started;
    }

    /** Whether it has ended, or does so within a minute. */
    boolean gaveUp() {
        try {
            return process.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What it wrote to its log. */
    String said() {
        return String.join("\n", said);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
