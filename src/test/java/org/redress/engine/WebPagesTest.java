package org.redress.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;

/** The pages of the web apps, while many people ask for them. */
class WebPagesTest extends ProcessTest {

    private static final Pattern IN_HEADER = Pattern.compile("'nonce-([^']+)'");
    private static final Pattern IN_PAGE = Pattern.compile("nonce=\"([^\"]+)\"");

    @Test
    void aPageRunsItsScriptsHoweverManyAskAtOnce() {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest page = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + "/camunda/app/tasklist/default/"))
                .build();
        List<CompletableFuture<HttpResponse<String>>> asked = IntStream.range(0, 200)
                .mapToObj(each -> http.sendAsync(page, BodyHandlers.ofString()))
                .toList();
        for (CompletableFuture<HttpResponse<String>> answer : asked) {
            HttpResponse<String> received = answer.join();
            String policy =
                    received.headers().firstValue("Content-Security-Policy").orElseThrow();
            assertThat(first(IN_PAGE, received.body())).isEqualTo(first(IN_HEADER, policy));
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }
}
