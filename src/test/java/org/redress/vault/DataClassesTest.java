package org.redress.vault;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is asked about survivors has its class, and what is theirs lies sealed (remedy.md C, C.1; docs/vault.md). */
class DataClassesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> CLASSES = Set.of("DC1", "DC2", "DC3");
    private static final Pattern FORM = Pattern.compile("camunda:formRef=\"([^\"]+)\"");
    private static final Pattern CALL = Pattern.compile("calledElement=\"([^\"]+)\"");

    /** The processes whose forms are about survivors, with what they call. */
    private static final Set<String> PROCESSES = Set.of(
            "victim-case",
            "renew-safety-plan",
            "register-people",
            "guardian-conflict",
            "recovery-and-reflection",
            "emergency-protection",
            "withdraw-consent",
            "recall-sharing",
            "reopen-victim-case",
            "report-failing-service",
            "repay-fees");

    /**
     * DC3 that lies in clear, each with what goes by it. Reviewed: docs/vault.md says why, and whoever only
     * administers or oversees sees a mask. Take names off; none is added without a reason.
     */
    private static final Map<String, String> IN_CLEAR = Map.ofEntries(
            entry("provider", "the referral goes to this organisation's people"),
            entry("services", "one referral runs for each"),
            entry("helpStopped", "the referrals of these services end"),
            entry("failingHelp", "the check of this help comes at once"),
            entry("withdrawnFrom", "what this organisation may know ends"));

    /** A field of a form; of a dynamic list the variable is its path, not what is asked inside. */
    private record Field(String form, String name, String dataClass, boolean hasAudience) {}

    private static List<Field> fields() throws IOException {
        List<Field> fields = new ArrayList<>();
        for (String form : forms()) {
            collect(form, JSON.readTree(Path.of("forms/remedy", form + ".form").toFile()), fields);
        }
        return fields;
    }

    private static Set<String> forms() throws IOException {
        Set<String> forms = new TreeSet<>();
        for (String process : PROCESSES) {
            forms.addAll(named(FORM, process));
        }
        return forms;
    }

    private static Set<String> named(Pattern attribute, String process) throws IOException {
        Set<String> names = new TreeSet<>();
        Matcher matcher = attribute.matcher(Files.readString(Path.of("bpmn/remedy", process + ".bpmn")));
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static void collect(String form, JsonNode node, List<Field> fields) {
        for (JsonNode component : node.path("components")) {
            String path = component.path("path").asText("");
            String name = component.path("key").asText(path);
            JsonNode properties = component.path("properties");
            if (!name.isEmpty()) {
                fields.add(new Field(
                        form,
                        name,
                        properties.path("class").asText(""),
                        !properties.path("audience").asText("").isBlank()));
            }
            if (path.isEmpty()) {
                collect(form, component, fields);
            }
        }
    }

    @Test
    void whatTheCaseOfAPersonCallsIsLookedAtToo() throws IOException {
        assertThat(PROCESSES).containsAll(named(CALL, "victim-case"));
        assertThat(forms()).contains("register-victim", "follow-up", "renew-safety-plan", "cover-needs");
    }

    @Test
    void eachFieldAboutSurvivorsHasItsClass() throws IOException {
        assertThat(fields())
                .isNotEmpty()
                .filteredOn(field -> !CLASSES.contains(field.dataClass()))
                .as("fields without a class, docs/vault.md says what each means")
                .isEmpty();
    }

    @Test
    void aFieldHasOneClassInAllForms() throws IOException {
        Map<String, Set<String>> classes = new HashMap<>();
        fields().forEach(field ->
                classes.computeIfAbsent(field.name(), name -> new HashSet<>()).add(field.dataClass()));
        assertThat(classes)
                .allSatisfy((name, found) -> assertThat(found).as(name).hasSize(1));
    }

    @Test
    void whatIsASurvivorsLiesSealedButForAShortList() throws IOException {
        Set<String> inClear = new TreeSet<>();
        fields().stream()
                .filter(field -> field.dataClass().equals("DC3") && !field.hasAudience())
                .forEach(field -> inClear.add(field.name()));
        assertThat(inClear)
                .as("give a new one an audience, and a coarse flag beside it; take off the list what is sealed")
                .containsExactlyInAnyOrderElementsOf(IN_CLEAR.keySet());
    }

    @Test
    void whoOnlyWatchesSeesAMaskOverWhatIsLeft() {
        assertThat(UnsealedChoices.NAMES).containsAll(IN_CLEAR.keySet());
    }
}
