package org.redress.remedy;

/** How strongly a level of response is asked of a smelter, from the weakest to the strictest (guideline, step 2). */
enum Level {
    NONE("None"),
    RECOMMENDED("Recommended"),
    MANDATORY("Mandatory");

    private final String label;

    Level(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    boolean isAbove(Level other) {
        return compareTo(other) > 0;
    }

    boolean isBelow(Level other) {
        return compareTo(other) < 0;
    }
}
