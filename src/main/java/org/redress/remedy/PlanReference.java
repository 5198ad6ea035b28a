package org.redress.remedy;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * A reference that says nothing about whom or what it stands for, and that can be read out on the phone: without 0, O, 1,
 * I and L. One in about 900 million.
 */
record PlanReference(String value) {

    private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    private static final int LENGTH = 6;
    private static final RandomGenerator RANDOM = new SecureRandom();

    /** A person, such as {@code V-7K3M2Q}. */
    static PlanReference ofPerson() {
        return random("V-");
    }

    /** A Level 2 programme, such as {@code P-7K3M2Q}. */
    static PlanReference ofProgramme() {
        return random("P-");
    }

    private static PlanReference random(String prefix) {
        return new PlanReference(RANDOM.ints(LENGTH, 0, ALPHABET.length())
                .mapToObj(ALPHABET::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining("", prefix, "")));
    }
}
