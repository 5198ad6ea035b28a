package org.redress.attack;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.context.WebServerApplicationContext;

/**
 * A bare Camunda 7.24.0 with nothing of ours: REST and web apps as their starters bring them, H2 in memory, a random port of
 * this machine. It has a process of its own, since the engine keeps its clock, its engines and its web apps in static fields.
 * One for all tests; it ends with them.
 */
@EnableAutoConfiguration
final class BareEngine {

    private static final String READY = "BARE ENGINE ON PORT ";
    private static int port;

    private BareEngine() {}

    /** Port of the running bare engine; the first caller starts it. */
    static synchronized int port() {
        if (port == 0) {
            port = start();
        }
        return port;
    }

    private static int start() {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        ProcessBuilder command = new ProcessBuilder(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                withoutTheProduct(String.valueOf(classes)),
                "-Duser.timezone=UTC",
                "-Xmx400m",
                "-XX:TieredStopAtLevel=1",
                BareEngine.class.getName()));
        command.redirectErrorStream(true).directory(new File("target"));
        try {
            Process process = command.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return portOf(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the product registers by lying on the class path would be the bare engine's, too. */
    private static String withoutTheProduct(String classes) {
        return Arrays.stream(classes.split(Pattern.quote(File.pathSeparator)))
                .filter(entry -> !Path.of(entry).endsWith(Path.of("target", "classes")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static int portOf(Process process) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(READY)) {
                Thread rest = new Thread(() -> lines.lines().forEach(unread -> {}), "bare-engine-output");
                rest.setDaemon(true);
                rest.start();
                return Integer.parseInt(line.substring(READY.length()));
            }
            said.append(line).append('\n');
        }
        throw new IllegalStateException("The bare engine did not start:\n" + said);
    }

    public static void main(String[] arguments) {
        var context = new SpringApplicationBuilder(BareEngine.class)
                .run(
                        // So that nothing of the product's application.yml is read
                        "--spring.config.name=bare",
                        "--spring.main.banner-mode=off",
                        "--spring.datasource.url=jdbc:h2:mem:bare;DB_CLOSE_DELAY=-1",
                        "--spring.datasource.username=sa",
                        "--spring.flyway.enabled=false",
                        "--spring.jersey.application-path=/engine-rest",
                        "--spring.autoconfigure.exclude="
                                + "org.springframework.boot.autoconfigure.session.SessionAutoConfiguration,"
                                + "org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration,"
                                + "org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration,"
                                + "org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration,"
                                + "org.springframework.boot.actuate.autoconfigure.security.servlet.ManagementWebSecurityAutoConfiguration,"
                                + "org.springframework.boot.autoconfigure.security.oauth2.server.servlet.OAuth2AuthorizationServerAutoConfiguration,"
                                + "org.springframework.boot.autoconfigure.security.oauth2.server.servlet.OAuth2AuthorizationServerJwtAutoConfiguration",
                        "--server.address=127.0.0.1",
                        "--server.port=0",
                        "--camunda.bpm.auto-deployment-enabled=false",
                        "--camunda.bpm.job-execution.enabled=false",
                        "--logging.level.root=error");
        announce(READY + ((WebServerApplicationContext) context).getWebServer().getPort());
        endWithTheTests();
    }

    @SuppressWarnings("SystemOut")
    private static void announce(String line) {
        System.out.println(line);
    }

    /** Whoever started this process may be killed without a word. */
    private static void endWithTheTests() {
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().join());
        Runtime.getRuntime().halt(0);
    }
}
