package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.vault.SealedTexts;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The page for holds and erasures, by the session of the web apps: somebody who may not, a page from elsewhere, a second click, a
 * page from before. A bare engine has no such page ({@link NothingIsLostTest}); what officers may do is told in {@link ErasuresByOneTest}.
 */
@SuppressWarnings("NullAway.Init")
class HoldsPageTest extends AttackTest {

    private static final String SECOND = "second-officer";
    private static final String PASSWORD = "second-officers-words";
    private static final String PERSON = "V-holds";
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern SEEN = Pattern.compile("name=\"seen\" value=\"([^\"]+)\"");
    private static final Pattern ASKED = Pattern.compile("name=\"asked\" value=\"([^\"]+)\"");
    private static int numbers = 4800;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private SealedTexts texts;

    @Autowired
    private PlatformTransactionManager transactions;

    private String number;
    private String told;
    private Caller dpo;
    private Caller legal;

    @BeforeEach
    void aCaseInWhichSomethingWasTold() {
        jdbc.sql("delete from letter where template in ('hold-lifted', 'erasure-asked', 'erasure-done')")
                .update();
        number = "R-2026-" + ++numbers;
        jdbc.sql("insert into case_file (case_number, process_instance_id, received_at) values (?, 'none', ?)")
                .params(number, Timestamp.from(Instant.parse("2026-02-02T09:00:00Z")))
                .update();
        told = new TransactionTemplate(transactions)
                .execute(status ->
                        texts.keep(number, "probe", "legal", "Amina told it").orElseThrow());
        jdbc.sql("insert into vault_key (id, case_number, person, master_key, wrapped, created_at)"
                        + " values (?, ?, ?, 'probe', ?, now())")
                .params("of " + number, number, PERSON, new byte[] {1})
                .update();
        User second = identityService.newUser(SECOND);
        second.setPassword(PASSWORD);
        identityService.saveUser(second);
        identityService.createMembership(SECOND, "dpo");
        dpo = inTasklist("dpo", "dpo");
        legal = inTasklist("legal", "legal");
    }

    @AfterEach
    void theSecondOfficerIsGone() {
        identityService.deleteUser(SECOND);
    }

    private Caller inTasklist(String user, String password) {
        Caller caller = asNobody();
        assertThat(caller.signIn("tasklist", user, password).statusCode()).isEqualTo(200);
        return caller;
    }

    /** A page as somebody has it before them, with what is hidden in its forms. */
    private record Opened(Caller caller, String number, String html) {

        /** Sends one of its forms; {@code more} in the words of a form. */
        HttpResponse<String> send(String action, String reason, String more) {
            return caller.form(
                    "/holds/" + number + "/" + action,
                    "_csrf=" + first(TOKEN, html) + "&seen=" + first(SEEN, html) + "&reason=" + encoded(reason) + more);
        }

        HttpResponse<String> eraseCase(String reason, String more) {
            return send("erase-case", reason, "&typed=" + number.toLowerCase(java.util.Locale.ROOT) + more);
        }

        HttpResponse<String> confirm(String reason, String typed) {
            return send("confirm", reason, "&asked=" + first(ASKED, html) + "&typed=" + typed);
        }
    }

    private Opened open(Caller caller) {
        return open(caller, number);
    }

    private static Opened open(Caller caller, String number) {
        HttpResponse<String> page = caller.get("/holds/" + number);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        return new Opened(caller, number, page.body());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private void done(HttpResponse<String> answer, String what) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(header(answer, "Location")).isEqualTo("/holds/" + number + "?done=" + what);
    }

