package org.redress.engine;

import java.net.URI;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.core.serializer.support.SerializingConverter;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.web.http.CookieSerializer;

/**
 * Sessions of browsers lie in the database: whichever node a request comes to, the person is signed in there, and who signs
 * out is out at all of them.
 */
@Configuration(proxyBeanMethods = false)
class BrowserSessions {

    /**
     * Two requests of one browser may write the same thing at once, and one may still be on its way when another has ended the
     * session: the later of the two stays, and a session that is gone does not come back.
     */
    private static final String WRITTEN =
            """
            select s.primary_id, v.name, v.bytes
              from (select cast(? as varchar(36)) as id, cast(? as varchar(200)) as name, cast(? as bytea) as bytes) v
              join %TABLE_NAME% s on s.primary_id = v.id
            """;

    private static final String ON_POSTGRESQL =
            "insert into %TABLE_NAME%_ATTRIBUTES (session_primary_id, attribute_name, attribute_bytes) " + WRITTEN
                    + " on conflict (session_primary_id, attribute_name)"
                    + " do update set attribute_bytes = excluded.attribute_bytes";
    private static final String ON_H2 =
            "merge into %TABLE_NAME%_ATTRIBUTES (session_primary_id, attribute_name, attribute_bytes)"
                    + " key (session_primary_id, attribute_name) " + WRITTEN;

    @Bean
    CookieSerializer sessionCookie(
            CookieKeys keys,
            @Value("${redress.public-url}") URI publicUrl,
            @Value("${server.servlet.session.cookie.same-site:lax}") String sameSite) {
        return new SessionCookie(
                keys,
                sameSite.substring(0, 1).toUpperCase(Locale.ROOT)
                        + sameSite.substring(1).toLowerCase(Locale.ROOT),
                "https".equals(publicUrl.getScheme()));
    }

    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> sessionsInTheDatabase(
            @Value("${spring.datasource.url}") String database) {
        return sessions -> {
            GenericConversionService conversion = new GenericConversionService();
            conversion.addConverter(Object.class, byte[].class, new SerializingConverter());
            conversion.addConverter(byte[].class, Object.class, new SessionObjects());
            sessions.setConversionService(conversion);
            sessions.setCreateSessionAttributeQuery(database.startsWith("jdbc:h2:") ? ON_H2 : ON_POSTGRESQL);
        };
    }
}
