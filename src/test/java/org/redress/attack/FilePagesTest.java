package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.engine.Parties;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The pages for files and for emergencies, by the session of the web apps. A bare engine has no such pages; what comes nearest
 * is attacked there in {@link StoredFilesTest} and {@link OtherPagesTest}.
 */
@SuppressWarnings("NullAway.Init")
class FilePagesTest extends AttackTest {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern LINK = Pattern.compile("href=\"(/files/[^/]+/[^\"]+)\"");
    private static final String NAME = "<img src=x onerror=alert(1)>&.txt";

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Parties parties;

    private String number;
    private Caller protection;

    @BeforeEach
    void aCase() {
        number = newCaseNumber();
        jdbc.sql("insert into case_file (case_number, process_instance_id, received_at) values (?, 'none', ?)")
                .params(number, Timestamp.from(Instant.parse("2026-02-02T09:00:00Z")))
                .update();
        protection = inTasklist("protection");
    }

    private Caller inTasklist(String user) {
        Caller caller = asNobody();
        assertThat(caller.signIn("tasklist", user, user).statusCode()).isEqualTo(200);
        return caller;
    }

    @AfterEach
    void theRoleIsBack() {
        if (identityService
                        .createGroupQuery()
                        .groupId("protection")
                        .groupMember("protection")
                        .count()
                == 0) {
            identityService.createMembership("protection", "protection");
        }
    }

