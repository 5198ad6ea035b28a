package org.redress.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** What letters say, and what they never say. */
class LetterTemplatesTest {

    private static final Path FOLDER = Path.of("src/main/resources/templates/letters/en");
    private static final Set<String> OF_ACCOUNTS =
            Set.of("password-set", "role-given", "mail-address-changed", "officer-mail-address-changed");

    private static final Pattern BRACES = Pattern.compile("\\{\\{(.*?)}}");
    private static final Map<String, DecisionTable> TABLES = new ConcurrentHashMap<>();

    private final LetterTemplates templates = new LetterTemplates(
            words(),
            new NotificationSettings(
                    URI.create("http://localhost:8080"), ZoneOffset.UTC, "redress@localhost", "the grievance desk"),
            Clock.fixed(Instant.parse("2026-02-04T12:00:00Z"), ZoneOffset.UTC));

    static ResourceBundleMessageSource words() {
        ResourceBundleMessageSource words = new ResourceBundleMessageSource();
        words.setBasename("messages");
        words.setDefaultEncoding("UTF-8");
        return words;
    }

    @Test
    void everyLetterOfTheMatrixIsWrittenAndNoneIsLeftOver() throws IOException {
        Set<String> wanted = new TreeSet<>(recipients().keySet());
        // Of no process: the vault tells it.
        wanted.add("break-glass");
        // Of no process: whoever sets another person's password.
        wanted.add("password-set");
        // Of no process: the vault tells them.
        wanted.addAll(Set.of("hold-lifted", "erasure-asked", "erasure-done"));
        // Of no process: whoever changes the mail address of an account.
        wanted.addAll(Set.of("mail-address-changed", "officer-mail-address-changed"));
        // Of no process: whoever puts somebody into a role.
        wanted.add("role-given");
        // Of no process: the sweep over open tasks tells them.
        wanted.add("task-reminder");
        wanted.add("task-late");
        assertThat(letters()).containsExactlyInAnyOrderElementsOf(wanted);
    }

    /** On the page of a case, where its text is not shown. */
    @Test
    void everyEventOfTheMatrixHasWordsForWhoeverLooksAtTheCase() {
        Set<String> events = new TreeSet<>(column("notification-matrix", "event"));
        events.addAll(Set.of("task-reminder", "task-late", "break-glass"));
        assertThat(events).hasSizeGreaterThan(50).allSatisfy(event -> assertThat(
                        words().getMessage("case.letter.event." + event, null, "", Locale.ENGLISH))
                .as(event)
                .isNotBlank());
    }

    /** Whoever may not know why a complaint is closed learns no more from the name of the letter than from the letter. */
    @Test
    void aLetterThatSaysLessThanItsEventIsCalledByItsText() {
        List<String> letters = column("notification-matrix", "letter");
        List<String> events = column("notification-matrix", "event");
        List<String> roles = column("notification-matrix", "to");
        for (int i = 0; i < letters.size(); i++) {
            boolean ofTheComplaint =
                    Set.of("complaint-withdrawn", "closed-with-reasons").contains(events.get(i));
            if (ofTheComplaint && !roles.get(i).contains("complainant")) {
                assertThat(words().getMessage("case.letter.text." + letters.get(i), null, "", Locale.ENGLISH))
                        .as(letters.get(i))
                        .isNotBlank()
                        .doesNotContain("withdrawn", "reasons", "faith");
            }
        }
    }

