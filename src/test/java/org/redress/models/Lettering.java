package org.redress.models;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the words of a diagram come to stand. The modeller sets them in Arial, breaks lines at the width of the label
 * and centres them; the widths here are Arial's, in thousandths of the font size.
 */
final class Lettering {

    private static final int[] WIDTHS = {
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
                556,
        556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556,
                833,
        722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500,
                556,
        556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500,
                334,
        260, 334, 584
    };
    private static final double LINE_HEIGHT = 1.2;

    private Lettering() {}

    static double width(String text, double size) {
        return text.chars()
                        .map(c -> c >= 32 && c < 32 + WIDTHS.length ? WIDTHS[c - 32] : 556)
                        .sum()
                * size
                / 1000;
    }

    /** The lines of a text that may be so wide. */
    static List<String> lines(String text, double size, double width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.trim().split("\\s+", -1)) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && width(longer, size) > width) {
                lines.add(line);
                line = word;
            } else {
                line = longer;
            }
        }
        lines.add(line);
        return lines;
    }

    /** The box that a label beside its element really fills. */
    static Box label(String text, Box bounds) {
        double size = 11;
        double allowed = bounds.right() - bounds.left();
        List<String> lines = lines(text, size, allowed);
        double width =
                lines.stream().mapToDouble(line -> width(line, size)).max().orElse(0);
        double middle = (bounds.left() + bounds.right()) / 2;
        return Box.of(middle - width / 2, bounds.top(), width, lines.size() * size * LINE_HEIGHT);
    }

    /** Whether no word of a label beside its element is wider than the label, where the modeller would break it. */
    static boolean isWideEnough(String text, Box bounds) {
        return lines(text, 11, 0).stream().allMatch(word -> width(word, 11) <= bounds.right() - bounds.left());
    }

    /** Whether a name fits into the box of its activity, between the icon above and the marker below. */
    static boolean fits(String text, Box activity) {
        double size = 12;
        double width = activity.right() - activity.left() - 14;
        double height = activity.bottom() - activity.top() - 36;
        List<String> lines = lines(text, size, width);
        return lines.size() * size * LINE_HEIGHT <= height
                && lines.stream().allMatch(line -> width(line, size) <= width);
    }
}
