package org.redress.vault;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Whether a picture is a whole one: a header that says how large it is, the data, and an end; and no larger than a reader's
 * machine can show. Goes along the parts of the file and unpacks nothing: a decoder would run on the server over whatever an
 * attacker made for it.
 */
final class Pictures {

    /** As JPEG can have it, and as WebP and HEIC do not reach. */
    private static final int LONGEST_SIDE = 65_535;

    /** The largest cameras of telephones have 200 million; a few bytes can claim thousands of millions. */
    private static final long MOST_POINTS = 250_000_000;

    private static final int DEEPEST = 8;

    private record Size(long width, long height) {

        boolean canBeShown() {
            return width > 0
                    && height > 0
                    && width <= LONGEST_SIDE
                    && height <= LONGEST_SIDE
                    && width * height <= MOST_POINTS;
        }
    }

    private final byte[] content;

    private Pictures(byte[] content) {
        this.content = content;
    }

    /** @param type one of the types of pictures that {@link FileTypes} knows */
    static boolean isWhole(String type, byte[] content) {
        Pictures picture = new Pictures(content);
        try {
            Size size =
                    switch (type) {
                        case "image/jpeg" -> picture.jpeg();
                        case "image/png" -> picture.png();
                        case "image/webp" -> picture.webp();
                        case "image/heic" -> picture.heic();
                        default -> null;
                    };
            return size != null && size.canBeShown();
        } catch (IndexOutOfBoundsException e) {
            // It ends before it should.
            return false;
        }
    }

    /** ITU T.81, B: segments up to the scan, one of them a frame header, and the end somewhere behind: telephones add more. */
    private @Nullable Size jpeg() {
        Size size = null;
        int at = 2;
        while (true) {
            if (at(at) != 0xFF) {
                return null;
            }
            while (at(at) == 0xFF) {
                at++;
            }
            int marker = at(at);
            at++;
            if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) {
                continue;
            }
            int length = big(at, 2);
            if (marker == 0xD9 || length < 2) {
                return null;
            }
            if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
                size = new Size(big(at + 5, 2), big(at + 3, 2));
            }
            if (marker == 0xDA) {
                return endsAfter(at + length) ? size : null;
            }
            at += length;
        }
    }

    private boolean endsAfter(int scan) {
        for (int at = content.length - 2; at > scan; at--) {
            if (at(at) == 0xFF && at(at + 1) == 0xD9) {
                return true;
            }
        }
        return false;
    }

    /** RFC 2083, 3 and 4: chunks from IHDR to IEND, with data between them. */
    private @Nullable Size png() {
        int at = 8;
        if (big(at, 4) != 13 || !says(at + 4, "IHDR")) {
            return null;
        }
        Size size = new Size(big(at + 8, 4), big(at + 12, 4));
        boolean data = false;
        while (true) {
            int length = big(at, 4);
            if (length < 0 || length > content.length - at - 12) {
                return null;
            }
            if (says(at + 4, "IEND")) {
                return data ? size : null;
            }
            data = data || (says(at + 4, "IDAT") && length > 0);
            at += 12 + length;
        }
    }

    /** RFC 9649, 2: one chunk with the picture, or a canvas and then pictures. */
    private @Nullable Size webp() {
        long end = 8L + little(4, 4);
        if (little(4, 4) < 12 || end > content.length) {
            return null;
        }
        Size size = null;
        boolean data = false;
        int at = 12;
        while (at + 8 <= end) {
            long length = Integer.toUnsignedLong(little(at + 4, 4));
            if (length > end - at - 8) {
                return null;
            }
            Size found = null;
            if (says(at, "VP8 ") && big(at + 11, 3) == 0x9D012A) {
                found = new Size(little(at + 14, 2) & 0x3FFF, little(at + 16, 2) & 0x3FFF);
            } else if (says(at, "VP8L") && at(at + 8) == 0x2F) {
                int sides = little(at + 9, 4);
                found = new Size((sides & 0x3FFF) + 1L, ((sides >>> 14) & 0x3FFF) + 1L);
            } else if (says(at, "VP8X")) {
                size = new Size(little(at + 12, 3) + 1L, little(at + 15, 3) + 1L);
            }
            data = data || found != null || says(at, "ANMF");
            size = size == null ? found : size;
            at += (int) (8 + length + (length & 1));
        }
        return data ? size : null;
    }

    /** ISO/IEC 23008-12 on 14496-12: boxes to the end of the file, among them the data and what is said about it. */
    private @Nullable Size heic() {
        Size size = null;
        boolean data = false;
        int at = 0;
        while (at < content.length) {
            int end = endOfBox(at, content.length);
            data = data || says(at + 4, "mdat");
            if (says(at + 4, "meta")) {
                size = largest(at + 12, end, size, 0);
            }
            at = end;
        }
        return data ? size : null;
    }

    /** The largest size that is said of a picture; a picture of many tiles has one for each. */
    private @Nullable Size largest(int from, int until, @Nullable Size known, int depth) {
        if (depth > DEEPEST) {
            throw new IndexOutOfBoundsException("Boxes lie too deep in each other");
        }
        Size size = known;
        int at = from;
        while (at < until) {
            int end = endOfBox(at, until);
            if (says(at + 4, "iprp") || says(at + 4, "ipco")) {
                size = largest(at + 8, end, size, depth + 1);
            } else if (says(at + 4, "ispe")) {
                Size found = new Size(Integer.toUnsignedLong(big(at + 12, 4)), Integer.toUnsignedLong(big(at + 16, 4)));
                size = size == null || found.width() * found.height() > size.width() * size.height() ? found : size;
            }
            at = end;
        }
        return size;
    }

    private int endOfBox(int at, int until) {
        long length = Integer.toUnsignedLong(big(at, 4));
        if (length == 0) {
            return until;
        }
        long end =
                at + (length == 1 ? ((long) big(at + 8, 4) << 32) | Integer.toUnsignedLong(big(at + 12, 4)) : length);
        if (end < at + 8L || end > until) {
            throw new IndexOutOfBoundsException("A box is larger than what it lies in");
        }
        return (int) end;
    }

    private int at(int index) {
        return content[index] & 0xFF;
    }

    private int big(int from, int bytes) {
        int number = 0;
        for (int index = 0; index < bytes; index++) {
            number = (number << 8) | at(from + index);
        }
        return number;
    }

    private int little(int from, int bytes) {
        int number = 0;
        for (int index = bytes - 1; index >= 0; index--) {
            number = (number << 8) | at(from + index);
        }
        return number;
    }

    private boolean says(int from, String name) {
        return name.equals(new String(content, from, name.length(), StandardCharsets.ISO_8859_1));
    }
}
