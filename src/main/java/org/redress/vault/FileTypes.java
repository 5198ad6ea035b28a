package org.redress.vault;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;

/**
 * What a document is, by its content: what its name and its sender say counts for nothing. Nothing that runs has a type here:
 * no page, no drawing with script, no program, no office document with macros, and nothing that is two things at once. A
 * picture or a PDF is whole, a sound or a film made as its type says: what begins like one and goes on otherwise has no type
 * either.
 */
final class FileTypes {

    private static final MimeTypes BY_CONTENT = MimeTypes.getDefaultMimeTypes();

    /** The types that we know, and how their names end; the first ending is given to a name that has none of them. */
    private static final Map<String, List<String>> ENDINGS = Map.ofEntries(
            Map.entry("application/pdf", List.of("pdf")),
            Map.entry("image/jpeg", List.of("jpg", "jpeg")),
            Map.entry("image/png", List.of("png")),
            Map.entry("image/webp", List.of("webp")),
            Map.entry("image/heic", List.of("heic", "heif")),
            Map.entry("audio/mpeg", List.of("mp3")),
            Map.entry("audio/mp4", List.of("m4a", "m4b")),
            Map.entry("audio/ogg", List.of("ogg", "oga", "opus")),
            Map.entry("audio/wav", List.of("wav")),
            Map.entry("video/mp4", List.of("mp4", "m4v")),
            Map.entry("video/quicktime", List.of("mov")),
            Map.entry("video/3gpp", List.of("3gp")),
            Map.entry("text/plain", List.of("txt", "text", "csv", "log", "md")),
            Map.entry(Packed.DOCX, List.of("docx")),
            Map.entry(Packed.XLSX, List.of("xlsx")),
            Map.entry(Packed.ODT, List.of("odt")),
            Map.entry(Packed.ODS, List.of("ods")));

    private static final Map<String, String> ONE_NAME = Map.of(
            "audio/vnd.wave", "audio/wav",
            "audio/x-wav", "audio/wav",
            "audio/vorbis", "audio/ogg",
            "audio/opus", "audio/ogg",
            "application/ogg", "audio/ogg",
            "image/heif", "image/heic",
            "application/mp4", "video/mp4");

    private static final Set<String> QUICKTIME = Set.of("qt");
    private static final String END = "%%EOF";

    private FileTypes() {}

    /** Every type that could be taken. */
    static Set<String> known() {
        return ENDINGS.keySet();
    }

    /** The endings of names of a type, without the dot. */
    static List<String> endings(String type) {
        return ENDINGS.getOrDefault(type, List.of());
    }

    /** The type of a document; empty for whatever has none here. */
    static Optional<String> of(byte[] content) {
        if (startsWith(content, "PK")) {
            return Packed.typeOf(content);
        }
        String found = detected(content);
        String type = ONE_NAME.getOrDefault(found, found);
        boolean plain =
                switch (type) {
                    case "application/pdf" -> startsWith(content, "%PDF-") && hasEnd(content) && Inert.isPdf(content);
                    case "text/plain" -> !isMarkup(content);
                    case "image/jpeg", "image/png", "image/webp", "image/heic" -> Pictures.isWhole(type, content);
                    case "audio/wav", "audio/ogg", "audio/mpeg" -> Recordings.isWhole(type, content);
                    case "audio/mp4", "video/mp4", "video/quicktime", "video/3gpp" -> Recordings.isWhole(type, content);
                    default -> true;
                };
        if (!plain || Packed.hangsOn(content)) {
            return Optional.empty();
        }
        if (type.equals("video/quicktime")) {
            type = QUICKTIME.contains(brand(content)) ? type : "video/mp4";
        }
        return ENDINGS.containsKey(type) ? Optional.of(type) : Optional.empty();
    }

    private static String detected(byte[] content) {
        try {
            return BY_CONTENT
                    .detect(new ByteArrayInputStream(content), new Metadata())
                    .getBaseType()
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Who made the film says it, such as {@code isom} or {@code qt}; empty when nobody did. */
    private static String brand(byte[] content) {
        if (content.length < 12 || !startsWith(content, 4, "ftyp")) {
            return "qt";
        }
        return new String(content, 8, 4, StandardCharsets.US_ASCII).strip().toLowerCase(Locale.ROOT);
    }

    /** Text that begins like a page would be one for some reader, whatever we call it. */
    private static boolean isMarkup(byte[] content) {
        for (byte each : content) {
            int sign = each & 0xFF;
            boolean skipped = sign <= ' ' || sign == 0xEF || sign == 0xBB || sign == 0xBF || sign >= 0xFE;
            if (!skipped) {
                return sign == '<';
            }
        }
        return false;
    }

    /** Readers look for it from behind, and find the rest by what stands before it; some programs write more after it. */
    private static boolean hasEnd(byte[] content) {
        for (int at = content.length - END.length(); at > 0; at--) {
            if (startsWith(content, at, END)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] content, String text) {
        return startsWith(content, 0, text);
    }

    private static boolean startsWith(byte[] content, int from, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        return content.length >= from + wanted.length
                && java.util.Arrays.equals(content, from, from + wanted.length, wanted, 0, wanted.length);
    }
}