    @Test
    void aPersonAddsAndReads() {
        HttpResponse<String> added = add(protection, token(protection, "/files/"), "what was said");
        assertThat(added.statusCode()).as(added.body()).isEqualTo(303);
        assertThat(header(added, "Location")).isEqualTo("/files/" + number + "?done=added");
        HttpResponse<String> page = protection.get("/files/" + number + "?done=added");
        assertThat(page.body())
                .contains("&lt;img src=x onerror=alert(1)&gt;&amp;.txt", "The file was added.")
                .doesNotContain("<img", "<script", "style=", "<style");
        assertThat(header(page, "Content-Security-Policy"))
                .contains("default-src 'none'", "form-action 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(header(page, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        HttpResponse<String> file = protection.get(first(LINK, page.body()));
        assertThat(file.body()).isEqualTo("what was said");
        assertThat(header(file, "Content-Disposition")).startsWith("attachment;");
        assertThat(header(file, "Content-Security-Policy")).contains("sandbox").doesNotContain("'self'");
    }

    @Test
    void anotherPageAddsNothing() {
        String token = token(protection, "/files/");
        assertThat(add(protection, "", "x").statusCode()).as("without a token").isEqualTo(403);
        assertThat(add(protection, token(inTasklist("audit-programme"), "/files/"), "x")
                        .statusCode())
                .as("with the token of another session")
                .isEqualTo(403);
        assertThat(add(protection, token, "x", "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(protection.get("/files/" + number).body()).doesNotContain("/files/" + number + "/");
    }

    @Test
    void whoIsNotSignedInIsSentToSignIn() {
        for (String path : List.of("/files/" + number, "/files/" + number + "/x", "/break-glass/" + number)) {
            HttpResponse<String> answer = asNobody().get(path);
            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(header(answer, "Location")).isEqualTo("/camunda/app/tasklist/default/?to=" + path);
            assertThat(header(answer, "Set-Cookie")).as("no session is made").isEmpty();
        }
        assertThat(add(asNobody(), "x", "x").statusCode()).isEqualTo(303);
        assertThat(signedInAs("protection").get("/files/" + number).statusCode())
                .as("a password is no session")
                .isEqualTo(303);
    }

    @Test
    void aRoleThatIsTakenAwayCountsAtOnce() {
        add(protection, token(protection, "/files/"), "x");
        String link = first(LINK, protection.get("/files/" + number).body());
        assertThat(protection.get(link).statusCode()).isEqualTo(200);
        identityService.deleteMembership("protection", "protection");
        assertThat(protection.get(link).statusCode()).isEqualTo(404);
        assertThat(protection.get("/files/" + number).statusCode()).isEqualTo(404);
    }

    @Test
    void aStrangerAndAnAdministratorFindNoSuchCase() {
        for (String user : List.of("smelter", "admin", "dpo")) {
            Caller stranger = inTasklist(user);
            HttpResponse<String> page = stranger.get("/files/" + number);
            assertThat(page.statusCode()).as(user).isEqualTo(404);
            assertThat(page.body()).isEqualTo(stranger.get("/files/R-2026-9999").body());
        }
        for (String user : List.of("smelter", "admin", "facilitator", "protection")) {
            Caller stranger = inTasklist(user);
            HttpResponse<String> page = stranger.get("/break-glass/" + number);
            assertThat(page.statusCode()).as(user).isEqualTo(404);
            assertThat(page.body())
                    .isEqualTo(stranger.get("/break-glass/R-2026-9999").body());
        }
    }

    @Test
    void whatIsWrongIsSaidOnThePage() {
        HttpResponse<String> page = add(protection, token(protection, "/files/"), "<html>");
        assertThat(page.statusCode()).isEqualTo(415);
        assertThat(page.body()).contains("role=\"alert\"", "Files of this kind are not taken", "<form");
        HttpResponse<String> large = add(protection, token(protection, "/files/"), "x".repeat(21 * 1024 * 1024));
        assertThat(large.statusCode()).isEqualTo(303);
        assertThat(protection.get(header(large, "Location")).body()).contains("A file has at most 20 MB.");
    }

    @Test
    void inAnEmergencyOnlyThePageItselfLetsOneRead() {
        parties.add(number, "facilitator", "org-facilitator");
        Caller facilitator = inTasklist("facilitator");
        String token = token(facilitator, "/break-glass/");
        String reason = "reason=Nobody+answers+and+she+must+be+warned+tonight";
        assertThat(facilitator.form("/break-glass/" + number, reason).statusCode())
                .isEqualTo(403);
        assertThat(facilitator
                        .form(
                                "/break-glass/" + number,
                                reason + "&_csrf=" + token,
                                "Origin",
                                "https://evil.example",
                                "Sec-Fetch-Site",
                                "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(facilitator
                        .form("/break-glass/" + number, "reason=short&_csrf=" + token)
                        .body())
                .contains("role=\"alert\"", "20 to 500");
        HttpResponse<String> asked = facilitator.form("/break-glass/" + number, reason + "&_csrf=" + token);
        assertThat(asked.statusCode()).as(asked.headers() + asked.body()).isEqualTo(303);
        assertThat(facilitator.get("/break-glass/" + number).body())
                .contains("until 2026-02-02 13:00 UTC")
                .doesNotContain("<script", "style=");
        jdbc.sql("delete from case_party where case_number = ?").param(number).update();
        assertThat(facilitator.get("/break-glass/" + number).statusCode())
                .as("party no more")
                .isEqualTo(404);
    }

    @Test
    void aReadingIsEndedByWhoeverReadsAndByTheOfficerAndByNobodyElse() {
        parties.add(number, "facilitator", "org-facilitator");
        Caller facilitator = inTasklist("facilitator");
        Caller legal = inTasklist("legal");
        Caller dpo = inTasklist("dpo");
        String facilitators = reading(facilitator);
        String lawyers = reading(legal);
        String token = token(legal, "/break-glass/");
        assertThat(legal.get("/break-glass/" + number).body())
                .as("of others only the officer is told")
                .doesNotContain(facilitators, "Others who read");
        assertThat(legal.form(facilitators, "_csrf=" + token).statusCode())
                .as("another's")
                .isEqualTo(404);
        assertThat(dpo.get("/break-glass/" + number).body())
                .contains(
                        "legal may read everything that is confidential in this case until 2026-02-02 13:00 UTC.",
                        "Nobody answers and she must be warned tonight",
                        facilitators,
                        lawyers);
        assertThat(jdbc.sql("select count(*) from vault_read where case_number = ? and reader = 'dpo'"
                                + " and variable = 'reason of break-glass'")
                        .param(number)
                        .query(Integer.class)
                        .single())
                .as("who reads a reason is on record")
                .isEqualTo(2);

        assertThat(legal.form(lawyers, "").statusCode()).as("without a token").isEqualTo(403);
        assertThat(legal.form(
                                lawyers,
                                "_csrf=" + token,
                                "Origin",
                                "https://evil.example",
                                "Sec-Fetch-Site",
                                "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(legal.get("/break-glass/" + number).body()).contains(lawyers);
        for (String click : List.of("first", "second")) {
            HttpResponse<String> ended = legal.form(lawyers, "_csrf=" + token);
            assertThat(ended.statusCode()).as(click).isEqualTo(303);
            assertThat(legal.get(header(ended, "Location")).body())
                    .contains("The reading has ended.")
                    .doesNotContain("You may read everything", lawyers);
        }
        assertThat(dpo.form(facilitators, "_csrf=" + token(dpo, "/break-glass/"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(facilitator.get("/break-glass/" + number).body()).doesNotContain("You may read everything");
        assertThat(jdbc.sql("select revoked_by from vault_break_glass where case_number = ? order by revoked_by")
                        .param(number)
                        .query(String.class)
                        .list())
                .containsExactly("dpo", "legal");
        Caller stranger = inTasklist("smelter");
        assertThat(stranger.form(
                                facilitators,
                                "_csrf="
                                        + first(
                                                TOKEN,
                                                facilitator
                                                        .get("/break-glass/" + number)
                                                        .body()))
                        .statusCode())
                .isEqualTo(403);
    }

    /** Asks to read; gives where the reading is ended. */
    private String reading(Caller caller) {
        caller.form(
                "/break-glass/" + number,
                "reason=Nobody+answers+and+she+must+be+warned+tonight&_csrf=" + token(caller, "/break-glass/"));
        return first(
                Pattern.compile("action=\"(/break-glass/[^/]+/[^/]+/end)\""),
                caller.get("/break-glass/" + number).body());
    }

    private String token(Caller caller, String page) {
        return first(TOKEN, caller.get(page + number).body());
    }

    private HttpResponse<String> add(Caller caller, String token, String content, String... headers) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("_csrf", token);
        parts.put("kind", "evidence");
        parts.put("file;filename=\"" + NAME + "\";type=text/html", content);
        return caller.multipart("/files/" + number, parts, headers);
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
