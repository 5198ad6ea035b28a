package org.redress.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Camunda Tasklist as one person uses it: lists on the left, tasks in the middle, the form on the right. */
final class Tasklist {

    private static final Pattern TASK_ID = Pattern.compile("[?&]task=([0-9a-f-]+)");

    private final Page page;
    private final String address;
    private String left = "";

    Tasklist(Page page, String address) {
        this.page = page;
        this.address = address;
    }

    /**
     * A line of the list of tasks.
     *
     * @param task name and case number
     * @param due what the pointer shows over "Due in 5 days"
     */
    record Line(String task, String due) {}

    /** The text alone, for a pattern that runs in the browser (which does not know {@link Pattern#quote}). */
    static Pattern whole(String text) {
        return Pattern.compile("^\\s*" + literal(text) + "\\s*$");
    }

    private static Pattern starting(String text) {
        return Pattern.compile("^\\s*" + literal(text) + "(\\s|$)");
    }

    private static String literal(String text) {
        return text.replaceAll("[.*+?^${}()|\\[\\]\\\\]", "\\\\$0");
    }

    void signIn(String user, String password) {
        page.navigate(address + "/camunda/app/tasklist/default/#/login");
        signIn(page, user, password);
    }

    /** At the page of any web app that asks for it. */
    static void signIn(Page page, String user, String password) {
        Locator name = page.locator("input[type=text]");
        Locator secret = page.locator("input[type=password]");
        // Once it is ready the page puts the pointer into the first field: what is typed just then stands there twice.
        for (int tries = 0; tries < 3 && !(holds(name, user) && holds(secret, password)); tries++) {
            name.fill(user);
            secret.fill(password);
        }
        page.locator("button[type=submit]").click();
        assertThat(page.locator("li.account")).containsText(user);
    }

    private static boolean holds(Locator field, String text) {
        return field.inputValue().equals(text);
    }

    void signOut() {
        page.locator("li.account .dropdown-toggle").click();
        page.locator("li.account .logout a").click();
        assertThat(page.locator("input[type=password]")).isVisible();
    }

    List<String> lists() {
        page.locator(".task-filter").first().waitFor();
        return page.locator(".task-filter h4 a").all().stream()
                .map(list -> list.evaluate("list => list.firstChild.textContent.trim()")
                        .toString())
                .toList();
    }

    /** Leaves the page, whose list looks for news every ten seconds, until there is something to do again. */
    void rest() {
        left = page.url();
        page.navigate("about:blank");
    }

    /** Chooses one of the ready-made lists and reads it anew. */
    Tasklist choose(String list) {
        if (left.isEmpty()) {
            page.reload();
        } else {
            page.navigate(left);
            left = "";
        }
        Locator choice = page.locator(".task-filter").filter(new Locator.FilterOptions().setHasText(starting(list)));
        // The first list is chosen already, and choosing it again would load nothing.
        Locator link = choice.locator("h4 a");
        link.waitFor();
        // Else the answer to the list that was chosen before would be taken for the answer to this one.
        waitForTheList();
        if (!choice.getAttribute("class").contains("active")) {
            page.waitForResponse(answer -> answer.url().contains("/filter/"), link::click);
            waitForTheList();
        }
        return this;
    }

    private void waitForTheList() {
        assertThat(page.locator(".tasks-list .loader:visible")).hasCount(0);
        page.locator("ol.tasks-list .task, .tasks-list .alert:visible, .tasks-list .well:visible")
                .first()
                .waitFor();
    }

    /** Whether something of Tasklist is to be seen. */
    boolean shows(String what) {
        return page.locator(what).all().stream().anyMatch(Locator::isVisible);
    }

    /** What the chosen list shows. */
    List<Line> tasks() {
        return page.locator("ol.tasks-list li.task").all().stream()
                .map(task -> new Line(
                        task.locator("h4.task").innerText().strip(),
                        task.locator(".due-date [uib-tooltip]").getAttribute("uib-tooltip")))
                .toList();
    }

    /** Opens the task of that name and case, the first if there are several, and claims it. */
    FormOnScreen work(String task, String caseNumber) {
        FormOnScreen form = open(task, caseNumber);
        claim();
        return form;
    }

    FormOnScreen open(String task, String caseNumber) {
        return open(lines().filter(new Locator.FilterOptions().setHasText(whole(task + " · " + caseNumber)))
                .first());
    }

    /** Opens the task of that id, for which several may look the same. */
    FormOnScreen open(String taskId) {
        return open(page.locator("ol.tasks-list li.task h4 a[href*='" + taskId + "']"));
    }

    private Locator lines() {
        return page.locator("ol.tasks-list li.task h4 a");
    }

    private FormOnScreen open(Locator line) {
        line.waitFor();
        line.click();
        page.locator(".task-card .fjs-form").waitFor();
        Matcher id = TASK_ID.matcher(page.url());
        if (!id.find()) {
            throw new AssertionError("No task is open: " + page.url());
        }
        String resource = address + "/camunda/api/engine/engine/default/task/" + id.group(1);
        return new FormOnScreen(
                page, page.locator(".task-card"), resource + "/deployed-form", resource + "/form-variables");
    }

    /** Claims the open task, unless that is done. */
    void claim() {
        Locator claim = page.locator(".task-card button.claim");
        Locator unclaim = page.locator(".task-card button.unclaim, .task-card .assignee .unclaim");
        claim.or(unclaim).first().waitFor();
        if (claim.isVisible()) {
            claim.click();
            unclaim.first().waitFor();
        }
        page.locator(".task-card .fjs-form .fjs-disabled")
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }

    /** Opens the start form of a process. */
    FormOnScreen startProcess(String name) {
        page.locator("text=Start process").first().click();
        Locator dialogue = page.locator(".modal-content");
        Response form = page.waitForResponse(
                answer -> answer.url().contains("/deployed-start-form"), () -> dialogue.locator("ul.processes a")
                        .filter(new Locator.FilterOptions().setHasText(name))
                        .click());
        dialogue.locator(".fjs-form").waitFor();
        return new FormOnScreen(page, dialogue, form.url(), "");
    }
}
