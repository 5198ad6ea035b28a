package org.redress.engine;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/**
 * The cookie of a session: its number, and a code over it under a key that is not in the database. Whoever reads the rows of
 * sessions, or a backup of them, cannot come as one of the people who are signed in.
 */
final class SessionCookie implements CookieSerializer {

    static final String NAME = "JSESSIONID";

    private static final String CODE = "HmacSHA256";
    private static final char BETWEEN = '.';

    private final DefaultCookieSerializer cookies = new DefaultCookieSerializer();
    private final CookieKeys keys;

    /** @param alwaysSecure whether it is sent over TLS alone; otherwise where the request came by it */
    SessionCookie(CookieKeys keys, String sameSite, boolean alwaysSecure) {
        this.keys = keys;
        cookies.setCookieName(NAME);
        cookies.setUseBase64Encoding(false);
        cookies.setUseHttpOnlyCookie(true);
        cookies.setSameSite(sameSite);
        if (alwaysSecure) {
            cookies.setUseSecureCookie(true);
        }
    }

    @Override
    public void writeCookieValue(CookieValue cookie) {
        String id = cookie.getCookieValue();
        // Empty when the cookie is to go
        String value = id == null || id.isEmpty()
                ? ""
                : id + BETWEEN + code(id, keys.cookieKeys().get(0));
        CookieValue written = new CookieValue(cookie.getRequest(), cookie.getResponse(), value);
        if (cookie.getCookieMaxAge() >= 0) {
            written.setCookieMaxAge(cookie.getCookieMaxAge());
        }
        cookies.writeCookieValue(written);
    }

    @Override
    public List<String> readCookieValues(HttpServletRequest request) {
        return cookies.readCookieValues(request).stream().flatMap(this::id).toList();
    }

    private Stream<String> id(String value) {
        int end = value.indexOf(BETWEEN);
        if (end < 1) {
            return Stream.empty();
        }
        String id = value.substring(0, end);
        byte[] said = value.substring(end + 1).getBytes(StandardCharsets.UTF_8);
        return keys.cookieKeys().stream()
                        .anyMatch(
                                key -> MessageDigest.isEqual(said, code(id, key).getBytes(StandardCharsets.UTF_8)))
                ? Stream.of(id)
                : Stream.empty();
    }

    private static String code(String id, byte[] key) {
        try {
            Mac mac = Mac.getInstance(CODE);
            mac.init(new SecretKeySpec(key, CODE));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(id.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + CODE, e);
        }
    }
}
