package org.redress.vault;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Office documents, which are ZIP archives: which one it is, and that no program is in it. Reads the archive's own list of
 * contents, by which office programs go, and reads what is text with tags in it, up to a limit.
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
    private static final long LONGEST_IN_ALL = 128 * 1024 * 1024;
    private static final int FARTHEST_TAG = 4_096;
    private static final int BEGINNING = 64;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    /** Macros, controls, embedded programs, and what else office programs would run. */
    private static final Pattern RUNS = Pattern.compile(
            ".*(vbaproject|vbadata|/activex/|/embeddings/|/macrosheets/|/dialogsheets/"
                    + "|/externallinks/|^basic/|^scripts/|\\.(bin|exe|dll|js|vbs|jar|class|hta|lnk|bat|cmd|ps1|html?|mht(ml)?)$).*",
            Pattern.CASE_INSENSITIVE);

    /** What has to be text with tags, whatever it begins with: a program that mends documents reads it so. */
    private static final Pattern TAGGED = Pattern.compile(".*\\.(?:xml|rels)", Pattern.CASE_INSENSITIVE);

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
        } catch (IndexOutOfBoundsException | IllegalArgumentException | IOException e) {
            return Optional.empty();
        }
    }

    private Optional<String> type() throws IOException {
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

    private Optional<String> ofMicrosoft(List<Item> items, List<String> names) throws IOException {
        String types = text(item(items, "[Content_Types].xml")).toLowerCase(Locale.ROOT);
        if (types.contains("macroenabled") || types.contains("vbaproject") || types.contains("activex")) {
            return Optional.empty();
        }
        if (anyFetches(items, names.stream().anyMatch(EmbeddedFonts::isNamed) && hasFontsOnly(items))) {
            return Optional.empty();
        }
        if (names.contains("word/document.xml") && types.contains(DOCX)) {
            return Optional.of(DOCX);
        }
        return names.contains("xl/workbook.xml") && types.contains(XLSX) ? Optional.of(XLSX) : Optional.empty();
    }

    private Optional<String> open(List<Item> items) throws IOException {
        String type = text(item(items, "mimetype"));
        boolean known = type.equals(ODT) || type.equals(ODS);
        return known && !anyFetches(items, false) ? Optional.of(type) : Optional.empty();
    }

    /**
     * Whether anything in it fetches. Which entry is read as what says another entry, so that each counts that is text with
     * tags, whatever its name.
     *
     * @param fonts whether what is called a font is declared as one, and used as nothing else
     */
    private boolean anyFetches(List<Item> items, boolean fonts) throws IOException {
        long left = LONGEST_IN_ALL;
        for (Item item : items) {
            if ((fonts && isFont(item)) || !isTagged(item)) {
                continue;
            }
            try (Limited part = new Limited(unpacked(item), left)) {
                if (FetchingParts.fetches(part)) {
                    return true;
                }
                left = part.left();
            }
        }
        return false;
    }

    private boolean isFont(Item item) throws IOException {
        if (!EmbeddedFonts.isNamed(item.name())) {
            return false;
        }
        try (InputStream part = unpacked(item)) {
            return !EmbeddedFonts.saysXml(new String(part.readNBytes(BEGINNING), StandardCharsets.ISO_8859_1));
        }
    }

    /** Whether what is called a font is declared as one, and nothing refers to it as something else. */
    private boolean hasFontsOnly(List<Item> items) throws IOException {
        try (InputStream types = new Limited(unpacked(item(items, "[Content_Types].xml")), LONGEST_LIST)) {
            if (!EmbeddedFonts.areDeclared(types)) {
                return false;
            }
        }
        long left = LONGEST_LIST;
        for (Item item : items) {
            if (!item.name().toLowerCase(Locale.ROOT).endsWith(".rels")) {
                continue;
            }
            try (Limited relations = new Limited(unpacked(item), left)) {
                if (!EmbeddedFonts.areNothingElse(relations)) {
                    return false;
                }
                left = relations.left();
            }
        }
        return true;
    }

    /**
     * By its name or, behind the marks of an encoding and blanks, by its first sign: in UTF-16 a zero stands beside it, and in
     * EBCDIC it is another. What is empty, as office programs leave it there, has nothing to say.
     */
    private boolean isTagged(Item item) throws IOException {
        try (InputStream part = unpacked(item)) {
            for (int read = 0; read < FARTHEST_TAG; read++) {
                int sign = part.read();
                if (sign < 0) {
                    return false;
                }
                boolean skipped = sign <= ' ' || sign == 0xEF || sign == 0xBB || sign == 0xBF || sign >= 0xFE;
                if (!skipped) {
                    return sign == '<'
                            || (sign == 0x4C && part.read() == 0x6F && part.read() == 0xA7)
                            || TAGGED.matcher(item.name()).matches();
                }
            }
            return true;
        }
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

    private String text(Item item) throws IOException {
        try (InputStream part = new Limited(unpacked(item), LONGEST_LIST)) {
            return new String(part.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private InputStream unpacked(Item item) {
        int at = item.offset();
        if (bytes.getInt(at) != ENTRY) {
            throw new IllegalArgumentException("no entry");
        }
        int from = at + 30 + (bytes.getShort(at + 26) & 0xFFFF) + (bytes.getShort(at + 28) & 0xFFFF);
        Objects.checkFromIndexSize(from, item.packed(), content.length);
        InputStream packed = new ByteArrayInputStream(content, from, item.packed());
        return switch (item.method()) {
            case STORED -> packed;
            case DEFLATED -> new Inflating(packed);
            default -> throw new IllegalArgumentException("packed in another way");
        };
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

    /** Gives back what unpacking takes outside of Java's memory. */
    private static final class Inflating extends InflaterInputStream {

        private Inflating(InputStream packed) {
            super(packed, new Inflater(true), PIECE);
        }

        @Override
        public void close() throws IOException {
            super.close();
            inf.end();
        }
    }

    /** A few bytes unpack to gigabytes. */
    private static final class Limited extends FilterInputStream {

        private long left;

        private Limited(InputStream part, long atMost) {
            super(part);
            this.left = atMost;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int atMost) throws IOException {
            int read = in.read(into, from, atMost);
            left -= Math.max(read, 0);
            if (left < 0) {
                throw new IOException("too long");
            }
            return read;
        }

        private long left() {
            return left;
        }
    }
}
