package org.redress.vault;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Office documents, which are ZIP archives: which one it is, and that no program is in it. Reads the archive's own list of
 * contents, by which office programs go, and unpacks only what tells of other contents, up to a limit.
 */
final class Packed {

    static final String DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    static final String ODT = "application/vnd.oasis.opendocument.text";
    static final String ODS = "application/vnd.oasis.opendocument.spreadsheet";

    private static final int END = 0x06054b50;
    private static final int LISTED = 0x02014b50;
    private static final int ENTRY = 0x04034b50;
    private static final int LENGTH_OF_END = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int MOST_ENTRIES = 20_000;
    private static final int LONGEST_LIST = 4 * 1024 * 1024;
    private static final int PIECE = 64 * 1024;
    private static final int LONGEST_IN_ALL = 64 * 1024 * 1024;

    /** Macros, controls, embedded programs, and what else office programs would run. */
    private static final Pattern RUNS = Pattern.compile(
            ".*(vbaproject|vbadata|/activex/|/embeddings/|/macrosheets/|/dialogsheets/"
                    + "|/externallinks/|^basic/|^scripts/|\\.(bin|exe|dll|js|vbs|jar|class|hta|lnk|bat|cmd|ps1|html?|mht(ml)?)$).*",
            Pattern.CASE_INSENSITIVE);

