package org.redress.engine;

import jakarta.servlet.http.HttpSession;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * How people and programs say who they are: by an account of the engine, or by a provider that the organisations trust. One of
 * the two is there, as {@code redress.sign-in.provider} says.
 */
interface SignIn {

    /** At the doors for programs: each request says it anew, and no session begins. */
    void atTheApi(HttpSecurity http) throws Exception;

    /** At the web apps, and who gets past; what is denied to everybody is denied before. */
    void atTheWebApps(HttpSecurity http) throws Exception;

    /**
     * Whether somebody who is signed in to the web apps counts as that at our own pages, too: as long as they would there.
     *
     * @param id who the session says it is
     */
    default boolean isStillIn(HttpSession session, String id) {
        return true;
    }

    /** Which addresses beside those of the web apps belong to it. */
    RequestMatcher addresses();
}
