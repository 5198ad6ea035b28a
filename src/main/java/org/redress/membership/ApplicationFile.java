package org.redress.membership;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.MessageSource;

/** The lists of an application in words: documents and milestones, as a form shows them (membership-and-concern.md E.3). */
final class ApplicationFile {

    private final MessageSource texts;

    ApplicationFile(MessageSource texts) {
        this.texts = texts;
    }

    /** What is asked for, as choices of a checklist: {@code [{value, label, need}]}. */
    List<Map<String, String>> documents(List<Map<String, Object>> rows) {
        return rows.stream()
                .map(row -> Map.of(
                        "value", code(row, "docCode"),
                        "label", text("membership.document." + code(row, "docCode")),
                        "need", text(isMandatory(row) ? "membership.required" : "membership.optional")))
                .toList();
    }

    /** What an Engaged member is asked for, as choices of a checklist: {@code [{value, label}]}. */
    List<Map<String, String>> milestones(List<Map<String, Object>> rows) {
        return rows.stream()
                .map(row -> Map.of(
                        "value",
                        code(row, "milestone"),
                        "label",
                        text("membership.milestone." + code(row, "milestone"))))
                .toList();
    }

    /** A question to a body: {@code ADMIT}, {@code OBSERVE}, {@code RATIFY} or {@code FULL}. */
    String question(String code, String applicant) {
        return texts.getMessage("membership.question." + code, new Object[] {applicant}, Locale.ENGLISH);
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

    private String text(String key) {
        return texts.getMessage(key, null, Locale.ENGLISH);
    }
}
