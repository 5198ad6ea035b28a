package org.redress.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.TinkProtoKeysetFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redress.engine.Reference;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The key of keys: where it comes from, what happens without it, and how another takes its place. */
@SuppressWarnings("NullAway.Init")
class MasterKeysTest {

    private static final String FIRST = key('a');
    private static final String SECOND = key('b');

    @TempDir
    private Path folder;

    private String url;
    private JdbcDataSource database;
    private JdbcClient jdbc;

    @BeforeEach
    void aDatabase() {
        url = "jdbc:h2:file:" + folder.resolve("redress") + ";LOCK_TIMEOUT=1000";
        database = new JdbcDataSource();
        database.setUrl(url);
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration/common")
                .load()
                .migrate();
        jdbc = JdbcClient.create(database);
    }

    @Test
    void theFirstLookMakesAKeyBesideItsDatabaseForItsOwnerAlone() throws Exception {
        Reference told = seal(settings("", ""), "told");
        Path file = folder.resolve("redress.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(open(settings("", ""), told)).isEqualTo("told");

        Files.delete(file);
        assertThatThrownBy(() -> masters(settings("", "")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("redress.key")
                .hasMessageContaining("put it back");
        assertThat(file).as("no new one in its place").doesNotExist();
    }

    @Test
    void aRealDatabaseNeedsAKeyAndSaysSo() {
        url = "jdbc:postgresql://localhost/redress";
        assertThatThrownBy(() -> masters(settings("", "")))
                .hasMessageContaining("REDRESS_VAULT_KEY_FILE")
                .hasMessageContaining("openssl rand -base64 32");
    }

    @Test
    void aKeyMayBeInAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("master"), FIRST + "\n");
        VaultSettings inFile = new VaultSettings(file.toString(), "", "", "", List.of());
        assertThat(open(settings(FIRST, ""), seal(inFile, "told"))).isEqualTo("told");
        assertThatThrownBy(
                        () -> masters(new VaultSettings(folder.resolve("none").toString(), "", "", "", List.of())))
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> masters(new VaultSettings(file.toString(), FIRST, "", "", List.of())))
                .hasMessageContaining("not both");
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutRepeatingIt() {
        for (String wrong : List.of("short", "c2hvcnQ=", "not base64 at all!")) {
            assertThatThrownBy(() -> masters(settings(wrong, "")))
                    .hasMessageContaining("32 bytes in Base64")
                    .hasMessageNotContaining(wrong);
        }
    }

    @Test
    void nothingStartsWithTheWrongKey() {
        seal(settings(FIRST, ""), "told");
        assertThatThrownBy(() -> masters(settings(SECOND, "")))
                .hasMessageContaining("wrong")
                .hasMessageContaining(MasterKey.of(FIRST, "test").id());
    }

    @Test
    void aSecondNodeWithAnotherKeyDoesNotStartThoughNothingIsSealedYet() {
        keys(settings(FIRST, "")).pin();
        keys(settings(FIRST, "")).pin();
        assertThat(jdbc.sql("select count(*) from vault_key")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThatThrownBy(() -> keys(settings(SECOND, ""))).hasMessageContaining("wrong");
    }

    @Test
    void anotherKeyTakesItsPlaceAndNoValueIsTouched() {
        Reference before = seal(settings(FIRST, ""), "told before");
        String sealed = sealed();

        VaultSettings both = settings(SECOND, FIRST);
        assertThat(open(both, before)).as("the old key still opens").isEqualTo("told before");
        Reference between = seal(both, "told between");
        assertThat(open(settings(FIRST, SECOND), between))
                .as("a node that was not changed yet opens it, too")
                .isEqualTo("told between");

        assertThat(keys(both).rotate()).isEqualTo(1);
        assertThat(keys(both).rotate()).as("nothing is left to do").isZero();
        assertThat(sealed()).startsWith(sealed);

        VaultSettings after = settings(SECOND, "");
        assertThat(open(after, before)).isEqualTo("told before");
        assertThat(open(after, between)).isEqualTo("told between");
        assertThatThrownBy(() -> masters(settings(FIRST, ""))).hasMessageContaining("wrong");
    }

    /** Whoever writes into the database would read one case by the rights that they have in another. */
    @Test
    void aKeyThatIsGivenToAnotherCaseOpensNothing() {
        Reference hers = seal(settings(FIRST, ""), "told by her", new Subject("R-2026-0001", "V-0001"));
        Reference others = seal(settings(FIRST, ""), "told by another", new Subject("R-2026-0002", "V-0002"));
        assertThat(open(settings(FIRST, ""), hers)).isEqualTo("told by her");

        swap("case_number", "R-2026-0001", "R-2026-0002");
        for (Reference told : List.of(hers, others)) {
            assertThatThrownBy(() -> open(settings(FIRST, ""), told))
                    .isInstanceOf(Unopened.class)
                    .hasMessageContaining("the case that it belongs to, was changed")
                    .hasMessageNotContaining("told by");
        }
        assertThatThrownBy(() -> keys(settings(FIRST, "")).of(new Subject("R-2026-0002", "V-0001")))
                .as("nor is anything new sealed by it")
                .isInstanceOf(Unopened.class);
        assertThatThrownBy(() -> keys(settings(SECOND, FIRST)).rotate())
                .as("nor does a rotation make it good")
                .isInstanceOf(RuntimeException.class);

        swap("case_number", "R-2026-0001", "R-2026-0002");
        swap("person", "V-0001", "V-0002");
        assertThatThrownBy(() -> open(settings(FIRST, ""), hers)).isInstanceOf(Unopened.class);
        swap("person", "V-0001", "V-0002");
        jdbc.sql("update vault_key set binding = 1").update();
        assertThatThrownBy(() -> open(settings(FIRST, ""), hers))
                .as("called one of before")
                .isInstanceOf(Unopened.class);
        jdbc.sql("update vault_key set binding = 2").update();
        assertThat(open(settings(FIRST, ""), hers)).as("put back").isEqualTo("told by her");
    }

    /** Wrapped as before: it opens, and a rotation binds it, to the same master key too. */
    @Test
    void aKeyOfBeforeOpensAndIsBoundByARotation() throws Exception {
        Reference told = seal(settings(FIRST, ""), "told", new Subject("R-2026-0001", "V-0001"));
        asBefore("R-2026-0001");
        assertThat(open(settings(FIRST, ""), told)).isEqualTo("told");

        assertThat(keys(settings(FIRST, "")).rotate()).isEqualTo(1);
        assertThat(keys(settings(FIRST, "")).rotate()).isZero();
        assertThat(open(settings(FIRST, ""), told)).isEqualTo("told");
        jdbc.sql("update vault_key set case_number = 'R-2026-0003'").update();
        assertThatThrownBy(() -> open(settings(FIRST, ""), told)).isInstanceOf(Unopened.class);
    }

    /** What is told at the start of a case is sealed before it has a number. */
    @Test
    void aKeyThatGetsItsCaseLaterIsBoundToItThen() throws Exception {
        for (boolean before : List.of(true, false)) {
            String caseNumber = before ? "R-2026-0004" : "R-2026-0005";
            Reference told = seal(settings(FIRST, ""), "told", Subject.NONE);
            String key = jdbc.sql("select key_id from vault_value where id = ?")
                    .param(told.id().toString())
                    .query(String.class)
                    .single();
            if (before) {
                asBefore(null);
            }
            keys(settings(FIRST, "")).bind(key, new Subject(caseNumber, null));
            keys(settings(FIRST, "")).bind(key, new Subject("R-2026-0009", null));
            assertThat(jdbc.sql("select case_number from vault_key where id = ? and binding = 2")
                            .param(key)
                            .query(String.class)
                            .single())
                    .isEqualTo(caseNumber);
            assertThat(open(settings(FIRST, ""), told)).isEqualTo("told");
        }
    }

    private void swap(String column, String one, String two) {
        jdbc.sql(
                        "update vault_key set %1$s = case when %1$s = '%2$s' then '%3$s' else '%2$s' end where %1$s in ('%2$s', '%3$s')"
                                .formatted(column, one, two))
                .update();
    }

    /** Wraps the keys of a case as the version before this one did, bound to their rows alone. */
    private void asBefore(@Nullable String caseNumber) throws Exception {
        MasterKey master = MasterKey.of(FIRST, "test");
        List<DataKeys.Wrapped> keys = jdbc.sql("select id as key_id, k.* from vault_key k where binding = 2 and "
                        + (caseNumber == null ? "case_number is null" : "case_number = '" + caseNumber + "'"))
                .query((row, index) -> DataKeys.Wrapped.of(row))
                .list();
        for (DataKeys.Wrapped key : keys) {
            String bound = String.join(
                    "\n",
                    key.id(),
                    counted(key.subject().caseNumber()),
                    counted(key.subject().person()));
            jdbc.sql("update vault_key set binding = 1, wrapped = ? where id = ?")
                    .params(
                            TinkProtoKeysetFormat.serializeEncryptedKeyset(
                                    TinkProtoKeysetFormat.parseEncryptedKeyset(
                                            key.bytes(), master.aead(), bound.getBytes(StandardCharsets.UTF_8)),
                                    master.aead(),
                                    key.id().getBytes(StandardCharsets.UTF_8)),
                            key.id())
                    .update();
        }
    }

    private static String counted(@Nullable String text) {
        return text == null ? "-" : text.length() + ":" + text;
    }

    /** Of the largest size, on the embedded database too. */
    @Test
    void filesStayReadableWhenAnotherKeyTakesItsPlace() {
        byte[] content = new byte[20 * 1024 * 1024];
        new java.util.Random(1).nextBytes(content);
        Reference id = Reference.random();
        Subject subject = new Subject("R-2026-0001", null);
        new SealedFiles(jdbc, keys(settings(FIRST, "")))
                .keep(
                        new SealedFiles.Document(
                                id,
                                subject,
                                "evidence",
                                "image/png",
                                Set.of("vsc", "smelter@org-luma"),
                                content.length,
                                "vsc",
                                java.time.Instant.parse("2026-02-02T09:00:00Z")),
                        new SealedFiles.Label("gate.png", "0"),
                        content);
        assertThat(keys(settings(SECOND, FIRST)).rotate()).isEqualTo(1);
        SealedFiles.Kept kept = new SealedFiles(jdbc, keys(settings(SECOND, "")))
                .find("R-2026-0001", id.id().toString())
                .orElseThrow();
        assertThat(kept.label().name()).isEqualTo("gate.png");
        assertThat(kept.content()).isEqualTo(content);
        assertThat(new SealedFiles.Label("Josephine.png", "0").toString()).doesNotContain("Josephine");
    }

    @Test
    void nothingThatCouldBeLoggedHoldsAKeyOrAValue() {
        assertThat(settings(FIRST, SECOND).toString()).doesNotContain(FIRST).doesNotContain(SECOND);
        assertThat(new Content("String", "told").toString()).doesNotContain("told");
    }

    private String sealed() {
        return String.join(
                "",
                jdbc.sql("select rawtohex(sealed) from vault_value order by created_at")
                        .query(String.class)
                        .list());
    }

    private Reference seal(VaultSettings settings, String text) {
        return seal(
                settings,
                text,
                new Subject("R-2026-0001", Reference.random().id().toString()));
    }

    private Reference seal(VaultSettings settings, String text, Subject subject) {
        Reference reference = Reference.random();
        DataKeys keys = keys(settings);
        DataKeys.DataKey key = keys.of(subject);
        values(keys)
                .seal(
                        key,
                        Subject.NONE,
                        List.of(new Values.Fresh(
                                reference, "whatHappened", Set.of("vsc"), new Content("String", text))));
        return reference;
    }

    private String open(VaultSettings settings, Reference reference) {
        Map<Reference, Values.Kept> found = values(keys(settings)).find(List.of(reference));
        return java.util.Objects.requireNonNull(found.get(reference)).open().text();
    }

    private Values values(DataKeys keys) {
        return new Values(jdbc, new JdbcTemplate(database), keys, Clock.systemUTC());
    }

    private DataKeys keys(VaultSettings settings) {
        CaseLock cases = new CaseLock(jdbc, new JdbcTransactionManager(database));
        return new DataKeys(jdbc, masters(settings), cases, Clock.systemUTC(), url);
    }

    private MasterKeys masters(VaultSettings settings) {
        return new MasterKeys(settings, url, jdbc);
    }

    private static VaultSettings settings(String key, String other) {
        return new VaultSettings("", key, "", other, List.of());
    }

    private static String key(char letter) {
        return Base64.getEncoder()
                .encodeToString(String.valueOf(letter).repeat(32).getBytes(StandardCharsets.US_ASCII));
    }
}
