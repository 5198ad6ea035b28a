package org.redress.models;

/** One thing that is wrong, said so that whoever drew it knows where to look and what to do. */
record Finding(String file, String element, String message) {

    @Override
    public String toString() {
        return element.isEmpty() ? file + ": " + message : file + " " + element + ": " + message;
    }
}
