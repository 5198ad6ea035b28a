package org.redress.vault;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
                    + "(?![A-Za-z0-9])|/AA\\s*(?:<<|[0-9]+\\s+[0-9]+\\s+R)"
                    + "|/FS\\s*/URL");

    /** Between two words; what stands behind a percent sign on its line is nothing. */
    private static final String GAP = "(?:[\\s\\x00]|%[^\\r\\n]{0,100}+[\\r\\n])";

    /** What is done as it is opened: written there, a place of the document, or in an object of that number. */
    private static final Pattern OPENS = Pattern.compile("/OpenAction(?![A-Za-z0-9])" + GAP
            + "{0,20}+(?:(?<here><<)|(?<place>\\[)|(?<number>[0-9]{1,12})" + GAP + "{1,20}+[0-9]{1,5}" + GAP
            + "{1,20}+R(?![A-Za-z0-9]))?");

    private static final Pattern OBJECT =
            Pattern.compile("(?<![0-9])([0-9]{1,12})" + GAP + "{1,20}+[0-9]{1,5}" + GAP + "{1,20}+obj(?![A-Za-z])");

    /** To another place in the document, and nothing after that. */
    private static final Pattern GOES_TO = Pattern.compile("/S[\\s\\x00]*/GoTo(?![A-Za-z0-9])");

    private static final Pattern DOES_MORE = Pattern.compile(
            "/Next(?![A-Za-z0-9])|/S(?![A-Za-z0-9])(?![\\s\\x00]*/GoTo(?![A-Za-z0-9]))|/S[\\s\\x00]*+[0-9]");

    private static final Pattern ELSEWHERE =
            Pattern.compile("[\\s\\x00]*+(?:%.*|[0-9]+[\\s\\x00]+[0-9]+[\\s\\x00]+R\\b.*)", Pattern.DOTALL);
    private static final Pattern FIRST = Pattern.compile("/First[\\s\\x00]*+([0-9]{1,9})");
    private static final int MOST_OPENINGS = 100;
    private static final int MOST_LISTS = 20_000;
    private static final int LONGEST_HEADER = 1024 * 1024;
    private static final int LONGEST_ACTION = 2_000;
    private static final int MOST_DIGITS = 12;

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
        String plain = plain(written);
        Openings openings = new Openings();
        if (ACTS.matcher(plain).find() || !openings.collect(plain)) {
            return false;
        }
        int left = MOST_UNPACKED;
        List<PackedObjects> lists = new ArrayList<>();
        Matcher packed = PACKED_OBJECTS.matcher(written);
        int over = 0;
        while (packed.find()) {
            Matcher stream = STREAM.matcher(written)
                    .region(packed.end(), Math.min(written.length(), packed.end() + FARTHEST_STREAM));
            // Two names of one list say that somebody hides another.
            if (packed.start() < over || lists.size() == MOST_LISTS || !stream.find()) {
                return false;
            }
            over = stream.end();
            try {
                String objects = unpacked(content, over, left);
                left -= objects.length();
                String plainObjects = plain(objects);
                if (ACTS.matcher(plainObjects).find() || !openings.collect(plainObjects)) {
                    return false;
                }
                lists.add(new PackedObjects(packed.start(), over));
            } catch (DataFormatException e) {
                return false;
            }
        }
        if (PACKED_OBJECTS.matcher(plain).results().count() != lists.size()) {
            return false;
        }
        return openings.numbers.isEmpty()
                || (openings.areHarmless(written)
                        && lists.stream().allMatch(list -> openings.areHarmless(list, written, content))
                        && openings.areFound());
    }

    /**
     * Objects that are packed together.
     *
     * @param named where its own entries say what it is
     * @param at where the list begins, packed
     */
    private record PackedObjects(int named, int at) {

        /** What is written before the list, its own entries among it. */
        private String before(String written) {
            return written.substring(Math.max(0, named - FARTHEST_STREAM), at);
        }
    }

    /** Which objects say what is done as the document is opened. */
    private static final class Openings {

        private final Set<Long> numbers = new HashSet<>();
        private final Set<Long> defined = new HashSet<>();
        private int found;
        private int definitions;

        /** False when something else is done than going to a page. */
        private boolean collect(String written) {
            Matcher opens = OPENS.matcher(written);
            while (opens.find()) {
                if (++found > MOST_OPENINGS) {
                    return false;
                }
                if (opens.group("number") != null) {
                    numbers.add(Long.valueOf(opens.group("number")));
                } else if (opens.group("here") != null
                        ? !isHarmless(written, opens.start("here"), written.length())
                        : opens.group("place") == null) {
                    return false;
                }
            }
            return true;
        }

        private boolean areHarmless(String written) {
            Matcher object = OBJECT.matcher(written);
            while (object.find()) {
                if (!isHarmless(Long.parseLong(object.group(1)), written, object.end())) {
                    return false;
                }
            }
            return true;
        }

        /** Where one is nowhere, it was written in a way that is not searched. */
        private boolean areFound() {
            return defined.containsAll(numbers);
        }

        private boolean isHarmless(long number, String written, int from) {
            if (!numbers.contains(number)) {
                return true;
            }
            defined.add(number);
            return ++definitions <= MOST_OPENINGS && isHarmless(written, from, written.length());
        }

        /** What cannot be told apart is none. */
        private boolean areHarmless(PackedObjects list, String written, byte[] content) {
            try {
                return areHarmless(list.before(written), unpacked(content, list.at(), MOST_UNPACKED));
            } catch (DataFormatException e) {
                return false;
            }
        }

        /** A list begins with pairs of numbers: of an object, and where it stands behind them. */
        private boolean areHarmless(String before, String objects) {
            Matcher first = FIRST.matcher(before);
            int from = -1;
            while (first.find()) {
                from = Integer.parseInt(first.group(1));
            }
            if (from < 0 || from > Math.min(LONGEST_HEADER, objects.length())) {
                return false;
            }
            long object = -1;
            for (int at = 0; at < from; at++) {
                if (isGap(objects.charAt(at))) {
                    continue;
                }
                int begins = at;
                long number = 0;
                while (at < from && !isGap(objects.charAt(at))) {
                    int digit = Character.digit(objects.charAt(at), 10);
                    if (digit < 0 || at - begins == MOST_DIGITS) {
                        return false;
                    }
                    number = number * 10 + digit;
                    at++;
                }
                if (object < 0) {
                    object = number;
                } else if (number > objects.length() - from || !isHarmless(object, objects, from + (int) number)) {
                    return false;
                } else {
                    object = -1;
                }
            }
            return object < 0;
        }

        private static boolean isGap(char sign) {
            return sign <= ' ';
        }

        /** A place in the document, or an action that goes to one. */
        private static boolean isHarmless(String written, int from, int end) {
            String object = plain(written.substring(from, Math.min(end, from + LONGEST_ACTION)));
            int begins = 0;
            while (begins < object.length() && object.charAt(begins) <= ' ') {
                begins++;
            }
            if (!object.startsWith("<<", begins)) {
                return !ELSEWHERE.matcher(object).matches();
            }
            int open = 0;
            for (int at = begins; at + 1 < object.length(); at++) {
                if (object.startsWith("<<", at)) {
                    open++;
                    at++;
                } else if (object.startsWith(">>", at)) {
                    open--;
                    at++;
                }
                if (open == 0) {
                    String action = object.substring(begins, at);
                    return GOES_TO.matcher(action).find()
                            && !DOES_MORE.matcher(action).find();
                }
            }
            return false;
        }
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

    private static String plain(String written) {
        return ESCAPED.matcher(written).replaceAll(Inert::sign);
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
