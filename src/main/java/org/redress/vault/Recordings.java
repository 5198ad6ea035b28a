package org.redress.vault;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Whether a sound or a film is made as its type says, from its beginning to its end, and asks nobody for a part of itself. Goes
 * along the parts of the file and plays nothing: whether its sound and pictures do no harm to a player, nobody can say here. A
 * recording that broke off is one where the rest is whole: telephones lose the end of a call.
 */
final class Recordings {

    /** What stands in an MP4, QuickTime or 3GP file side by side (ISO 14496-12, 8.1; QuickTime file format). */
    private static final Set<String> PARTS = Set.of(
            "ftyp", "moov", "mdat", "free", "skip", "wide", "pnot", "PICT", "udta", "uuid", "meta", "moof", "mfra",
            "sidx", "ssix", "styp", "pdin", "prft", "emsg");

    /** Parts that are made of parts. */
    private static final Set<String> HOLDERS =
            Set.of("moov", "trak", "mdia", "minf", "dinf", "stbl", "edts", "mvex", "moof", "traf");

    /** A film that is only a list of other films, which a player then fetches, or that is packed so that nobody sees it here. */
    private static final Set<String> ELSEWHERE = Set.of("rmra", "cmov");

    private static final int DEEPEST = 8;
    private static final int HEAD = 8;
    private static final long UNKNOWN_SIZE = 0xFFFF_FFFFL;

