package org.redress.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.redress.vault.Samples.bytes;
import static org.redress.vault.Samples.pdf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.redress.ProcessTest;
import org.redress.engine.Markup;
import org.redress.engine.Parties;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.context.WebApplicationContext;

/** Documents of cases over HTTP: who adds, lists and reads them, and what lies in the database. */
@SuppressWarnings("NullAway.Init")
class FilesTest extends ProcessTest {

    private static final AtomicInteger NUMBERS = new AtomicInteger(9_500);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String NAME = "statement of Josephine Mukeba.pdf";
    private static final String SECRET = "They come at night by the canary gate";

    @Autowired
    private Parties parties;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private HiddenIdentities identities;

    @Autowired
    private DataKeys keys;

    @Autowired
    private Consents consents;

    @Autowired
    private FileSettings settings;

    @Autowired
    private WebApplicationContext house;

    private String number;

    @BeforeEach
    void aCaseOfLuma() {
        number = aCase("R");
        parties.add(number, "downstream", "org-downstream");
        parties.add(number, "smelter", "org-luma");
        parties.add(number, "vsc", "org-vsc");
    }

    @AfterEach
    void forget() {
        jdbc.sql("delete from case_party where case_number = ?").param(number).update();
    }

    private String aCase(String kind) {
        String made = kind + "-2026-" + NUMBERS.incrementAndGet();
        jdbc.sql("insert into case_file (case_number, process_instance_id, received_at) values (?, 'none', ?)")
                .params(made, Timestamp.from(Instant.parse("2026-02-02T09:00:00Z")))
                .update();
        return made;
    }

    // Adding and reading

    @Test
    @DisplayName(
            "E19 Retaliation: where somebody suffers for having spoken evidence is for protection and who investigates")
    void whereSomebodySuffersForHavingSpokenEvidenceIsForProtectionAndWhoInvestigates() throws Exception {
        add("downstream", number, "evidence", null, NAME, pdf(SECRET));
        assertThat(list("vsc").get(0).path("name").asText()).isEqualTo(NAME);
        identities.hide(number);
        identities.hide(number);
        for (String user : List.of("vsc", "downstream")) {
            assertThat(list(user).get(0).path("name").asText("")).as(user).isEmpty();
        }
        for (String user : List.of("protection", "audit-programme")) {
            assertThat(list(user).get(0).path("name").asText()).as(user).isEqualTo(NAME);
        }
    }

    @Test
    void whatIsAddedIsReadByItsReadersAsItWasAndOnRecord() throws Exception {
        byte[] content = pdf(SECRET);
        HttpResponse<byte[]> added = add("downstream", number, "evidence", null, NAME, content);
        assertThat(added.statusCode()).as(text(added)).isEqualTo(201);
        assertThat(json(added).path("sha256").asText()).hasSize(64);
        assertThat(text(added)).doesNotContain("Josephine");
        JsonNode line = list("audit-programme").get(0);
        assertThat(line.path("name").asText()).isEqualTo(NAME);
        assertThat(line.path("type").asText()).isEqualTo("application/pdf");
        assertThat(line.path("sha256")).isEqualTo(json(added).path("sha256"));
        assertThat(lastRead("audit-programme"))
                .containsEntry("purpose", "list of files")
                .containsEntry("variable", "file: evidence")
                .containsEntry("case_number", number);

        HttpResponse<byte[]> file =
                get("audit-programme", path() + "/" + line.path("id").asText());
        assertThat(file.body()).isEqualTo(content);
        assertThat(header(file, "Content-Type")).isEqualTo("application/pdf");
        assertThat(header(file, "Content-Disposition"))
                .startsWith("attachment;")
                .contains("filename*=UTF-8''statement%20of%20Josephine%20Mukeba.pdf");
        assertThat(header(file, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(file, "Content-Security-Policy")).contains("sandbox").doesNotContain("'self'");
        assertThat(header(file, "Cache-Control")).isEqualTo("no-store");
        assertThat(lastRead("audit-programme")).containsEntry("purpose", "download");
    }

    @Test
    void whatLiesInTheDatabaseIsSealed() throws Exception {
        add("downstream", number, "evidence", null, NAME, pdf(SECRET));
        Dump dump = new Dump(jdbc);
        assertThat(dump.rowsWith("canary gate")).isEmpty();
        assertThat(dump.rowsWith("Mukeba")).isEmpty();
        String hash = java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(pdf(SECRET)));
        assertThat(dump.rowsWith(hash))
                .as("who has the file would find its case")
                .isEmpty();
        jdbc.sql("create table bare_file (content bytea)").update();
        try {
            jdbc.sql("insert into bare_file values (?)").param(pdf(SECRET)).update();
            assertThat(dump.rowsWith("canary gate")).as("the search bites").containsKey("bare_file");
        } finally {
            jdbc.sql("drop table bare_file").update();
        }
    }