    private static void refused(HttpResponse<String> answer, int status, String words) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("role=\"alert\"", words, "Nothing was done");
    }

    private boolean isThere() {
        return keys("") > 0;
    }

    private int keys(String person) {
        return jdbc.sql("select count(*) from vault_key where case_number = ? and coalesce(person, '') = ?"
                        + " and destroyed_at is null")
                .params(number, person)
                .query(Integer.class)
                .single();
    }

    private List<String> onTrail(String kind) {
        return JsonPath.parse(signedInAs("overseer")
                        .get("/api/audit?caseNumber=" + number)
                        .body())
                .<List<Map<String, Object>>>read("$.lines[?(@.kind=='" + kind + "')]")
                .stream()
                .map(line -> line.get("by") + " " + line.get("what"))
                .toList();
    }

    private int letters(String letter) {
        return jdbc.sql("select count(*) from letter where template = ? and subject like ?")
                .params(letter, number + "%")
                .query(Integer.class)
                .single();
    }

    private void holdAndLift() {
        done(open(legal).send("set", "a court asked", ""), "held");
        done(open(dpo).send("lift", "it is over", ""), "lifted");
    }

    @Test
    void whoMayHoldsACaseAndLiftsTheHold() {
        assertThat(open(legal).html()).contains("No legal hold stands.").doesNotContain("Lift the hold");
        done(open(legal).send("set", "Amina's case is at court", ""), "held");
        HttpResponse<String> page = dpo.get("/holds/" + number + "?done=held");
        assertThat(page.body())
                .contains(
                        "The case is held.",
                        "A legal hold stands since 2026-02-02 09:00 UTC, set by legal.",
                        "Lift the hold",
                        "nothing is erased")
                .doesNotContain("at court", "Erase the case</button>", "<script", "style=", "<style");
        assertThat(header(page, "Content-Security-Policy"))
                .contains("default-src 'none'", "form-action 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(header(page, "Cache-Control")).isEqualTo("no-store");
        refused(open(dpo).send("lift", " ", ""), 400, "say why");
        assertThat(letters("hold-lifted")).isZero();
        done(open(dpo).send("lift", "it is over", ""), "lifted");
        assertThat(letters("hold-lifted")).isEqualTo(3);
        assertThat(onTrail("HOLD")).containsExactlyInAnyOrder("legal set", "dpo lifted");
        assertThat(open(dpo).html())
                .contains("No legal hold stands.", "until 2026-02-05 09:00 UTC an erasure takes two");
    }

    @Test
    void everybodyElseIsRefusedWhetherThereIsSuchACaseOrNot() {
        for (String user : List.of("protection", "smelter", "facilitator", "audit-programme", "secretariat", "admin")) {
            Caller other = inTasklist(user, user);
            HttpResponse<String> page = other.get("/holds/" + number);
            assertThat(page.statusCode()).as(user).isEqualTo(403);
            assertThat(page.body()).isEqualTo(other.get("/holds/R-2026-0000").body());
            for (String act : List.of("set", "lift", "erase-case", "erase-person", "confirm")) {
                assertThat(other.get("/holds/" + number + "/" + act).statusCode())
                        .as(user + " " + act)
                        .isEqualTo(403);
            }
        }
        // With a token of their own, from a page that is theirs.
        Caller protection = inTasklist("protection", "protection");
        String token = first(TOKEN, protection.get("/files/" + number).body());
        for (String act : List.of("set", "lift", "erase-case", "erase-person", "confirm")) {
            assertThat(protection
                            .form(
                                    "/holds/" + number + "/" + act,
                                    "_csrf=" + token + "&reason=asked+for&typed=" + number + "&person=" + PERSON)
                            .statusCode())
                    .as(act)
                    .isEqualTo(403);
        }
        assertThat(isThere()).isTrue();
        assertThat(onTrail("HOLD")).isEmpty();
        HttpResponse<String> none = dpo.get("/holds/R-2026-0000");
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(none.body()).contains("check the number");
        HttpResponse<String> nobody = asNobody().get("/holds/" + number);
        assertThat(nobody.statusCode()).isEqualTo(303);
        assertThat(header(nobody, "Location")).isEqualTo("/camunda/app/tasklist/default/?to=/holds/" + number);
        assertThat(signedInAs("dpo").get("/holds/" + number).statusCode())
                .as("a password is no session")
                .isEqualTo(303);
    }

    @Test
    void aPageFromElsewhereHoldsAndErasesNothing() {
        Opened page = open(dpo);
        String fields = "&seen=" + first(SEEN, page.html()) + "&reason=asked+for&typed=" + number;
        String token = first(TOKEN, page.html());
        for (String act : List.of("set", "lift", "erase-case", "erase-person", "confirm")) {
            String path = "/holds/" + number + "/" + act;
            assertThat(dpo.form(path, fields).statusCode()).as(act).isEqualTo(403);
            assertThat(dpo.form(path, "_csrf=" + first(TOKEN, open(legal).html()) + fields)
                            .statusCode())
                    .as("with the token of another session")
                    .isEqualTo(403);
            assertThat(dpo.form(
                                    path,
                                    "_csrf=" + token + fields,
                                    "Origin",
                                    "https://evil.example",
                                    "Sec-Fetch-Site",
                                    "cross-site")
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(isThere()).isTrue();
        assertThat(onTrail("HOLD")).isEmpty();
        assertThat(onTrail("ERASURE")).isEmpty();
    }

    @Test
    void aSecondClickDoesNothingMoreAndSaysTheSame() {
        Opened page = open(legal);
        done(page.send("set", "a court asked", ""), "held");
        done(page.send("set", "a court asked", ""), "held");
        assertThat(onTrail("HOLD")).containsExactly("legal set");
        Opened held = open(legal);
        done(held.send("lift", "it is over", ""), "lifted");
        done(held.send("lift", "it is over", ""), "lifted");
        assertThat(letters("hold-lifted")).isEqualTo(3);

        travel(Duration.ofHours(73));
        Opened before = open(dpo);
        done(before.eraseCase("as she wished", ""), "erased");
        done(before.eraseCase("as she wished", ""), "erased");
        assertThat(onTrail("ERASURE")).containsExactly("dpo erased");
        assertThat(letters("erasure-done")).isEqualTo(3);
    }

    /** Else an officer believes, and tells the person, that her records are gone. */
    @Test
    void whatCameToNothingIsNotSaidToBeDoneWhenItIsSentAgain() {
        Opened before = open(dpo);
        done(before.eraseCase("as she wished", "&force=true"), "asked");
        done(before.eraseCase("as she wished", "&force=true"), "asked");
        done(open(legal).send("set", "a court asked", ""), "held");
        refused(before.eraseCase("as she wished", "&force=true"), 409, "something has changed here");
        done(open(legal).send("lift", "it is over", ""), "lifted");
        refused(before.eraseCase("as she wished", "&force=true"), 409, "something has changed here");

        Opened later = open(dpo);
        done(later.eraseCase("as she wished", ""), "asked");
        travel(Duration.ofDays(3));
        refused(later.eraseCase("as she wished", ""), 409, "something has changed here");
        assertThat(isThere()).isTrue();
        assertThat(onTrail("ERASURE"))
                .containsExactly("dpo asked for, by a first of two", "dpo asked for, by a first of two");
    }

    /** What another officer did, the one who asked is shown, not told as their own. */
    @Test
    void whatSomebodyElseHasConfirmedSinceIsNotDoneAgain() {
        Opened before = open(dpo);
        done(before.eraseCase("as she wished", "&force=true"), "asked");
        done(open(legal).confirm("I have heard it", number), "erased");
        HttpResponse<String> again = before.eraseCase("as she wished", "&force=true");
        refused(again, 409, "something has changed here");
        assertThat(again.body()).contains("by legal: the whole case.");
        assertThat(onTrail("ERASURE")).containsExactlyInAnyOrder("dpo asked for, by a first of two", "legal erased");
    }

    /** Two requests of one officer, of which one waits and the other is done. */
    @Test
    void eachOfTwoFormsSentTwiceSaysWhatBecameOfIt() {
        done(open(dpo).eraseCase("as she wished", "&force=true"), "asked");
        Opened page = open(dpo);
        String person = "&person=" + PERSON + "&typed=" + PERSON;
        done(page.send("erase-person", "she first", person), "erased");
        done(page.send("erase-person", "she first", person), "erased");
        assertThat(onTrail("ERASURE")).containsExactlyInAnyOrder("dpo asked for, by a first of two", "dpo erased");
    }

    @Test
    void noLinkSaysThatSomethingIsDoneWhichIsNot() {
        assertThat(saidDone(dpo)).isEmpty();
        done(open(legal).send("set", "a court asked", ""), "held");
        assertThat(saidDone(dpo)).containsExactly("held");
        done(open(dpo).send("lift", "it is over", ""), "lifted");
        assertThat(saidDone(dpo)).containsExactly("lifted");
        done(open(dpo).eraseCase("as she wished", ""), "asked");
        assertThat(saidDone(dpo)).containsExactly("lifted", "asked");
        assertThat(saidDone(legal)).as("it waits for them").containsExactly("lifted");
        done(open(legal).confirm("I have heard it", number), "erased");
        assertThat(saidDone(dpo)).containsExactly("lifted", "erased");
        assertThat(dpo.get("/holds/" + number + "?done=erased").body()).contains("on top the last: the whole case.");
        done(open(legal).send("set", "another court asked", ""), "held");
        assertThat(saidDone(dpo)).containsExactly("held", "erased");

        jdbc.sql("insert into vault_key (id, case_number, person, master_key, wrapped, created_at)"
                        + " values (?, ?, ?, 'probe', ?, now())")
                .params("anew of " + number, number, PERSON, new byte[] {1})
                .update();
        assertThat(saidDone(dpo)).as("she told it again").containsExactly("held");
    }

    /** Which of all news a link makes the page tell. */
    private List<String> saidDone(Caller caller) {
        return Stream.of("held", "lifted", "asked", "erased", "anything")
                .filter(done ->
                        caller.get("/holds/" + number + "?done=" + done).body().contains("role=\"status\""))
                .toList();
    }

    /** It tells which survivor is erased, or is to be. */
    @Test
    void eachLookIsOnTheTrailAndOfThoseWhoAreRefusedNone() {
        assertThat(onTrail("AUDIT")).noneMatch(line -> line.contains("holds"));
        Opened page = open(dpo);
        open(legal);
        refused(page.send("set", " ", ""), 400, "say why");
        assertThat(inTasklist("protection", "protection")
                        .get("/holds/" + number)
                        .statusCode())
                .isEqualTo(403);
        assertThat(onTrail("AUDIT").stream().filter(line -> line.contains("holds")))
                .containsExactly(
                        "dpo read its holds and erasures",
                        "legal read its holds and erasures",
                        "dpo read its holds and erasures");
    }

    /** Two tabs, or two nodes. */
    @Test
    void clicksAtTheSameMomentAreOne() {
        Opened page = open(dpo);
        List<Integer> answers = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> page.eraseCase("as she wished", "&force=true").statusCode()))
                .limit(4)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(answers).containsOnly(303);
        assertThat(onTrail("ERASURE")).containsExactly("dpo asked for, by a first of two");
    }

    /** Else somebody lifts the hold that a colleague has set anew since, for a reason of theirs. */
    @Test
    void aPageFromBeforeChangesNothing() {
        done(open(legal).send("set", "a court asked", ""), "held");
        Opened before = open(dpo);
        done(open(legal).send("set", "another court asked", ""), "held");
        refused(before.send("lift", "it is over", ""), 409, "something has changed here");
        refused(before.eraseCase("as she wished", ""), 409, "something has changed here");
        refused(before.send("set", "mine", ""), 409, "something has changed here");
        assertThat(onTrail("HOLD")).containsExactly("legal set", "legal set");
        assertThat(isThere()).isTrue();
    }

    @Test
    void aHoldPreventsAnErasureAndThePageSaysSo() {
        done(open(legal).send("set", "a court asked", ""), "held");
        assertThat(open(dpo).html())
                .contains("A legal hold stands: nothing is erased. Lift it first")
                .doesNotContain("/erase-case", "/erase-person");
        refused(open(dpo).eraseCase("as she wished", ""), 409, "a legal hold stands");
        refused(
                open(dpo).send("erase-person", "as she wished", "&person=" + PERSON + "&typed=" + PERSON),
                409,
                "a legal hold stands");
        assertThat(isThere()).isTrue();
        assertThat(keys(PERSON)).isEqualTo(1);
    }

    @Test
    void nothingIsErasedBeforeItsNumberIsTyped() {
        for (String typed : List.of("", "yes", number + "1", PERSON)) {
            HttpResponse<String> answer = open(dpo).send("erase-case", "she <b>wished</b> it", "&typed=" + typed);
            refused(answer, 400, "is not “" + number + "”");
            assertThat(answer.body())
                    .as("nobody writes it twice")
                    .contains("she &lt;b&gt;wished&lt;/b&gt; it</textarea>");
        }
        refused(
                open(dpo).send("erase-person", "as she wished", "&person=" + PERSON + "&typed=" + number),
                400,
                "is not “" + PERSON + "”");
        refused(open(dpo).send("erase-person", "as she wished", "&person=&typed="), 400, "of a person the reference");
        refused(open(dpo).send("erase-person", "why", "&person=V-OTHER&typed=V-OTHER"), 404, "no such person");
        refused(open(dpo).eraseCase("x".repeat(501), ""), 400, "at most 500 characters");
        assertThat(isThere()).isTrue();
        assertThat(keys(PERSON)).isEqualTo(1);
    }

    @Test
    void onePersonIsErasedAndTheCaseGoesOn() {
        done(open(dpo).send("erase-person", "as she wished", "&person=+" + PERSON + "&typed=" + PERSON), "erased");
        assertThat(keys(PERSON)).isZero();
        assertThat(isThere()).isTrue();
        assertThat(legal.get("/holds/" + number + "?done=erased").body())
                .contains(
                        "This is erased.",
                        "2026-02-02 09:00 UTC, by dpo: what is about " + PERSON + ".",
                        "One key destroyed; no value and no file gone.",
                        "What lay beside the forms",
                        "With one person, all but the choices is only counted")
                .doesNotContain("as she wished");
    }

    @Test
    void afterAHoldAnotherOfficerConfirmsWhatOneAskedFor() {
        holdAndLift();
        done(open(dpo).eraseCase("as she wished", ""), "asked");
        String own = dpo.get("/holds/" + number + "?done=asked").body();
        assertThat(own)
                .contains(
                        "dpo asked to erase the whole case. It waits until 2026-02-05 09:00 UTC.",
                        "You asked for it: somebody with another account confirms it")
                .doesNotContain("Confirm and erase", "as she wished");
        assertThat(isThere()).isTrue();
        assertThat(letters("erasure-asked")).isEqualTo(3);

        Opened page = open(legal);
        assertThat(page.html())
                .contains("Confirm and erase", "A data protection officer asks for an erasure")
                .doesNotContain("/erase-case", "/erase-person");
        refused(page.confirm("I have heard it", "yes"), 400, "is not “" + number + "”");
        done(page.confirm("I have heard it", number), "erased");
        done(page.confirm("I have heard it", number), "erased");
        assertThat(isThere()).isFalse();
        assertThat(vault.open(told, number, "test")).isEmpty();
        assertThat(onTrail("ERASURE")).containsExactlyInAnyOrder("dpo asked for, by a first of two", "legal erased");
        assertThat(legal.get("/holds/" + number + "?done=erased").body())
                .contains(
                        "This is erased.", "by legal: the whole case.", "2 keys destroyed; one value and no file gone.")
                .doesNotContain("Confirm and erase");
        refused(page.confirm("something else", number), 409, "something has changed here");
    }

    /** Whoever may only confirm begins nothing, by whatever they send. */
    @Test
    void legalBeginsNoErasure() {
        refused(open(legal).eraseCase("as she wished", ""), 403, "no data protection officer has asked for this");
        refused(
                open(legal).send("erase-person", "why", "&force=true&person=" + PERSON + "&typed=" + PERSON),
                403,
                "Ask one to begin");
        assertThat(isThere()).isTrue();
        assertThat(onTrail("ERASURE")).isEmpty();
    }

    @Test
    void twoAccountsWithOneMailAddressAreNotTwoPeople() {
        User officer = identityService.createUserQuery().userId(SECOND).singleResult();
        officer.setEmail("dpo@demo.example");
        identityService.saveUser(officer);
        done(open(dpo).eraseCase("as she wished", "&force=true"), "asked");
        Caller second = inTasklist(SECOND, PASSWORD);
        assertThat(open(second).html()).contains("It is to be done though somebody is still helped.");
        refused(open(second).confirm("mine", number), 409, "two accounts of one person are not two people");
        assertThat(isThere()).isTrue();
    }

    @Test
    void whatWaitsComesToNothingWithItsTimeAndByAHold() {
        done(open(dpo).eraseCase("as she wished", "&force=true"), "asked");
        Opened page = open(legal);
        travel(Duration.ofHours(73));
        refused(page.confirm("I have heard it", number), 409, "its time was over");
        assertThat(open(legal).html()).doesNotContain("Confirm and erase");
        done(open(dpo).eraseCase("as she wished again", "&force=true"), "asked");
        Opened again = open(legal);
        done(open(legal).send("set", "a court asked", ""), "held");
        refused(again.confirm("I have heard it", number), 409, "something has changed here");
        assertThat(isThere()).isTrue();
    }

    /** A case in which work goes on, with the links that lead here. */
    @Test
    void whileSomebodyIsHelpedItTakesForceAndSaysSo() {
        String instance = runtimeService
                .startProcessInstanceByMessage(
                        "grievance-received",
                        Variables.fromMap(formValues(Map.of(
                                "ongoing", "NO",
                                "childrenInvolved", false,
                                "fearOfRetaliation", "LOW",
                                "whereCountry", "CD",
                                "whatHappened", "He was beaten at the gate.",
                                "language", "en"))))
                .getProcessInstanceId();
        fireDueJobs();
        number = String.valueOf(runtimeService.getVariable(instance, "caseNumber"));
        refused(open(dpo).eraseCase("as he wished", ""), 409, "somebody is still helped by what would go");
        done(open(dpo).eraseCase("as he wished", "&force=true"), "asked");
        String link = "href=\"/holds/" + number + "\"";
        assertThat(dpo.get("/cases/" + number).body()).contains(link);
        assertThat(legal.get("/cases/" + number).body()).contains(link);
        assertThat(legal.get("/break-glass/" + number).body()).contains(link);
        assertThat(inTasklist("protection", "protection")
                        .get("/cases/" + number)
                        .body())
                .contains("at a glance")
                .doesNotContain("/holds/");
        HttpResponse<String> address = dpo.get("/holds/" + number + "/erase-case");
        assertThat(address.statusCode()).isEqualTo(303);
        assertThat(header(address, "Location")).isEqualTo("/holds/" + number);
    }

    @Test
    void aRoleThatIsTakenAwayCountsAtOnce() {
        Caller second = inTasklist(SECOND, PASSWORD);
        Opened page = open(second);
        identityService.deleteMembership(SECOND, "dpo");
        assertThat(page.send("set", "a court asked", "").statusCode()).isEqualTo(403);
        assertThat(second.get("/holds/" + number).statusCode()).isEqualTo(403);
        assertThat(onTrail("HOLD")).isEmpty();
    }
}
