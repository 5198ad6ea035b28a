package org.redress.models;

import java.util.List;

/** A rectangle on the sheet, in points; y grows downwards. */
record Box(double left, double top, double right, double bottom) {

    static Box of(double x, double y, double width, double height) {
        return new Box(x, y, x + width, y + height);
    }

    /** The same box, smaller by a margin on each side (larger when negative). */
    Box inset(double margin) {
        return new Box(left + margin, top + margin, right - margin, bottom - margin);
    }

    boolean overlaps(Box other) {
        return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }

    boolean contains(Point point) {
        return point.x() >= left && point.x() <= right && point.y() >= top && point.y() <= bottom;
    }

    boolean contains(Box other) {
        return left <= other.left && top <= other.top && right >= other.right && bottom >= other.bottom;
    }

    /** Whether a line runs through the inside of the box. */
    boolean isCrossedBy(Line line) {
        if (right <= left || bottom <= top) {
            return false;
        }
        if (contains(line.from()) || contains(line.to())) {
            return true;
        }
        Point a = new Point(left, top);
        Point b = new Point(right, top);
        Point c = new Point(right, bottom);
        Point d = new Point(left, bottom);
        return List.of(new Line(a, b), new Line(b, c), new Line(c, d), new Line(d, a)).stream()
                .anyMatch(side -> side.meets(line));
    }

    /** A point of a line. */
    record Point(double x, double y) {}

    /** A straight stretch of a flow. */
    record Line(Point from, Point to) {

        /** Whether the two have a point in common, ends included. */
        boolean meets(Line other) {
            int a = side(from, to, other.from);
            int b = side(from, to, other.to);
            int c = side(other.from, other.to, from);
            int d = side(other.from, other.to, to);
            if (a != b && c != d) {
                return true;
            }
            return (a == 0 && covers(other.from))
                    || (b == 0 && covers(other.to))
                    || (c == 0 && other.covers(from))
                    || (d == 0 && other.covers(to));
        }

        /** Whether the point lies on this line. */
        boolean holds(Point point) {
            return meets(new Line(point, point));
        }

        private boolean covers(Point point) {
            return Math.min(from.x, to.x) <= point.x
                    && point.x <= Math.max(from.x, to.x)
                    && Math.min(from.y, to.y) <= point.y
                    && point.y <= Math.max(from.y, to.y);
        }

        private static int side(Point a, Point b, Point c) {
            double cross = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
            return Math.abs(cross) < 1e-9 ? 0 : (int) Math.signum(cross);
        }
    }
}