    /** Kilobits a second, by the number in the head of a frame (ISO 11172-3 and 13818-3). */
    private static final int[][] MPEG1 = {
        {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
        {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
        {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}
    };

    private static final int[][] MPEG2 = {
        {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
        {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
        {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
    };

    private static final int[] HERTZ = {44_100, 48_000, 32_000};

    private final byte[] content;
    private boolean refersElsewhere;
    private boolean describesItself;

    private Recordings(byte[] content) {
        this.content = content;
    }

    /** @param type one of the types of sounds and films that {@link FileTypes} knows */
    static boolean isWhole(String type, byte[] content) {
        Recordings recording = new Recordings(content);
        try {
            return switch (type) {
                case "audio/wav" -> recording.wav();
                case "audio/ogg" -> recording.ogg();
                case "audio/mpeg" -> recording.mp3();
                case "audio/mp4", "video/mp4", "video/quicktime", "video/3gpp" -> recording.film();
                default -> false;
            };
        } catch (IndexOutOfBoundsException e) {
            // It ends before it should.
            return false;
        }
    }

    /** Chunks, one after the other: the format before the sound, which may go on to the end where its recorder did not know. */
    private boolean wav() {
        if (!is(0, "RIFF") || !is(HEAD, "WAVE")) {
            return false;
        }
        boolean format = false;
        long at = HEAD + 4;
        while (at + HEAD <= content.length) {
            int from = (int) at;
            if (!isName(from)) {
                return false;
            }
            long size = little(from + 4);
            boolean sound = is(from, "data");
            if (is(from, "fmt ")) {
                format = size >= 16 && at + HEAD + size <= content.length;
            }
            if (sound && !format) {
                return false;
            }
            long end = at + HEAD + size;
            if (sound && (size == 0 || size == UNKNOWN_SIZE || end >= content.length)) {
                return true;
            }
            if (end > content.length) {
                return false;
            }
            at = end + (size & 1);
            describesItself |= sound;
        }
        return describesItself && at >= content.length;
    }

    /** Pages, one after the other (RFC 3533, 6); the last may be cut off. */
    private boolean ogg() {
        int at = 0;
        int pages = 0;
        while (at < content.length) {
            if (content.length - at < 27) {
                return pages > 0 && is(at, "OggS".substring(0, Math.min(4, content.length - at)));
            }
            boolean begins = (at(at + 5) & 2) != 0;
            if (!is(at, "OggS") || at(at + 4) != 0 || (pages == 0 && !begins)) {
                return false;
            }
            int segments = at(at + 26);
            if (at + 27 + segments > content.length) {
                return pages > 0;
            }
            int size = 27 + segments;
            for (int segment = 0; segment < segments; segment++) {
                size += at(at + 27 + segment);
            }
            if (at + size > content.length) {
                return pages > 0;
            }
            at += size;
            pages++;
        }
        return pages > 0;
    }

    /** Frames, one after the other, between what players write before and after them. */
    private boolean mp3() {
        int at = 0;
        while (content.length - at >= 10 && is(at, "ID3")) {
            int size = 0;
            for (int part = 6; part < 10; part++) {
                if (at(at + part) > 0x7F) {
                    return false;
                }
                size = (size << 7) | at(at + part);
            }
            at = Math.addExact(at, 10 + size + ((at(at + 5) & 0x10) != 0 ? 10 : 0));
        }
        at = afterZeros(at);
        int frames = 0;
        while (at + 4 <= content.length) {
            int length = frame(at);
            if (length == 0) {
                break;
            }
            frames++;
            if (length > content.length - at) {
                return frames > 1;
            }
            at += length;
        }
        return frames > 0 && isAfterSound(at);
    }

    /** How long the frame is that begins here; 0 where none does. */
    private int frame(int at) {
        int version = (at(at + 1) >> 3) & 3;
        int layer = 3 - ((at(at + 1) >> 1) & 3);
        int rate = at(at + 2) >> 4;
        int hertz = (at(at + 2) >> 2) & 3;
        if (at(at) != 0xFF
                || at(at + 1) < 0xE0
                || version == 1
                || layer == 3
                || rate == 0
                || rate == 15
                || hertz == 3) {
            return 0;
        }
        int padding = (at(at + 2) >> 1) & 1;
        boolean first = version == 3;
        int bits = (first ? MPEG1 : MPEG2)[layer][rate] * 1000;
        int samples = HERTZ[hertz] >> (first ? 0 : version == 2 ? 1 : 2);
        if (layer == 0) {
            return (12 * bits / samples + padding) * 4;
        }
        return (layer == 2 && !first ? 72 : 144) * bits / samples + padding;
    }

    private boolean isAfterSound(int from) {
        int at = afterZeros(from);
        return content.length - at < 4
                || (is(at, "TAG") && content.length - at == 128)
                || is(at, "TAG+")
                || is(at, "APETAGEX")
                || is(at, "LYRICSBEGIN")
                || is(at, "ID3");
    }

    /** Parts, one after the other, and what describes them; nothing of it lies elsewhere. */
    private boolean film() {
        boolean has = false;
        long at = 0;
        while (at < content.length && afterZeros((int) at) < content.length) {
            if (content.length - at < HEAD) {
                return false;
            }
            int from = (int) at;
            String name = name(from);
            long end = end(from, content.length);
            boolean sound = name.equals("mdat");
            if (!PARTS.contains(name) || (at == 0 && name.equals("ftyp") && (end < 16 || end > 4096))) {
                return false;
            }
            if (end > content.length) {
                // What it was filmed to is cut off; what describes it stood before.
                return sound && describesItself && !refersElsewhere;
            }
            if (HOLDERS.contains(name) && !holds(from + head(from), (int) end, 1)) {
                return false;
            }
            describesItself |= name.equals("moov");
            has |= sound;
            at = end;
        }
        return has && describesItself && !refersElsewhere;
    }

    /** Whether parts fill the room from here to there. */
    private boolean holds(int from, int to, int depth) {
        int at = from;
        while (to - at >= HEAD) {
            long end = end(at, to);
            String name = name(at);
            if (end > to || depth > DEEPEST) {
                return false;
            }
            refersElsewhere |= ELSEWHERE.contains(name);
            if (name.equals("dref")) {
                refersElsewhere |= !isOfThisFile(at + HEAD, (int) end);
            }
            if (HOLDERS.contains(name) && !holds(at + head(at), (int) end, depth + 1)) {
                return false;
            }
            at = (int) end;
        }
        // Some programs end a list by a zero.
        return to == at || (to - at == 4 && big(at) == 0);
    }

    /** A list of where the sound and the pictures lie: each says by a flag that it is this very file. */
    private boolean isOfThisFile(int from, int to) {
        long entries = big(from + 4);
        int at = from + HEAD;
        for (long entry = 0; entry < entries; entry++) {
            long end = end(at, to);
            if (end > to || end - at < 12 || (big(at + HEAD) & 1) == 0) {
                return false;
            }
            at = (int) end;
        }
        return true;
    }

    /** Where a part ends; further away than there is room for where its size makes no sense. */
    private long end(int at, int room) {
        long size = big(at);
        if (size == 0) {
            return room;
        }
        if (size == 1) {
            long high = big(at + HEAD);
            size = high > 0 ? Long.MAX_VALUE / 2 : big(at + HEAD + 4);
        }
        return size < head(at) ? Long.MAX_VALUE / 2 : at + size;
    }

    private int head(int at) {
        return big(at) == 1 ? 2 * HEAD : HEAD;
    }

    private int afterZeros(int from) {
        int at = from;
        while (at < content.length && content[at] == 0) {
            at++;
        }
        return at;
    }

    private String name(int at) {
        return new String(content, at + 4, 4, StandardCharsets.ISO_8859_1);
    }

    private boolean isName(int at) {
        for (int sign = at; sign < at + 4; sign++) {
            if (content[sign] < ' ' || content[sign] > '~') {
                return false;
            }
        }
        return true;
    }

    private boolean is(int at, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        return content.length - at >= wanted.length
                && java.util.Arrays.equals(content, at, at + wanted.length, wanted, 0, wanted.length);
    }

    private int at(int index) {
        return content[index] & 0xFF;
    }

    private long big(int at) {
        return ((long) at(at) << 24) | (at(at + 1) << 16) | (at(at + 2) << 8) | at(at + 3);
    }

    private long little(int at) {
        return ((long) at(at + 3) << 24) | (at(at + 2) << 16) | (at(at + 1) << 8) | at(at);
    }
}