    @Test
    void whatSomebodyChangesInTheDatabaseOpensNoMore() throws Exception {
        add("downstream", number, "evidence", null, NAME, pdf(SECRET));
        String id = list("protection").get(0).path("id").asText();
        jdbc.sql("update vault_file set audience = 'legal' where id = ?")
                .param(id)
                .update();
        assertThat(get("legal", path() + "/" + id).statusCode()).isEqualTo(500);
        assertThat(text(get("legal", path() + "/" + id))).doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource({
        "evidence, downstream, true",
        "evidence, protection, true",
        "evidence, vsc, true",
        "evidence, smelter, false",
        "evidence, facilitator, false",
        "evidence, legal, false",
        "investigation, audit-programme, true",
        "investigation, downstream, false",
        "smelter-evidence, smelter, true",
        "smelter-evidence, legal, true",
        "smelter-evidence, downstream, false",
        "smelter-evidence, facilitator, false"
    })
    void aKindHasItsReaders(String kind, String user, boolean reads) throws Exception {
        String adder =
                kind.equals("evidence") ? "protection" : kind.equals("investigation") ? "audit-programme" : "smelter";
        add(adder, number, kind, null, NAME, pdf(SECRET));
        String id = fileId();
        HttpResponse<byte[]> answer = get(user, path() + "/" + id);
        assertThat(answer.statusCode()).isEqualTo(reads ? 200 : 404);
        assertThat(text(get(user, path()))).satisfies(list -> {
            if (reads) {
                assertThat(list).contains(NAME);
            } else {
                assertThat(list).doesNotContain("Josephine").doesNotContain(id);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"smelter-b", "admin", "overseer", "dpo", "member", "partner", "provider", "facilitator"})
    void whoHasNoBusinessThereLearnsNotEvenThatThereIsACase(String user) throws Exception {
        add("downstream", number, "evidence", null, NAME, pdf(SECRET));
        String id = fileId();
        String nowhere = "/api/cases/R-2026-9999/files";
        for (String tail : List.of("", "/" + id)) {
            HttpResponse<byte[]> answer = get(user, path() + tail);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(text(answer).replace(number, "R-2026-9999")).isEqualTo(text(get(user, nowhere + tail)));
        }
        HttpResponse<byte[]> added = add(user, number, "evidence", null, NAME, pdf(SECRET));
        assertThat(added.statusCode()).isEqualTo(404);
        assertThat(text(added).replace(number, "R-2026-9999"))
                .isEqualTo(text(add(user, "R-2026-9999", "evidence", null, NAME, pdf(SECRET))));
        assertThat(jdbc.sql("select count(*) from vault_read where reader = ? and case_number = ?")
                        .params(user, number)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void nobodyGetsNothing() throws Exception {
        HttpRequest bare = HttpRequest.newBuilder(uri(path())).build();
        assertThat(HTTP.send(bare, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
        HttpRequest page = HttpRequest.newBuilder(uri("/files/" + number)).build();
        HttpResponse<String> answer = HTTP.send(page, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location"))
                .contains("/camunda/app/tasklist/default/?to=/files/" + number);
    }

    @Test
    void aDocumentIsFoundInItsOwnCaseOnly() throws Exception {
        add("downstream", number, "evidence", null, NAME, pdf(SECRET));
        String id = fileId();
        String other = aCase("R");
        assertThat(get("protection", "/api/cases/" + number + "/files/" + id).statusCode())
                .isEqualTo(200);
        assertThat(get("protection", "/api/cases/" + other + "/files/" + id).statusCode())
                .isEqualTo(404);
        assertThat(get("protection", path() + "/" + id.substring(1)).statusCode())
                .isEqualTo(404);
        assertThat(get("protection", path() + "/" + id.toUpperCase(java.util.Locale.ROOT))
                        .statusCode())
                .isEqualTo(404);
    }

    /** Two smelters of one case trade with each other: neither sees that the other gave something. */
    @Test
    void aSmelterReadsItsOwnEvidenceOnly() throws Exception {
        parties.add(number, "smelter", "org-nova");
        add("smelter", number, "smelter-evidence", null, NAME, pdf(SECRET));
        assertThat(list("smelter")).hasSize(1);
        assertThat(list("smelter-b")).isEmpty();
        assertThat(get("smelter-b", path() + "/" + fileId()).statusCode()).isEqualTo(404);
        assertThat(text(get("legal", path()))).contains(NAME);
    }

    @Test
    void whoMayAddButNotReadSeesThatItIsThere() throws Exception {
        String concern = aCase("C");
        parties.add(concern, "member", "org-member");
        assertThat(add("member", concern, "concern", null, NAME, pdf(SECRET)).statusCode())
                .isEqualTo(201);
        String partnerCase = filedByPartner();
        assertThat(add("partner", partnerCase, "evidence", null, NAME, pdf(SECRET))
                        .statusCode())
                .isEqualTo(201);
        add("protection", partnerCase, "evidence", null, "of protection.pdf", pdf("x"));
        JsonNode seen = json(get("partner", "/api/cases/" + partnerCase + "/files"));
        assertThat(seen).hasSize(1);
        assertThat(fieldNames(seen.get(0))).containsExactlyInAnyOrder("kind", "size", "addedOn");
        String id = jdbc.sql("select f.id from vault_file f where f.added_by = 'partner' order by added_at desc"
                        + " fetch first 1 rows only")
                .query(String.class)
                .single();
        assertThat(get("partner", "/api/cases/" + partnerCase + "/files/" + id).statusCode())
                .isEqualTo(404);
        assertThat(add("partner", partnerCase, "investigation", null, NAME, pdf(SECRET))
                        .statusCode())
                .isEqualTo(400);
    }

    private static List<String> fieldNames(JsonNode node) {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }

    private String filedByPartner() {
        String made = aCase("R");
        jdbc.sql("insert into intake_request (caller, idempotency_key, body_hash, created_at, case_number)"
                        + " values ('partner', ?, 'x', ?, ?)")
                .params(made, Timestamp.from(Instant.parse("2026-02-02T09:00:00Z")), made)
                .update();
        return made;
    }

    // Survivors

    @Test
    void aSurvivorsPapersHaveTheSurvivorsKeyAndGoWithIt() throws Exception {
        assertThat(add("vsc", number, "survivor-papers", null, NAME, pdf(SECRET))
                        .statusCode())
                .isEqualTo(400);
        assertThat(add("vsc", number, "survivor-papers", "V-0000", NAME, pdf(SECRET))
                        .statusCode())
                .as("nobody of this name in the case")
                .isEqualTo(400);
        keys.of(new Subject(number, "V-1111"));
        assertThat(add("vsc", number, "evidence", "V-1111", NAME, pdf("x")).statusCode())
                .isEqualTo(400);
        add("vsc", number, "survivor-papers", "V-1111", NAME, pdf(SECRET));
        add("vsc", number, "evidence", null, "other.pdf", pdf("of the case"));
        assertThat(list("vsc")).hasSize(2);
        assertThat(list("audit-programme")).hasSize(1);

        HttpResponse<byte[]> held = put("dpo", "/api/vault/holds/" + number, "{\"reason\":\"a court\"}");
        assertThat(held.statusCode()).isEqualTo(204);
        String erasure = "{\"caseNumber\":\"" + number + "\",\"person\":\"V-1111\",\"reason\":\"asked for it\"}";
        assertThat(post("dpo", "/api/vault/erasures", erasure).statusCode()).isEqualTo(409);
        assertThat(list("vsc")).hasSize(2);
        assertThat(send(
                                "dpo",
                                "/api/vault/holds/" + number,
                                HttpRequest.newBuilder().DELETE())
                        .statusCode())
                .as("without a reason")
                .isEqualTo(400);
        HttpResponse<byte[]> lifted = send(
                "dpo",
                "/api/vault/holds/" + number,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .method("DELETE", BodyPublishers.ofString("{\"reason\":\"the court is done\"}")));
        assertThat(lifted.statusCode()).as(text(lifted)).isEqualTo(204);
        assertThat(post("dpo", "/api/vault/erasures", erasure).statusCode()).isEqualTo(202);
        assertThat(list("vsc")).hasSize(2);
        HttpResponse<byte[]> erased = post("legal", "/api/vault/erasures", erasure);
        assertThat(json(erased).path("filesGone").asInt()).as(text(erased)).isEqualTo(1);
        assertThat(list("vsc")).extracting(line -> line.path("name").asText()).containsExactly("other.pdf");
        assertThat(jdbc.sql("select length(sealed) + length(sealed_label) from vault_file f join vault_key k"
                                + " on k.id = f.key_id where k.case_number = ? and k.person = 'V-1111'")
                        .param(number)
                        .query(Integer.class)
                        .list())
                .containsExactly(0);
    }

    /** A provider has to do with a survivor only as long as this one agrees. */
    @Test
    void aProviderAddsAndReadsAsLongAsTheSurvivorAgrees() throws Exception {
        parties.add(number, "provider", "org-provider");
        keys.of(new Subject(number, "V-1111"));
        keys.of(new Subject(number, "V-2222"));
        assertThat(get("provider", path()).statusCode()).isEqualTo(404);
        Consents.Matter matter = new Consents.Matter(number, "V-1111", Purpose.SHARE_WITH_PROVIDER, "org-provider");
        java.time.LocalDate day = java.time.LocalDate.parse("2026-02-01");
        consents.give(matter, new Consents.Manner("PERSON", "SIGNED", day, null, null, null));
        assertThat(add("provider", number, "service-papers", "V-2222", NAME, pdf("x"))
                        .statusCode())
                .as("who has not agreed")
                .isEqualTo(400);
        assertThat(add("provider", number, "service-papers", "V-1111", NAME, pdf(SECRET))
                        .statusCode())
                .isEqualTo(201);
        add("vsc", number, "service-papers", "V-1111", "of the coordinator.pdf", pdf("x"));
        assertThat(list("provider"))
                .extracting(line -> line.path("name").asText())
                .containsExactly(NAME);
        assertThat(list("vsc")).hasSize(2);
        consents.withdraw(List.of(matter));
        assertThat(get("provider", path()).statusCode()).isEqualTo(404);
        assertThat(get("provider", path() + "/" + fileId()).statusCode()).isEqualTo(404);
    }

    // Limits

    @Test
    void tooMuchIsNotTaken() throws Exception {
        byte[] large = java.util.Arrays.copyOf(pdf("x"), (int) settings.size().toBytes() + 1);
        assertThat(add("downstream", number, "evidence", null, NAME, large).statusCode())
                .isEqualTo(413);
        assertThat(piecemeal(large).statusCode()).as("without its length").isEqualTo(411);
        byte[] just = java.util.Arrays.copyOf(large, large.length - 1);
        assertThat(add("downstream", number, "evidence", null, NAME, just).statusCode())
                .isEqualTo(201);
        assertThat(add("downstream", number, "evidence", null, NAME, new byte[0])
                        .statusCode())
                .isEqualTo(400);
        assertThat(get("protection", path() + "/" + fileId()).body()).isEqualTo(just);
    }

    /** Restored from a backup without its key, or changed by whoever has the database. */
    @Test
    void aDocumentThatDoesNotOpenTakesNoOtherWithIt() throws Exception {
        add("downstream", number, "evidence", null, NAME, pdf(SECRET));
        add("downstream", number, "evidence", null, "lost.pdf", pdf("x"));
        String lost = jdbc.sql(
                        "select id from vault_file where key_id in (select id from vault_key where case_number = ?)"
                                + " order by added_at desc, id fetch first 1 rows only")
                .param(number)
                .query(String.class)
                .single();
        jdbc.sql("insert into vault_key (id, case_number, master_key, wrapped, created_at, binding)"
                        + " select 'lost-' || case_number, case_number, master_key, wrapped, created_at + interval '1 second',"
                        + " binding from vault_key where case_number = ?")
                .param(number)
                .update();
        jdbc.sql("update vault_file set key_id = ? where id = ?")
                .params("lost-" + number, lost)
                .update();
        assertThat(get("protection", path()).statusCode()).isEqualTo(200);
        JsonNode files = list("protection");
        assertThat(files).hasSize(2);
        for (JsonNode file : files) {
            assertThat(file.path("name").asText("")).isIn("", NAME, "lost.pdf");
        }
        assertThat(files.get(0).path("name").asText("").isEmpty())
                .as("one of the two")
                .isNotEqualTo(files.get(1).path("name").asText("").isEmpty());
        assertThat(jdbc.sql("select count(*) from vault_read where variable = 'file: evidence' and case_number = ?")
                        .param(number)
                        .query(Integer.class)
                        .single())
                .as("on record is what was shown")
                .isEqualTo(1);
        jdbc.sql(
                        "update vault_file set key_id = (select id from vault_key where case_number = :case and id not like 'lost%')"
                                + " where id = :id")
                .param("case", number)
                .param("id", lost)
                .update();
        jdbc.sql("delete from vault_key where id = ?").param("lost-" + number).update();
    }

    private HttpResponse<byte[]> piecemeal(byte[] content) throws Exception {
        byte[] body = multipart("evidence", null, NAME, content);
        return send(
                "downstream",
                path(),
                HttpRequest.newBuilder()
                        .header("Content-Type", "multipart/form-data; boundary=cut-here")
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    }

    @Test
    void noneIsTakenPastTheNumberHoweverManyComeAtOnce() throws Exception {
        int left = 3;
        fill(settings.perCase() - settings.reserved() - left);
        List<Integer> answers =
                IntStream.range(0, 10)
                        .mapToObj(each -> CompletableFuture.supplyAsync(() -> status(each)))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();
        assertThat(answers).containsOnly(201, 409);
        assertThat(answers.stream().filter(status -> status == 201)).hasSize(left);
        assertThat(jdbc.sql(
                                "select count(*) from vault_file f join vault_key k on k.id = f.key_id where case_number = ?")
                        .param(number)
                        .query(Integer.class)
                        .single())
                .isEqualTo(settings.perCase() - settings.reserved());
    }

    private int status(int each) {
        try {
            int status = 429;
            while (status == 429) {
                status = add("downstream", number, "evidence", null, each + ".pdf", pdf("x"))
                        .statusCode();
            }
            return status;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void fill(int files) {
        DataKeys.DataKey key = keys.of(new Subject(number, null));
        jdbc.sql(
                        "insert into vault_file (id, key_id, kind, media_type, audience, size_bytes, sealed_label, sealed, added_by,"
                                + " added_at) select 'fill-' || n || ?, ?, 'evidence', 'text/plain', 'vsc', 1, '', '', 'x', now()"
                                + " from generate_series(1, ?) n")
                .params(number.substring(7), key.id(), files)
                .update();
    }

    @Test
    void theCaseHoldsSoMuchTogether() throws Exception {
        fill(1);
        jdbc.sql("update vault_file set size_bytes = ? where id like ?")
                .params(settings.totalPerCase().toBytes() - 5, "fill-1" + number.substring(7))
                .update();
        HttpResponse<byte[]> answer = add("protection", number, "evidence", null, NAME, pdf("x"));
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(json(answer).path("detail").asText()).contains("500 MB");
    }

    @Test
    void aPartyThatSendsAndSendsKeepsNobodyElseFromAdding() throws Exception {
        fill(settings.perSender());
        jdbc.sql("update vault_file set sender = 'org-luma' where id like ?")
                .param("fill-%" + number.substring(7))
                .update();
        HttpResponse<byte[]> refused = add("smelter", number, "smelter-evidence", null, NAME, pdf("x"));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(json(refused).path("detail").asText()).contains("at most 50 files", "150 MB");
        assertThat(add("downstream", number, "evidence", null, NAME, pdf("x")).statusCode())
                .isEqualTo(201);
        assertThat(jdbc.sql("select f.sender from vault_file f join vault_key k on k.id = f.key_id"
                                + " where k.case_number = ? and f.added_by = 'downstream'")
                        .param(number)
                        .query(String.class)
                        .single())
                .isEqualTo("org-downstream");

        jdbc.sql("update vault_file set sender = 'org-nova', size_bytes = ? where id like ?")
                .params(
                        (settings.totalPerCase().toBytes()
                                        - settings.totalReserved().toBytes())
                                / 50,
                        "fill-%" + number.substring(7))
                .update();
        HttpResponse<byte[]> full = add("smelter", number, "smelter-evidence", null, NAME, pdf("x"));
        assertThat(full.statusCode()).isEqualTo(409);
        assertThat(json(full).path("detail").asText()).contains("is kept for protection");
        for (String user : List.of("protection", "audit-programme", "vsc")) {
            assertThat(add(
                                    user,
                                    number,
                                    user.equals("audit-programme") ? "investigation" : "evidence",
                                    null,
                                    NAME,
                                    pdf("x"))
                            .statusCode())
                    .as(user)
                    .isEqualTo(201);
        }
    }

    @Test
    void aSenderFillsItsShareByTheSizeToo() throws Exception {
        fill(1);
        jdbc.sql("update vault_file set sender = 'org-luma', size_bytes = ? where id like ?")
                .params(settings.totalPerSender().toBytes() - 5, "fill-1" + number.substring(7))
                .update();
        assertThat(add("smelter", number, "smelter-evidence", null, NAME, pdf("x"))
                        .statusCode())
                .isEqualTo(409);
        assertThat(add("audit-programme", number, "smelter-evidence", null, NAME, pdf("x"))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void aListThatIsLookedAtAgainAndAgainIsOneReading() throws Exception {
        add("downstream", number, "evidence", null, NAME, pdf("x"));
        for (int look = 0; look < 5; look++) {
            list("protection");
        }
        assertThat(readsOf("protection", "list of files")).isEqualTo(1);
        add("downstream", number, "evidence", null, NAME, pdf("y"));
        list("protection");
        assertThat(readsOf("protection", "list of files"))
                .as("what is new is told")
                .isEqualTo(2);
        list("vsc");
        assertThat(readsOf("vsc", "list of files")).isEqualTo(2);
        travel(java.time.Duration.ofMinutes(16));
        list("protection");
        assertThat(readsOf("protection", "list of files")).isEqualTo(4);
        for (int look = 0; look < 2; look++) {
            get("protection", path() + "/" + fileId());
        }
        assertThat(readsOf("protection", "download")).as("each").isEqualTo(2);
    }

    private int readsOf(String reader, String purpose) {
        return jdbc.sql("select count(*) from vault_read where reader = ? and purpose = ? and case_number = ?")
                .params(reader, purpose, number)
                .query(Integer.class)
                .single();
    }

    // What is sent to do harm

    @Test
    void whatRunsIsNotTakenWhateverItSaysThatItIs() throws Exception {
        for (byte[] content : List.of(
                bytes("<html><script>alert(1)</script></html>"),
                bytes("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
                bytes("MZ\u0090\0"),
                Samples.one(pdf("x"), Samples.zip(Map.of("A.class", "x"))))) {
            HttpResponse<byte[]> answer = add("downstream", number, "evidence", null, "harmless.pdf", content);
            assertThat(answer.statusCode()).isEqualTo(415);
            assertThat(json(answer).path("detail").asText()).contains("whatever their name says");
        }
        assertThat(list("protection")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ../../etc/passwd.txt       | passwd.txt
                    C:\\\\Users\\\\Jo\\\\a.txt | a.txt
                    evil.html                  | evil.html.txt
                    photo\u202Egnp.txt         | photognp.txt
                    ..                         | file.txt
                    .txt                       | .txt
                    tab\there.txt              | tabhere.txt
                    """)
    void aNameIsNoPathAndEndsLikeItsType(String name, String saved) throws Exception {
        add("downstream", number, "evidence", null, name, bytes("plain words"));
        String disposition = header(get("protection", path() + "/" + fileId()), "Content-Disposition");
        assertThat(disposition)
                .contains("filename*=UTF-8''" + saved)
                .doesNotContain("/")
                .doesNotContain("..%2F");
    }

    @Test
    void aNameBreaksOutOfNoHeader() throws Exception {
        SealedFiles.Label label = new SealedFiles.Label(Files.plainName("a\r\nSet-Cookie: x=1\".txt"), "");
        assertThat(label.name()).doesNotContain("\r").doesNotContain("\n");
        add("downstream", number, "evidence", null, "q%22;x=.txt", bytes("plain words"));
        HttpResponse<byte[]> answer = get("protection", path() + "/" + fileId());
        assertThat(header(answer, "Set-Cookie")).isEmpty();
        assertThat(header(answer, "Content-Disposition")).startsWith("attachment;");
    }

    @Test
    void whoHangsUpIsOnRecordAllTheSame() throws Exception {
        byte[] content = java.util.Arrays.copyOf(pdf("x"), 15_000_000);
        add("downstream", number, "evidence", null, NAME, content);
        String id = fileId();
        try (Socket line = new Socket("localhost", port)) {
            line.getOutputStream()
                    .write(("GET " + path() + "/" + id + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                                    + basic("protection") + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            line.getInputStream().readNBytes(100);
        }
        assertThat(lastRead("protection")).containsEntry("purpose", "download").containsEntry("value_id", id);
    }

    @Test
    void otherAddressesTakeNoDocuments() throws Exception {
        for (String address : List.of("/api/letters", "/api/grievances", "/nothing", "/files")) {
            HttpResponse<byte[]> answer = send(
                    "downstream",
                    address,
                    HttpRequest.newBuilder()
                            .header("Content-Type", "multipart/form-data; boundary=cut-here")
                            .POST(BodyPublishers.ofByteArray(multipart("evidence", null, NAME, pdf("x")))));
            assertThat(answer.statusCode()).as(address).isEqualTo(415);
        }
    }

    // Disks

    /** A server as it comes writes a document to its disk first, the product does not. */
    @Test
    void noPartOfADocumentLiesOnADiskWhileItComesIn(@TempDir Path folder) throws Exception {
        byte[] content = java.util.Arrays.copyOf(pdf(SECRET), 15_000_000);
        Tomcat bare = new Tomcat();
        bare.setBaseDir(folder.toString());
        bare.setPort(0);
        var context = bare.addContext("", folder.toString());
        var taking = Tomcat.addServlet(context, "taking", new HttpServlet() {
            @Override
            protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
                try (InputStream in = request.getPart("file").getInputStream()) {
                    response.setStatus(in.readAllBytes().length > 0 ? 201 : 400);
                } catch (jakarta.servlet.ServletException e) {
                    throw new IOException(e);
                }
            }
        });
        taking.setMultipartConfigElement(new MultipartConfigElement(folder.toString()));
        taking.addMapping("/*");
        bare.getConnector();
        bare.start();
        try {
            int bareUpload = writes(folder, () -> HTTP.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:"
                                            + bare.getConnector().getLocalPort() + "/"))
                                    .header("Content-Type", "multipart/form-data; boundary=cut-here")
                                    .POST(BodyPublishers.ofByteArray(multipart("evidence", null, NAME, content)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray())
                    .statusCode());
            assertThat(bareUpload).as("a file on the disk of a bare server").isPositive();
        } finally {
            bare.stop();
            bare.destroy();
        }
        Path disk = ((java.io.File) java.util.Objects.requireNonNull(house.getServletContext())
                        .getAttribute(ServletContext.TEMPDIR))
                .toPath();
        assertThat(writes(disk, () -> add("downstream", number, "evidence", null, NAME, content)
                        .statusCode()))
                .isZero();
        assertThat(writes(disk, () -> get("protection", path() + "/" + fileId()).statusCode() + 1))
                .isZero();
    }

    private interface Call {
        int send() throws Exception;
    }

    private static int writes(Path folder, Call call) throws Exception {
        try (WatchService watch = folder.getFileSystem().newWatchService()) {
            folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            assertThat(call.send()).isEqualTo(201);
            WatchKey seen = watch.poll(500, TimeUnit.MILLISECONDS);
            return seen == null ? 0 : seen.pollEvents().size();
        }
    }

    // Settings

    @Test
    void aKindWithARoleThatIsNoneStopsTheStart() {
        assertThat(settings.kinds()).isNotEmpty();
        FileSettings.Kind wrong =
                new FileSettings.Kind("R", java.util.Set.of("auditors"), java.util.Set.of(), java.util.Set.of(), false);
        FileSettings.Kind leaky =
                new FileSettings.Kind("R", java.util.Set.of("partner"), java.util.Set.of(), java.util.Set.of(), false);
        for (FileSettings.Kind kind : List.of(wrong, leaky)) {
            FileSettings changed = new FileSettings(
                    settings.size(),
                    1,
                    settings.totalPerCase(),
                    1,
                    settings.totalPerSender(),
                    0,
                    settings.totalReserved(),
                    settings.reservedFor(),
                    settings.listAgain(),
                    settings.types(),
                    Map.of("odd", kind));
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> Files.check(changed))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("redress.vault.files.kinds.odd");
        }
    }

    @Test
    void everyKindHasWordsForPeople() {
        var words = house.getBean(Markup.class);
        assertThat(settings.kinds().keySet())
                .allSatisfy(kind -> assertThat(words.word("files.kind." + kind)).isNotEqualTo(kind));
    }

    // Calls

    private String path() {
        return "/api/cases/" + number + "/files";
    }

    private String fileId() {
        return jdbc.sql("select f.id from vault_file f join vault_key k on k.id = f.key_id where k.case_number = ?"
                        + " order by f.added_at desc, f.id fetch first 1 rows only")
                .param(number)
                .query(String.class)
                .single();
    }

    private Map<String, Object> lastRead(String reader) {
        return jdbc.sql("select * from vault_read where reader = ? order by id desc fetch first 1 rows only")
                .param(reader)
                .query()
                .singleRow();
    }

    private JsonNode list(String user) throws Exception {
        HttpResponse<byte[]> answer = get(user, path());
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
        return json(answer);
    }

    private HttpResponse<byte[]> add(
            String user, String to, String kind, @Nullable String person, String name, byte[] content)
            throws Exception {
        return send(
                user,
                "/api/cases/" + to + "/files",
                HttpRequest.newBuilder()
                        .header("Content-Type", "multipart/form-data; boundary=cut-here")
                        .POST(BodyPublishers.ofByteArray(multipart(kind, person, name, content))));
    }

    private static byte[] multipart(String kind, @Nullable String person, String name, byte[] content) {
        String head = part("kind") + kind + "\r\n" + (person == null ? "" : part("person") + person + "\r\n")
                + "--cut-here\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: text/html\r\n\r\n";
        return Samples.one(Samples.one(head.getBytes(StandardCharsets.UTF_8), content), bytes("\r\n--cut-here--\r\n"));
    }

    private static String part(String name) {
        return "--cut-here\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n";
    }

    private HttpResponse<byte[]> get(String user, String path) throws Exception {
        return send(user, path, HttpRequest.newBuilder());
    }

    private HttpResponse<byte[]> post(String user, String path, String body) throws Exception {
        return send(
                user,
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<byte[]> put(String user, String path, String body) throws Exception {
        return send(
                user,
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body)));
    }

    private HttpResponse<byte[]> send(String user, String path, HttpRequest.Builder request) throws Exception {
        return HTTP.send(
                request.uri(uri(path)).header("Authorization", basic(user)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
        return MAPPER.readTree(answer.body());
    }
}
