package org.redress.remedy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A case told as a script: what was reported, and who then does which task when. The same script is walked by the
 * engine's API and by hand in a browser, so everything is entered by the name of its field.
 *
 * @param begins when the grievance is filed
 * @param grievance the fields of the start form; {@link #posted()} is the same for the API
 */
public record Walk(Instant begins, Map<String, Object> grievance, List<Step> steps) {

    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,9}");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d+\\.\\d+");
    private static final String PLACE = "where";

    /**
     * A task that somebody does.
     *
     * @param at when: the clock travels there first, and on its way fires what falls due
     * @param user the demo account
     * @param task the id of the task's element
     * @param shown what the form shows, where several such tasks wait and not any of them will do; mostly empty
     * @param form what is entered: text, numbers, ticks and lists of texts; days as {@code yyyy-MM-dd}
     */
    public record Step(Instant at, String user, String task, Map<String, Object> shown, Map<String, Object> form) {}

    /** Begins a script on a day of the story, at nine in the morning. */
    static Script on(String day, String grievance) {
        return new Script(instant(day), fields(grievance));
    }

    /** The body of {@code POST /api/grievances}: the fields of the start form, with the place as an object. */
    Map<String, Object> posted() {
        Map<String, Object> body = new LinkedHashMap<>();
        Map<String, Object> place = new LinkedHashMap<>();
        grievance.forEach((field, value) -> {
            if (field.startsWith(PLACE)) {
                place.put(field.substring(PLACE.length()).toLowerCase(Locale.ROOT), value);
            } else {
                body.put(field, value);
            }
        });
        body.put(PLACE, place);
        return body;
    }

    /**
     * What is entered in a form, a line a field: {@code name: value}. A value is a list in brackets, true or false, a
     * number, or text as it stands; text in quotes stays text.
     */
    static Map<String, Object> fields(String text) {
        Map<String, Object> fields = new LinkedHashMap<>();
        text.lines().filter(line -> !line.isBlank()).forEach(line -> {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("A field is written 'name: value', not '" + line + "'");
            }
            fields.put(
                    line.substring(0, colon).strip(),
                    value(line.substring(colon + 1).strip()));
        });
        return fields;
    }

    private static Object value(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            String inside = text.substring(1, text.length() - 1).strip();
            return inside.isEmpty() ? List.of() : List.of(inside.split("\\s*,\\s*"));
        }
        if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
            return text.substring(1, text.length() - 1);
        }
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        if (WHOLE.matcher(text).matches()) {
            return Integer.valueOf(text);
        }
        return DECIMAL.matcher(text).matches() ? (Object) Double.valueOf(text) : text;
    }

    private static Instant instant(String moment) {
        return Instant.parse(moment.contains("T") ? moment + ":00Z" : moment + "T09:00:00Z");
    }

    /** Writes a script, chapter by chapter; what is told in a later chapter may happen at the same time or before. */
    public static final class Script {

        private final Instant begins;
        private final Map<String, Object> grievance;
        private final List<Step> steps = new ArrayList<>();
        private Instant now;

        private Script(Instant begins, Map<String, Object> grievance) {
            this.begins = begins;
            this.grievance = grievance;
            this.now = begins;
        }

        /** What follows happens on this day at nine, or at {@code yyyy-MM-ddTHH:mm}, UTC. */
        Script on(String moment) {
            now = instant(moment);
            return this;
        }

        /** Somebody does the task of this element. */
        Script does(String user, String task, String form) {
            return does(user, task, fields(form));
        }

        /** The same with a form filled in elsewhere. */
        Script does(String user, String task, Map<String, ?> form) {
            steps.add(new Step(now, user, task, Map.of(), new LinkedHashMap<>(form)));
            return this;
        }

        /** The last task is the one among several whose form shows this. */
        Script where(String field, Object value) {
            Step last = steps.remove(steps.size() - 1);
            steps.add(new Step(last.at(), last.user(), last.task(), Map.of(field, value), last.form()));
            return this;
        }

        /** Goes on with a chapter that others tell, too. */
        Script then(Consumer<Script> chapter) {
            chapter.accept(this);
            return this;
        }

        /** The whole script, in the order of time; what happens at the same moment stays as it was told. */
        Walk end() {
            return new Walk(
                    begins,
                    grievance,
                    steps.stream().sorted(Comparator.comparing(Step::at)).toList());
        }
    }
}
