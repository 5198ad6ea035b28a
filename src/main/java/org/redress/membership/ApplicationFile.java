package org.redress.membership;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;

/** The lists of an application in words: documents and milestones, as a form shows them (membership-and-concern.md E.3). */
final class ApplicationFile {

    private final MessageSource texts;

    ApplicationFile(MessageSource texts) {
        this.texts = texts;
    }

    /** What is asked for, as choices of a checklist: {@code [{value, label, need, origin}]}. */
    List<Map<String, String>> documents(List<Map<String, Object>> rows) {
        return rows.stream()
                .map(row -> Map.of(
                        "value", code(row, "docCode"),
                        "label", text("membership.document." + code(row, "docCode")),
                        "need", text(isMandatory(row) ? "membership.required" : "membership.optional"),
                        "origin", origin(code(row, "basis"))))
                .toList();
    }

    /** What an Engaged member is asked for, as choices of a checklist: {@code [{value, label, origin}]}. */
    List<Map<String, String>> milestones(List<Map<String, Object>> rows) {
        return rows.stream()
                .map(row -> Map.of(
                        "value",
                        code(row, "milestone"),
                        "label",
                        text("membership.milestone." + code(row, "milestone")),
                        "origin",
                        origin(code(row, "basis"))))
                .toList();
    }

    /** Where a rule comes from, and whether anybody has verified it (E.6): of a basis such as {@code KNOWLEDGE}. */
    String origin(String basis) {
        return text("membership.origin." + basis);
    }

    /**
     * A question to a body: {@code ADMIT}, {@code OBSERVE}, {@code RATIFY}, {@code APPEAL}, {@code FULL} or {@code JUDGE_FULL}.
     *
     * @param basis of the advice on which {@code FULL} and {@code JUDGE_FULL} are put; the others have none
     */
    String question(String code, String applicant, Optional<String> basis, String rulesVersion) {
        return text(
                "membership.question." + code,
                applicant,
                basis.map(this::origin).orElse(""),
                body("STEERING_COMMITTEE", rulesVersion));
    }

    /** What a body decided, when, and by which rule: of an entry that {@code noteResult} keeps. */
    String decision(Map<String, Object> entry, String rulesVersion) {
        return text(
                "membership.decided",
                body(code(entry, "body"), rulesVersion),
                code(entry, "on"),
                text("membership.result." + code(entry, "result")),
                code(entry, "rule"),
                origin(code(entry, "basis")));
    }

    /** The body as the rules of that version call it: the Steering Committee is the Board since July 2025 (E.0). */
    private String body(String code, String rulesVersion) {
        String name = "membership.body." + code;
        return Objects.requireNonNull(
                texts.getMessage(name + "." + rulesVersion, null, text(name), Locale.ENGLISH), name);
    }

    /** What kept a member from being proposed for Full, and by which rule. */
    String notReady(List<String> gaps, String basis) {
        String missing = gaps.stream().map(gap -> text("membership.gap." + gap)).collect(Collectors.joining(", "));
        return text("membership.check.STAY_ENGAGED", missing, origin(basis));
    }

    /** The required documents that are not here, in words. */
    List<String> missing(List<Map<String, Object>> rows, List<String> here) {
        return rows.stream()
                .filter(ApplicationFile::isMandatory)
                .map(row -> code(row, "docCode"))
                .filter(code -> !here.contains(code))
                .map(code -> text("membership.document." + code))
                .toList();
    }

    private static boolean isMandatory(Map<String, Object> row) {
        return Boolean.TRUE.equals(row.get("mandatory"));
    }

    private static String code(Map<String, Object> row, String name) {
        return Objects.requireNonNull(row.get(name), name).toString();
    }

    private String text(String key, Object... facts) {
        return texts.getMessage(key, facts, Locale.ENGLISH);
    }
}
