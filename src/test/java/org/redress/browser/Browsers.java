package org.redress.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * People at their browsers, with the product's own server behind them: each has a session of their own, and the clocks on
 * their walls go as the engine's. Where there is no Chromium, the test class is skipped and says so. When a test fails, what
 * each of them saw is kept beside the other pictures.
 */
final class Browsers
        implements BeforeAllCallback,
                BeforeEachCallback,
                AfterTestExecutionCallback,
                AfterEachCallback,
                AfterAllCallback {

    static final Path PICTURES = Path.of("target", "screenshots");

    private static final Path CHROMIUM = Path.of(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"));

    /** Milliseconds until somebody gives up waiting. */
    private static final double PATIENCE = 30_000;

    /** Lets the page's clock go as many milliseconds off as the page is told. */
    private static final String CLOCK =
            """
            (() => {
              const Real = window.Date;
              const now = () => Real.now() + window.redressClock;
              window.Date = new Proxy(Real, {
                construct: (target, args, type) => Reflect.construct(target, args.length ? args : [now()], type),
                apply: () => new Real(now()).toString(),
                get: (target, name) => name === 'now' ? now : Reflect.get(target, name)
              });
            })()
            """;

    private final Map<String, Page> pages = new HashMap<>();
    private final Map<String, Tasklist> tasklists = new HashMap<>();
    private String address = "";
    private @Nullable Playwright playwright;
    private @Nullable Browser browser;

    @Override
    public void beforeAll(ExtensionContext tests) {
        assumeTrue(
                Files.isExecutable(CHROMIUM),
                () -> "There is no Chromium at " + CHROMIUM
                        + ": browser tests are skipped. Install it, or set CHROMIUM to where it is.");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-first-run",
                                "--disable-quic")));
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        address = "http://localhost:"
                + SpringExtension.getApplicationContext(test).getEnvironment().getProperty("local.server.port");
    }

    @Override
    public void afterTestExecution(ExtensionContext test) {
        if (test.getExecutionException().isPresent()) {
            String name = "failed-" + test.getRequiredTestMethod().getName() + "-";
            pages.forEach((user, page) ->
                    page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + user + ".png"))));
        }
    }

    @Override
    public void afterEach(ExtensionContext test) {
        pages.values().forEach(page -> page.context().close());
        pages.clear();
        tasklists.clear();
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        if (playwright != null) {
            playwright.close();
        }
    }

    String address() {
        return address;
    }

    /** The Tasklist of somebody, who signs in at the first call; the clock is right from the next page on. */
    Tasklist tasklist(String user) {
        Page known = pages.get(user);
        if (known != null) {
            setClock(known.context());
        }
        return tasklists.computeIfAbsent(user, name -> {
            Tasklist tasklist = new Tasklist(page(name), address);
            tasklist.signIn(name, name);
            return tasklist;
        });
    }

    /** An empty page for somebody who has not signed in. */
    Page page(String user) {
        if (browser == null) {
            throw new IllegalStateException("There is no browser");
        }
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setLocale("en-US")
                .setTimezoneId("UTC")
                .setViewportSize(1500, 1000));
        context.setDefaultTimeout(PATIENCE);
        context.addInitScript(CLOCK);
        setClock(context);
        Page page = context.newPage();
        pages.put(user, page);
        return page;
    }

    private static void setClock(BrowserContext context) {
        long off = ClockUtil.getCurrentTime().getTime() - System.currentTimeMillis();
        context.addInitScript("window.redressClock = " + off);
    }
}
