package org.redress.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.redress.engine.CookieKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The master key that wraps new data keys, and during a rotation the other one that opens old ones (or new ones already).
 * Nothing starts with a key that does not open what lies in the database.
 */
@Component
@DependsOnDatabaseInitialization
@EnableConfigurationProperties(VaultSettings.class)
class MasterKeys implements CookieKeys {

    private static final Logger LOG = LoggerFactory.getLogger(MasterKeys.class);
    private static final String EMBEDDED_FILE = "jdbc:h2:file:";
    private static final String EMBEDDED_MEMORY = "jdbc:h2:mem:";

    private final MasterKey current;
    private final Optional<MasterKey> other;
    private final JdbcClient jdbc;

    /** @throws IllegalStateException if there is no key, or none that opens the data keys in the database */
    MasterKeys(VaultSettings settings, @Value("${spring.datasource.url:}") String database, JdbcClient jdbc) {
        Set<String> used = used(jdbc);
        current = configured(settings.key(), "redress.vault.key", settings.keyFile(), "redress.vault.key-file")
                .orElseGet(() -> embedded(database, !used.isEmpty()));
        other = configured(
                settings.otherKey(),
                "redress.vault.other-key",
                settings.otherKeyFile(),
                "redress.vault.other-key-file");
        this.jdbc = jdbc;
        check(used);
    }

    /** @throws IllegalStateException if a data key is wrapped by a master key that was not given */
    void check() {
        check(used(jdbc));
    }

    private static Set<String> used(JdbcClient jdbc) {
        return Set.copyOf(jdbc.sql("select distinct master_key from vault_key where destroyed_at is null")
                .query(String.class)
                .list());
    }

    private void check(Set<String> used) {
        List<String> lost = used.stream().filter(id -> of(id).isEmpty()).toList();
        if (!lost.isEmpty()) {
            throw new IllegalStateException(
                    "The master key of the vault is wrong: the database was sealed with the key "
                            + String.join(", ", lost) + ", and " + known() + " was given. Set redress.vault.key-file or"
                            + " redress.vault.key to the key that belongs to this database");
        }
    }

    private String known() {
        return other.map(key -> current.id() + " and " + key.id()).orElse(current.id());
    }

    @Override
    public List<byte[]> cookieKeys() {
        return Stream.concat(Stream.of(current), other.stream())
                .map(MasterKey::cookieKey)
                .toList();
    }

    MasterKey current() {
        return current;
    }

    /** The key with this id, if it was given. */
    Optional<MasterKey> of(String id) {
        return Stream.concat(Stream.of(current), other.stream())
                .filter(key -> key.id().equals(id))
                .findFirst();
    }

    private static Optional<MasterKey> configured(String key, String keyName, String file, String fileName) {
        if (!key.isBlank() && !file.isBlank()) {
            throw new IllegalStateException("Set " + keyName + " or " + fileName + ", not both");
        }
        if (!key.isBlank()) {
            return Optional.of(MasterKey.of(key, keyName));
        }
        return file.isBlank() ? Optional.empty() : Optional.of(read(Path.of(file)));
    }

    private static MasterKey read(Path file) {
        try {
            return MasterKey.of(Files.readString(file), "the file " + file);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The file " + file + " with the master key of the vault cannot be read: mount it, or set another",
                    e);
        }
    }

    /** The first look makes a key for itself; whoever keeps real cases says where the key is. */
    private static MasterKey embedded(String database, boolean inUse) {
        if (database.startsWith(EMBEDDED_MEMORY)) {
            return MasterKey.of(random(), "memory");
        }
        if (!database.startsWith(EMBEDDED_FILE)) {
            throw new IllegalStateException("The vault has no master key: set redress.vault.key-file"
                    + " (REDRESS_VAULT_KEY_FILE) or redress.vault.key (REDRESS_VAULT_KEY); make one with"
                    + " 'openssl rand -base64 32', and keep a copy apart from the database's backups");
        }
        String path = database.substring(EMBEDDED_FILE.length()).split(";", 2)[0];
        Path file = Path.of(path + ".key");
        if (Files.exists(file)) {
            return read(file);
        }
        if (inUse) {
            throw new IllegalStateException("The file " + file
                    + " with the master key of the vault is gone, and without it nobody opens what the database"
                    + " holds: put it back");
        }
        return make(file);
    }

    private static MasterKey make(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            boolean posix =
                    FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
            FileAttribute<?>[] owner = posix
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];
            Set<OpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (var channel = Files.newByteChannel(file, fresh, owner)) {
                channel.write(java.nio.ByteBuffer.wrap(random().getBytes(StandardCharsets.US_ASCII)));
            }
            LOG.info("Made the master key of the vault in {}: whoever has it and the database reads everything", file);
        } catch (FileAlreadyExistsException e) {
            LOG.debug("Somebody else made {} at the same time", file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the master key of the vault in " + file, e);
        }
        return read(file);
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
