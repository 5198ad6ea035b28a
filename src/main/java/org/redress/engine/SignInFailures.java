package org.redress.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes guessing slow without locking an account: whoever failed waits, and longer each time, but only for this account from
 * this address. So a stranger elsewhere holds nobody out. An address that fails for many accounts waits for all of them. Kept
 * in the database, so that it holds over all nodes and restarts; times in UTC.
 */
@Component
@EnableConfigurationProperties(SignInFailures.Settings.class)
class SignInFailures {

    /**
     * @param free wrong passwords for an account from an address until the next has to wait
     * @param firstWait how long it waits first; each further one doubles it
     * @param longestWait how long it waits at most
     * @param freePerAddress wrong passwords of an address within an hour, for any account, until it waits for all
     */
    @ConfigurationProperties("redress.sign-in")
    record Settings(
            @DefaultValue("5") int free,
            @DefaultValue("2s") Duration firstWait,
            @DefaultValue("15m") Duration longestWait,
            @DefaultValue("100") int freePerAddress) {}

    private static final Duration REMEMBERED = Duration.ofDays(1);
    private static final Duration REMEMBERED_OF_ADDRESS = Duration.ofHours(1);

    /** Beyond it the wait is the longest anyway. */
    private static final int MOST_DOUBLINGS = 30;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Settings settings;

    SignInFailures(JdbcClient jdbc, Clock clock, Settings settings) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * How an account stands at an address.
     *
     * @param failed whether a password was wrong there within a day
     * @param pause how long it still waits there; empty when it need not
     */
    record Standing(boolean failed, Optional<Duration> pause) {}

    Standing standing(String account, String address) {
        Instant now = clock.instant();
        String accountDigest = digest(account);
        List<Failure> failures = jdbc.sql("select account_digest, failed_at from sign_in_failure"
                        + " where address_digest = ? and failed_at > ? and failed_at <= ?")
                .params(digest(network(address)), at(now.minus(REMEMBERED)), at(now))
                .query((row, index) -> new Failure(
                        row.getString("account_digest").equals(accountDigest),
                        row.getTimestamp("failed_at").toInstant()))
                .list();
        Instant until = Instant.MIN;
        List<Instant> own = failures.stream()
                .filter(Failure::ofThisAccount)
                .map(Failure::at)
                .toList();
        List<Instant> recent = failures.stream()
                .map(Failure::at)
                .filter(failed -> failed.isAfter(now.minus(REMEMBERED_OF_ADDRESS)))
                .toList();
        for (Instant end : List.of(end(own, settings.free()), end(recent, settings.freePerAddress()))) {
            until = end.isAfter(until) ? end : until;
        }
        Optional<Duration> pause = until.isAfter(now) ? Optional.of(Duration.between(now, until)) : Optional.empty();
        return new Standing(!own.isEmpty(), pause);
    }

    private Instant end(List<Instant> failures, int free) {
        if (failures.size() < free) {
            return Instant.MIN;
        }
        Instant last = failures.stream().max(Instant::compareTo).orElse(Instant.MIN);
        Duration wait = settings.firstWait().multipliedBy(1L << Math.min(failures.size() - free, MOST_DOUBLINGS));
        return last.plus(wait.compareTo(settings.longestWait()) > 0 ? settings.longestWait() : wait);
    }

    void failed(String account, String address) {
        Instant now = clock.instant();
        jdbc.sql("delete from sign_in_failure where failed_at <= ?")
                .param(at(now.minus(REMEMBERED)))
                .update();
        jdbc.sql("insert into sign_in_failure (account_digest, address_digest, failed_at) values (?, ?, ?)")
                .params(digest(account), digest(network(address)), at(now))
                .update();
    }

    void succeeded(String account, String address) {
        jdbc.sql("delete from sign_in_failure where address_digest = ? and account_digest = ?")
                .params(digest(network(address)), digest(account))
                .update();
    }

    /** Of IPv6 the network, since one caller has many addresses of it. */
    private static String network(String address) {
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return HexFormat.of().formatHex(bytes.length == 16 ? Arrays.copyOf(bytes, 8) : bytes);
        } catch (UnknownHostException e) {
            return address;
        }
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static Timestamp at(Instant instant) {
        return Timestamp.from(instant);
    }

    private record Failure(boolean ofThisAccount, Instant at) {}
}
