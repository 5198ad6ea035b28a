package org.redress.engine;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** What browsers and proxies may do with our answers: keep nothing, guess nothing, frame nothing, run nothing of others. */
final class SafeAnswers {

    /** For our own pages: their style and script are files of ours, nothing stands in the page itself. */
    static final String OWN_PAGES = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** For the engine's REST, which has no pages: whatever somebody stored there, a browser runs none of it. */
    private static final String NO_PAGE = "default-src 'none'; frame-ancestors 'none'; sandbox";

    /** Content as somebody stored it: the engine sends it with the type and name that it came with. */
    private static final Pattern STORED = Pattern.compile(
            "(/engine-rest|/camunda/api/engine)/.*/(data|deployed-form|deployed-start-form|rendered-form)");

    private static final Pattern PATH_IN_NAME = Pattern.compile("/|\\\\|%2f|%5c|\\.\\.", Pattern.CASE_INSENSITIVE);

    private static final Pattern SIGNS_IN_OR_OUT =
            Pattern.compile("/camunda/api/admin/auth/user/[^/]+/(login/[^/]+|logout)");

    /** Their addresses stay the same from one edition to the next. */
    private static final Pattern SCRIPTS_OF_OURS = Pattern.compile("/camunda/app/[^/]+/(scripts|styles)/[^/]+");

    private SafeAnswers() {}

    static void ofOurs(HeadersConfigurer<?> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(OWN_PAGES))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                .addHeaderWriter(SafeAnswers::notStored);
    }

    /** Pages with forms: a browser that may not say whence a form comes says that it comes from nowhere. */
    static void ofOurForms(HeadersConfigurer<?> headers) {
        ofOurs(headers);
        headers.referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN));
    }

    static void ofTheEngine(HeadersConfigurer<?> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(NO_PAGE))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                .addHeaderWriter(SafeAnswers::notStored)
                .addHeaderWriter(SafeAnswers::saved);
    }

    /**
     * The pages of the web apps come with a policy of their own, which lets them bring styles, and their files may be kept.
     * What they ask for is no page, and kept nowhere.
     */
    static void ofTheWebApps(HeadersConfigurer<?> headers) {
        HeaderWriter answers = (request, response) -> {
            String path = request.getServletPath();
            if (SIGNS_IN_OR_OUT.matcher(Security.path(request)).matches()) {
                // What a page of an earlier edition, or another page of ours, has kept of forms.
                response.setHeader("Clear-Site-Data", "\"storage\"");
            }
            if (SCRIPTS_OF_OURS.matcher(Security.path(request)).matches()) {
                response.setHeader("Cache-Control", "no-cache");
            }
            if (path.startsWith("/camunda/api") || !path.startsWith("/camunda")) {
                notStored(request, response);
                response.setHeader("Content-Security-Policy", NO_PAGE);
            }
        };
        headers.cacheControl(cache -> cache.disable())
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                .addHeaderWriter(answers)
                .addHeaderWriter(SafeAnswers::saved);
    }

    private static void notStored(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
    }

    /** Saved under a plain name, never shown. */
    private static void saved(HttpServletRequest request, HttpServletResponse response) {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        if (!STORED.matcher(path).matches()) {
            return;
        }
        String named = response.getHeader("Content-Disposition");
        if (named == null || PATH_IN_NAME.matcher(named).find()) {
            response.setHeader("Content-Disposition", "attachment");
        }
    }
}
