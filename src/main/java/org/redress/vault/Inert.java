package org.redress.vault;

import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Documents that do nothing by themselves: one that runs something or asks a server for something as it is opened tells
 * somebody outside where its reader sits, and readers here sit in shelters and offices that nobody is to find. Whether a PDF or
 * a text is inert is searched in it as it is written, its packed lists of objects too; this is a search and no program that
 * understands the document, so that whoever builds one to deceive a search is not stopped by it.
 */
final class Inert {

    /** What a PDF does by itself; and what it hides behind a password, where nothing can be searched. */
    private static final Pattern ACTS = Pattern.compile(
            "/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia\\w*|SubmitForm|ImportData|GoToR|GoToE|Rendition|XFA|Encrypt)"
                    + "(?![A-Za-z0-9])|/OpenAction\\s*<<(?!\\s*/S\\s*/GoTo\\b)|/AA\\s*(?:<<|[0-9]+\\s+[0-9]+\\s+R)"
                    + "|/FS\\s*/URL");

    private static final Pattern ESCAPED = Pattern.compile("#([0-9A-Fa-f]{2})");
    private static final Pattern PACKED_OBJECTS = Pattern.compile("/ObjStm(?![A-Za-z0-9])");
    private static final Pattern STREAM = Pattern.compile("stream\\r?\\n");
    private static final int FARTHEST_STREAM = 2_000;
    private static final int MOST_UNPACKED = 64 * 1024 * 1024;
    private static final int PIECE = 64 * 1024;

    private Inert() {}

    /** Whether a PDF neither runs nor fetches anything, as far as a search can tell; false too where it cannot be searched. */
    static boolean isPdf(byte[] content) {
        String written = new String(content, StandardCharsets.ISO_8859_1);
        if (acts(written)) {
            return false;
        }
        int left = MOST_UNPACKED;
        Matcher packed = PACKED_OBJECTS.matcher(written);
        while (packed.find()) {
            Matcher stream = STREAM.matcher(written)
                    .region(packed.end(), Math.min(written.length(), packed.end() + FARTHEST_STREAM));
            if (!stream.find()) {
                return false;
            }
            try {
                String objects = unpacked(content, stream.end(), left);
                left -= objects.length();
                if (acts(objects)) {
                    return false;
                }
            } catch (DataFormatException e) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a spreadsheet would take something in the text for a formula: a cell that begins with {@code =} or {@code @}, or
     * with a sign before something that is no number; behind blanks and a quotation mark, too. Looks at each byte once.
     */
    static boolean hasFormulas(byte[] content) {
        boolean begins = true;
        boolean quoted = false;
        boolean signed = false;
        for (byte each : content) {
            int sign = each & 0xFF;
            if (signed && !isBlank(sign)) {
                if (sign == '=' || sign == '@' || sign == '(' || isLetter(sign)) {
                    return true;
                }
                signed = false;
            }
            if (sign == ',' || sign == ';' || sign == '\t' || sign == '\n' || sign == '\r') {
                // A sign at the end of a line goes on at the next one for some programs.
                begins = true;
                quoted = false;
            } else if (begins && (sign == '=' || sign == '@')) {
                return true;
            } else if (begins && (sign == '+' || sign == '-')) {
                signed = true;
                begins = false;
            } else if (begins && !quoted && (sign == '"' || sign == '\'')) {
                quoted = true;
            } else if (!isBlank(sign)) {
                begins = false;
            }
        }
        return false;
    }

    /** The marks at the beginning of a text that say how it is written, and the zeros of UTF-16, are nothing either. */
    private static boolean isBlank(int sign) {
        return sign <= ' ' || sign == 0xEF || sign == 0xBB || sign == 0xBF || sign >= 0xFE;
    }

    private static boolean isLetter(int sign) {
        return (sign >= 'A' && sign <= 'Z') || (sign >= 'a' && sign <= 'z');
    }

    private static boolean acts(String written) {
        return ACTS.matcher(ESCAPED.matcher(written).replaceAll(Inert::sign)).find();
    }

    private static String sign(MatchResult escaped) {
        return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escaped.group(1), 16)));
    }

    /** @throws DataFormatException if it is not packed in the one way that is searched, or too large */
    private static String unpacked(byte[] content, int from, int atMost) throws DataFormatException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(content, from, content.length - from);
            StringBuilder plain = new StringBuilder();
            byte[] piece = new byte[PIECE];
            while (!inflater.finished()) {
                int length = inflater.inflate(piece);
                if (length == 0 || plain.length() + length > atMost) {
                    throw new DataFormatException("it does not end, or is too large");
                }
                plain.append(new String(piece, 0, length, StandardCharsets.ISO_8859_1));
            }
            return plain.toString();
        } finally {
            inflater.end();
        }
    }
}