    @Test
    void whatGoesToAComplainantGoesToNobodyElse() {
        recipients().forEach((letter, roles) -> {
            if (roles.contains("complainant")) {
                assertThat(roles).as(letter).containsExactly("complainant");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("letters")
    void aLetterNamesOnlyWhatLettersMaySay(String letter) throws IOException {
        Set<String> clocks = Set.copyOf(column("deadline-matrix", "clock"));
        for (String name : named(letter)) {
            boolean allowed = Fact.named(name).isPresent()
                    || Set.of("today", "desk").contains(name)
                    || (name.startsWith("time ") && clocks.contains(name.substring("time ".length())));
            assertThat(allowed).as(letter + " names " + name).isTrue();
        }
    }

    /** It is not sealed, unlike the text. */
    @ParameterizedTest
    @MethodSource("letters")
    void aSubjectSaysNoMoreThanTheTaskOrClockAndItsDay(String letter) throws IOException {
        String subject = Files.readString(FOLDER.resolve(letter + ".txt"))
                .lines()
                .findFirst()
                .orElseThrow();
        assertThat(subject.replaceAll("\\{\\{(caseNumber|taskName|taskDueAt|reportDueAt|improveBy|movingClock)}}", ""))
                .doesNotContain("{");
    }

    @ParameterizedTest
    @CsvSource({"2025-07, The Board", "2024, The Steering Committee", "2007, The Steering Committee"})
    void aLetterNamesTheCommitteeAsTheRulesOfTheCaseDo(String rulesVersion, String committee) {
        LetterText text = templates.write(
                "concern-not-referred", Locale.ENGLISH, new FactsOfAnyCase().with("rulesVersion", rulesVersion));

        assertThat(text.body()).contains(committee + " has not referred this concern");
    }

    /** A name that only some of the rules use would be wrong in the cases of the others. */
    @ParameterizedTest
    @MethodSource("letters")
    void noLetterSaysByItselfWhatTheCommitteeIsCalled(String letter) throws IOException {
        assertThat(Files.readString(FOLDER.resolve(letter + ".txt"))).doesNotContain("Steering", "Board");
    }

    /** Whoever reads a letter has this system before them, and not the files that it is built from. */
    @ParameterizedTest
    @MethodSource("letters")
    void noLetterSendsItsReaderToTheDocumentation(String letter) throws IOException {
        assertThat(Files.readString(FOLDER.resolve(letter + ".txt"))).doesNotContain("docs/", ".md", "src/", "README");
    }

    @ParameterizedTest
    @MethodSource("letters")
    void aLetterSaysNothingOfPeople(String letter) {
        LetterText text = templates.write(letter, Locale.ENGLISH, new FactsOfAnyCase());

        assertThat(text.subject())
                .contains(OF_ACCOUNTS.contains(letter) ? "ccount" : "R-2026-0042")
                .hasSizeLessThanOrEqualTo(200);
        assertThat(text.body()).contains("2026-02-04").hasSizeLessThanOrEqualTo(10_000);
        assertThat(text.subject() + text.body())
                .doesNotContain("{{", "}}", "null")
                .doesNotContain("Amina", "Kolwezi", "furnace", "0101");
    }

    @ParameterizedTest
    @MethodSource("letters")
    void aComplainantIsToldHowToObjectAndReachAPersonAndThatOtherWaysStayOpen(String letter) {
        if (!recipients().getOrDefault(letter, List.of()).contains("complainant")) {
            return;
        }
        String body =
                templates.write(letter, Locale.ENGLISH, new FactsOfAnyCase()).body();

        assertThat(body).contains("To speak with a person, contact the grievance desk");
        assertThat(body).containsIgnoringCase("object");
        assertThat(body).contains("Other ways");
        assertThat(body).contains("next");
    }

    @Test
    void theReceiptTellsTheStagesWithTheirTimesAndTheRights() {
        LetterText receipt = templates.write("receipt", Locale.ENGLISH, new FactsOfAnyCase());

        assertThat(receipt.body())
                .contains("2026-02-02", "10 working days", "Your rights", "court", "anonymous", "own language");
    }

    @Test
    void timesAreThoseOfTheCase() {
        CaseFacts urgent = new CaseFacts() {
            private final FactsOfAnyCase others = new FactsOfAnyCase();

            @Override
            public Object variable(String name) {
                return java.util.Objects.requireNonNull(others.variable(name));
            }

            @Override
            public Span clock(String id) {
                return new Span(1, "HOURS");
            }
        };

        assertThat(templates.write("urgent-allegation", Locale.ENGLISH, urgent).body())
                .contains("within one hour");
    }

    @Test
    void aLetterInALanguageThatThereIsNotComesInEnglish() {
        LetterText text = templates.write("receipt", Locale.forLanguageTag("sw-CD"), new FactsOfAnyCase());

        assertThat(text.language()).isEqualTo("en");
    }

    @ParameterizedTest
    @CsvSource({
        "case-closed, closingOutcome, closingOutcome is none of the words that letters know",
        "level-decided, level1, level1 is none of the words that letters know",
        "receipt, caseNumber, caseNumber is no case number",
        "receipt, receivedAt, receivedAt is no date"
    })
    void aFactThatHoldsAStoryIsRefusedAndNotRepeated(String letter, String variable, String refusal) {
        FactsOfAnyCase facts = new FactsOfAnyCase().with(variable, FactsOfAnyCase.NARRATIVE);

        assertThatThrownBy(() -> templates.write(letter, Locale.ENGLISH, facts))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(refusal);
    }

    @Test
    void aFactThatTheCaseDoesNotHaveYetIsRefused() {
        FactsOfAnyCase facts = new FactsOfAnyCase().with("closingOutcome", null);

        assertThatThrownBy(() -> templates.write("case-closed", Locale.ENGLISH, facts))
                .hasMessageContaining("closingOutcome");
    }

    @Test
    void aVariableThatIsNotOnTheListIsNoFact() {
        assertThat(Stream.of("whatHappened", "contact", "whereSite", "allegedActor", "assignee", "language")
                        .flatMap(name -> Fact.named(name).stream()))
                .isEmpty();
    }

    @Test
    void anUnknownLetterIsRefused() {
        assertThatThrownBy(() -> templates.write("love", Locale.ENGLISH, new FactsOfAnyCase()))
                .hasMessageContaining("love");
    }

    static List<String> letters() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString().replace(".txt", ""))
                    .sorted()
                    .toList();
        }
    }

    private static Set<String> named(String letter) throws IOException {
        return BRACES.matcher(Files.readString(FOLDER.resolve(letter + ".txt")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Letter to the roles that get it, as notification-matrix has it. */
    private static Map<String, List<String>> recipients() {
        List<String> letters = column("notification-matrix", "letter");
        List<String> roles = column("notification-matrix", "to");
        Map<String, List<String>> recipients = new TreeMap<>();
        for (int i = 0; i < letters.size(); i++) {
            List<String> to = Pattern.compile("\"(.*?)\"")
                    .matcher(roles.get(i))
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .toList();
            recipients.merge(letters.get(i), to, (some, more) -> Stream.concat(some.stream(), more.stream())
                    .toList());
        }
        return recipients;
    }

    /** The texts of one input or output of a decision table, row by row, without the quotes around a single word. */
    private static List<String> column(String decision, String name) {
        DecisionTable table = TABLES.computeIfAbsent(decision, each -> Dmn.readModelFromFile(
                        Path.of("dmn/shared/" + each + ".dmn").toFile())
                .getModelElementsByType(DecisionTable.class)
                .iterator()
                .next());
        List<String> inputs = table.getInputs().stream()
                .map(input -> input.getInputExpression().getText().getTextContent())
                .toList();
        List<String> outputs = table.getOutputs().stream().map(Output::getName).toList();
        return table.getRules().stream()
                .map(rule -> cell(rule, inputs.indexOf(name), outputs.indexOf(name)))
                .map(text -> text.matches("\"[^\"]*\"") ? text.substring(1, text.length() - 1) : text)
                .toList();
    }

    private static String cell(Rule rule, int input, int output) {
        return input >= 0
                ? List.copyOf(rule.getInputEntries()).get(input).getText().getTextContent()
                : List.copyOf(rule.getOutputEntries()).get(output).getText().getTextContent();
    }
}