    /** What office programs fetch from elsewhere as they open a document; a link waits until somebody follows it. */
    private static final Pattern FETCHED = Pattern.compile(
            "<(?:\\w+:)?Relationship\\b(?=[^>]*\\bTargetMode\\s*=\\s*[\"']External)(?![^>]*/hyperlink[\"'])[^>]*>"
                    + "|/(?:aFChunk|attachedTemplate|subDocument|oleObject|frame)[\"']|&#",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern FETCHED_BY_OPEN = Pattern.compile(
            "<(?!text:a\\b|draw:a\\b)[a-z-]+:[a-z-]+\\b[^>]*\\bxlink:href\\s*=\\s*[\"']\\s*(?:[a-z][a-z0-9+.-]*:|//|\\\\|&#)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern FETCHING_OF_OPEN = Pattern.compile("(?:.*/)?(?:content|styles|settings)\\.xml");
    private static final Pattern PRINTER = Pattern.compile("(xl|word)/printerSettings/printerSettings[0-9]+\\.bin");

    private record Item(String name, int method, int packed, int offset) {}

    private final byte[] content;
    private final ByteBuffer bytes;

    private Packed(byte[] content) {
        this.content = content;
        this.bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether something that is no archive has one at its end: whoever opens it as one finds another document. */
    static boolean hangsOn(byte[] content) {
        return new Packed(content).end() >= 0;
    }

    /** The type of an office document without a program; empty for every other archive. */
    static Optional<String> typeOf(byte[] content) {
        try {
            return new Packed(content).type();
        } catch (IndexOutOfBoundsException | IllegalArgumentException | DataFormatException e) {
            return Optional.empty();
        }
    }

    private Optional<String> type() throws DataFormatException {
        List<Item> items = items(end());
        List<String> names =
                items.stream().map(item -> item.name().replace('\\', '/')).toList();
        if (names.stream().anyMatch(Packed::runs) || names.stream().distinct().count() < names.size()) {
            return Optional.empty();
        }
        if (names.contains("[Content_Types].xml")) {
            return ofMicrosoft(items, names);
        }
        return names.contains("mimetype") ? open(items) : Optional.empty();
    }

    private static boolean runs(String name) {
        return RUNS.matcher(name).matches() && !PRINTER.matcher(name).matches();
    }

    private Optional<String> ofMicrosoft(List<Item> items, List<String> names) throws DataFormatException {
        String types = text(item(items, "[Content_Types].xml")).toLowerCase(Locale.ROOT);
        if (types.contains("macroenabled") || types.contains("vbaproject") || types.contains("activex")) {
            return Optional.empty();
        }
        if (anyFinds(FETCHED, items, Pattern.compile(".*\\.rels", Pattern.CASE_INSENSITIVE))) {
            return Optional.empty();
        }
        if (names.contains("word/document.xml") && types.contains(DOCX)) {
            return Optional.of(DOCX);
        }
        return names.contains("xl/workbook.xml") && types.contains(XLSX) ? Optional.of(XLSX) : Optional.empty();
    }

    private Optional<String> open(List<Item> items) throws DataFormatException {
        String type = text(item(items, "mimetype"));
        boolean known = type.equals(ODT) || type.equals(ODS);
        return known && !anyFinds(FETCHED_BY_OPEN, items, FETCHING_OF_OPEN) ? Optional.of(type) : Optional.empty();
    }

    /** Whether one of these entries says so, in whichever of the two ways that text is written. */
    private boolean anyFinds(Pattern wanted, List<Item> items, Pattern names) throws DataFormatException {
        int left = LONGEST_IN_ALL;
        for (Item item : items) {
            if (names.matcher(item.name().replace('\\', '/')).matches()) {
                // UTF-16 read as single bytes has a zero between its letters.
                String said = text(item, left).replace("\0", "");
                left -= said.length();
                if (wanted.matcher(said).find()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Item item(List<Item> items, String name) {
        return items.stream()
                .filter(item -> item.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name));
    }

    private List<Item> items(int end) {
        if (end < 0) {
            throw new IllegalArgumentException("no list of contents");
        }
        int count = bytes.getShort(end + 10) & 0xFFFF;
        int at = bytes.getInt(end + 16);
        if (count > MOST_ENTRIES) {
            throw new IllegalArgumentException("too many entries");
        }
        List<Item> items = new ArrayList<>();
        for (int each = 0; each < count; each++) {
            if (bytes.getInt(at) != LISTED) {
                throw new IllegalArgumentException("no entry");
            }
            int nameLength = bytes.getShort(at + 28) & 0xFFFF;
            items.add(new Item(
                    new String(content, at + 46, nameLength, StandardCharsets.UTF_8),
                    bytes.getShort(at + 10) & 0xFFFF,
                    bytes.getInt(at + 20),
                    bytes.getInt(at + 42)));
            at += 46 + nameLength + (bytes.getShort(at + 30) & 0xFFFF) + (bytes.getShort(at + 32) & 0xFFFF);
        }
        // What the list does not name would be there for another reader.
        if (at != end) {
            throw new IllegalArgumentException("something lies between");
        }
        return items;
    }

    private String text(Item item) throws DataFormatException {
        return text(item, LONGEST_LIST);
    }

    private String text(Item item, int atMost) throws DataFormatException {
        int at = item.offset();
        if (bytes.getInt(at) != ENTRY) {
            throw new IllegalArgumentException("no entry");
        }
        int from = at + 30 + (bytes.getShort(at + 26) & 0xFFFF) + (bytes.getShort(at + 28) & 0xFFFF);
        if (item.method() == 0) {
            return new String(content, from, item.packed(), StandardCharsets.UTF_8);
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(content, from, item.packed());
            ByteArrayOutputStream plain = new ByteArrayOutputStream();
            byte[] piece = new byte[PIECE];
            while (!inflater.finished()) {
                int length = inflater.inflate(piece);
                if (length == 0 || plain.size() + length > atMost) {
                    throw new IllegalArgumentException("too long");
                }
                plain.write(piece, 0, length);
            }
            return plain.toString(StandardCharsets.UTF_8);
        } finally {
            inflater.end();
        }
    }

    /** Where the archive's end record lies that reaches to the end of the content; -1 without one. */
    private int end() {
        int last = content.length - LENGTH_OF_END;
        for (int at = last; at >= 0 && at >= last - LONGEST_COMMENT; at--) {
            if (bytes.getInt(at) == END && (bytes.getShort(at + 20) & 0xFFFF) == last - at) {
                return at;
            }
        }
        return -1;
    }
}
