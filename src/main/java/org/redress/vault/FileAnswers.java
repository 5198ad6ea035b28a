package org.redress.vault;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** How a document leaves the house: saved, never shown, and as what it is. */
final class FileAnswers {

    private static final String NOTHING_RUNS = "default-src 'none'; frame-ancestors 'none'; sandbox";

    private FileAnswers() {}

    static ResponseEntity<byte[]> of(SealedFiles.Kept opened) {
        byte[] content = opened.content();
        String type = opened.document().mediaType();
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(savedAs(opened.label().name(), type, content), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header("Content-Security-Policy", NOTHING_RUNS)
                .header("X-Content-Type-Options", "nosniff")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .contentType(MediaType.parseMediaType(type))
                .contentLength(content.length)
                .body(content);
    }

    /**
     * A text named {@code evil.html} would be opened as a page once it is saved, and a table with formulas by a program that
     * reckons them: its name ends like its type.
     */
    static String savedAs(String name, String type, byte[] content) {
        List<String> endings = FileTypes.endings(type);
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        boolean fits =
                name.contains(".") && endings.contains(ending) && !(ending.equals("csv") && Inert.hasFormulas(content));
        return fits || endings.isEmpty() ? name : name + "." + endings.get(0);
    }
}
