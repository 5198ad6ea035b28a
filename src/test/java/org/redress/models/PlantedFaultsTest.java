package org.redress.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each gate bites: a small sound set of models passes all of them, and one planted fault at a time is caught. */
class PlantedFaultsTest {

    private static final Map<String, String> SOUND = Models.texts(Path.of("src/test/resources/probes/sound"));

    private static final String CASE = "bpmn/remedy/sound-case.bpmn";
    private static final String HELP = "bpmn/remedy/sound-help.bpmn";
    private static final String ADVICE = "dmn/remedy/sound-advice.dmn";
    private static final String FILING = "forms/remedy/file-complaint.form";
    private static final String ASSESSING = "forms/remedy/assess.form";

    private static final House HOUSE = new House(
            Map.of(
                    "cases", Set.of("open", "enter", "expect"),
                    "parties", Set.of("group", "groupOf"),
                    "deadlines", Set.of("due", "dueFrom"),
                    "notify", Set.of("execute"),
                    "giveHelp", Set.of("execute")),
            Set.of("notify", "giveHelp"),
            Map.of(
                    "caseNumber",
                    "a",
                    "grounds",
                    "a",
                    "filedAt",
                    "a",
                    "delivered",
                    "a",
                    "D04",
                    "a",
                    "deadline-matrix",
                    "a",
                    "notification-matrix",
                    "a"),
            Map.of("task_assess", "a"));

    /** A text of the sound set, what replaces it, and a part of what the gate then says. */
    private record Fault(Gate gate, String file, String sound, String broken, String saying) {

        @Override
        public String toString() {
            return saying;
        }
    }

    @Test
    void theSoundSetPassesEveryGate() {
        Models models = Models.of(SOUND);
        List<Gate> gates = Stream.concat(
                        Stream.of(new DefinitionGate(), new NamesGate(), new TaskGate(), new GatewayGate()),
                        Stream.of(
                                new ReferenceGate(),
                                new TimerGate(),
                                new ForbiddenGate(),
                                new FormGate(),
                                new ConfidentialGate(),
                                new UnrecordedGate(),
                                new DecisionGate(),
                                new ClocksGate(),
                                new LayoutGate()))
                .toList();
        assertThat(gates).flatMap(gate -> gate.findings(models, HOUSE)).isEmpty();
    }

    @Test
    void theSeatsOfTheSteeringCommitteeAreACandidateGroupToo() {
        Map<String, String> texts = new TreeMap<>(SOUND);
        texts.computeIfPresent(
                CASE,
                (name, text) -> text.replace(
                        "camunda:candidateGroups=\"audit-programme\"",
                        "camunda:candidateGroups=\"${committee.groups(wish)}\""));
        assertThat(new TaskGate().findings(Models.of(texts), HOUSE)).isEmpty();
        assertThat(new ConfidentialGate().findings(Models.of(texts), HOUSE)).isEmpty();

        texts.computeIfPresent(ASSESSING, (name, text) -> text.replace("Case **{{caseNumber}}**", "{{story}}"));
        assertThat(new ConfidentialGate().findings(Models.of(texts), HOUSE))
                .extracting(Finding::message)
                .containsExactly("shows the confidential story to steering-committee, who is not in its audience");
    }

    @Test
    void nobodyIsLedToFilesThatAreNotForThem() {
        Gate gate = new FileLinksGate(java.nio.file.Path.of("src/main/resources/application.yml"));
        Map<String, String> texts = new TreeMap<>(SOUND);
        texts.computeIfPresent(
                ASSESSING, (name, text) -> text.replace("Case **{{caseNumber}}**", "[Files](/files/{{caseNumber}})"));
        assertThat(gate.findings(Models.of(texts), HOUSE)).isEmpty();
        texts.computeIfPresent(
                CASE,
                (name, text) ->
                        text.replace("camunda:candidateGroups=\"audit-programme\"", "camunda:candidateGroups=\"dpo\""));
        assertThat(gate.findings(Models.of(texts), HOUSE))
                .extracting(Finding::message)
                .containsExactly("leads dpo to the files of the case, where they may do nothing");
    }

    @Test
    void aTaskThatDoesNotLeadToItsCaseIsFoundAndSoIsARoleWhoseCaseItIsNot() {
        Gate gate = new CaseLinksGate(java.util.Set.of("audit-programme"));
        String missing = "has a form without the link [The case at a glance](/cases/{{caseNumber}})";
        long before = gate.findings(Models.of(SOUND), HOUSE).size();
        assertThat(gate.findings(Models.of(SOUND), HOUSE))
                .extracting(Finding::message)
                .containsOnly(missing);

        Map<String, String> texts = new TreeMap<>(SOUND);
        texts.computeIfPresent(
                ASSESSING, (name, text) -> text.replace("Case **{{caseNumber}}**", "[Case](/cases/{{caseNumber}})"));
        assertThat(gate.findings(Models.of(texts), HOUSE)).hasSize((int) before - 1);
        assertThat(new CaseLinksGate(java.util.Set.of("dpo")).findings(Models.of(texts), HOUSE))
                .extracting(Finding::message)
                .contains("leads audit-programme to the page of the case, which is not theirs");
    }

    @Test
    void aFormThatDoesNotSayWhatItIsAndWhomItIsAboutIsFound() {
        Gate gate = new HeadGate();
        String loose = "has a form that begins without a heading \"# …\"";
        assertThat(sayings(gate, "Case **{{caseNumber}}**", "# Assess\\nCase **{{caseNumber}}**"))
                .filteredOn(saying -> saying.startsWith("task_assess:"))
                .isEmpty();
        assertThat(sayings(gate, "Case **{{caseNumber}}**", "Case **{{caseNumber}}**"))
                .contains("task_assess: " + loose);
        assertThat(sayings(gate, "Case **{{caseNumber}}**", "# Assess"))
                .contains("task_assess: has a form that does not begin with the case {{caseNumber}}");
    }

    @Test
    void aNameOfTheModelsInWhatACaseWorkerReadsIsFound() {
        Gate gate = new PlainWordsGate();
        assertThat(sayings(
                        gate, "Case **{{caseNumber}}**", "Case {{caseNumber}} [open](/cases/{{caseNumber}}/allOfIt)"))
                .isEmpty();
        assertThat(sayings(gate, "Case **{{caseNumber}}**", "Assess it (A.1 assessLink)"))
                .containsExactly("text_1: says assessLink to whoever fills in the form");
    }

    private static List<String> sayings(Gate gate, String sound, String other) {
        Map<String, String> texts = new TreeMap<>(SOUND);
        texts.computeIfPresent(ASSESSING, (name, text) -> text.replace(sound, other));
        return gate.findings(Models.of(texts), HOUSE).stream()
                .map(finding -> finding.element() + ": " + finding.message())
                .toList();
    }

    @Test
    void whoeverPresidesIsACandidateGroupTooAndMayBeTheSecretariat() {
        Map<String, String> texts = new TreeMap<>(SOUND);
        texts.computeIfPresent(
                CASE,
                (name, text) -> text.replace(
                        "camunda:candidateGroups=\"audit-programme\"",
                        "camunda:candidateGroups=\"${committee.presiding(wish)}\""));
        assertThat(new TaskGate().findings(Models.of(texts), HOUSE)).isEmpty();
        assertThat(new ConfidentialGate().findings(Models.of(texts), HOUSE)).isEmpty();

        texts.computeIfPresent(ASSESSING, (name, text) -> text.replace("Case **{{caseNumber}}**", "{{story}}"));
        assertThat(new ConfidentialGate().findings(Models.of(texts), HOUSE))
                .extracting(Finding::message)
                .containsExactlyInAnyOrder(
                        "shows the confidential story to government-chair, who is not in its audience",
                        "shows the confidential story to secretariat, who is not in its audience");
    }

    @ParameterizedTest
    @MethodSource({
        "definitions",
        "names",
        "tasks",
        "gateways",
        "references",
        "timers",
        "code",
        "forms",
        "secrets",
        "unrecorded",
        "decisions",
        "layout"
    })
    void aPlantedFaultIsCaught(Fault fault) {
        Map<String, String> texts = new TreeMap<>(SOUND);
        String text = texts.getOrDefault(fault.file, "");
        assertThat(text).as("the place of the fault").contains(fault.sound);
        texts.put(fault.file, fault.sound.isEmpty() ? fault.broken : text.replace(fault.sound, fault.broken));
        assertThat(fault.gate.findings(Models.of(texts), HOUSE))
                .as("what the gate says")
                .anySatisfy(finding -> assertThat(finding.toString()).contains(fault.saying));
    }

    @Test
    void aDecisionThatNobodyAsksIsCaughtUnlessItIsForOutsideSystems() {
        String matrix = "dmn/shared/deadline-matrix.dmn";
        String start = "camunda:versionTag=\"1.0\">";
        House house = new House(HOUSE.beans(), HOUSE.steps(), Map.of("notification-matrix", "a"), Map.of());
        Map<String, String> texts = new TreeMap<>(SOUND);
        assertThat(new ReferenceGate().findings(Models.of(texts), house))
                .extracting(Finding::toString)
                .anyMatch(saying -> saying.startsWith(matrix + " deadline-matrix: is asked by no diagram"));
        texts.computeIfPresent(
                matrix,
                (file, text) -> text.replace(start, start + "<description>Asked by outside systems.</description>"));
        assertThat(new ReferenceGate().findings(Models.of(texts), house))
                .extracting(Finding::file)
                .doesNotContain(matrix);
    }

    @Test
    void aClockThatNobodyCountsIsCaughtUnlessItIsForOutsideSystems() {
        Gate gate = new ClocksGate();
        String matrix = "dmn/shared/deadline-matrix.dmn";
        String nobody = matrix + " D03: is the clock D99, which nobody counts";
        Map<String, String> texts = new TreeMap<>(SOUND);
        assertThat(gate.findings(Models.of(texts), HOUSE)).isEmpty();
        texts.computeIfPresent(matrix, (file, text) -> text.replace("\"D03\",\"D04\"", "\"D03\",\"D99\""));
        assertThat(gate.findings(Models.of(texts), HOUSE))
                .extracting(Finding::toString)
                .singleElement()
                .satisfies(saying -> assertThat(saying).startsWith(nobody));
        Map<String, String> offered = new TreeMap<>(texts);
        offered.computeIfPresent(FILING, (file, text) -> text.replace("\"REST\"", "\"D99\""));
        assertThat(gate.findings(Models.of(offered), HOUSE))
                .as("to offer it in a form is not to count it")
                .hasSize(1);

        for (Map.Entry<String, String> counts : Map.of(
                        CASE + ">due(execution, 'D03')", "due(execution, wish == 'REST' ? 'D99' : 'D03')",
                        CASE + "><camunda:property name=\"secondPersonOf\"",
                                "<camunda:property name=\"clock\" value=\"D99\" /><camunda:property name=\"secondPersonOf\"",
                        matrix + ">Screening.", "Screening, asked by outside systems.")
                .entrySet()) {
            Map<String, String> counted = new TreeMap<>(texts);
            String file = counts.getKey().substring(0, counts.getKey().indexOf('>'));
            String place = counts.getKey().substring(counts.getKey().indexOf('>') + 1);
            assertThat(counted.getOrDefault(file, "")).contains(place);
            counted.computeIfPresent(file, (name, text) -> text.replace(place, counts.getValue()));
            assertThat(gate.findings(Models.of(counted), HOUSE))
                    .as(counts.getValue())
                    .isEmpty();
        }
        House inJava = new House(HOUSE.beans(), HOUSE.steps(), Map.of("D99", "remedy/A.java"), Map.of());
        assertThat(gate.findings(Models.of(texts), inJava)).isEmpty();
    }

    @Test
    void aProcessThatNobodyCallsIsCaughtUnlessItIsOfferedToAll() {
        String nobody = "sound-help: is called by nobody";
        Map<String, String> texts = new TreeMap<>(SOUND);
        texts.computeIfPresent(
                CASE, (file, text) -> text.replace("calledElement=\"sound-help\"", "calledElement=\"help\""));
        assertThat(new ReferenceGate().findings(Models.of(texts), HOUSE))
                .extracting(Finding::toString)
                .anyMatch(saying -> saying.contains(nobody));
        texts.put("bpmn/shared/sound-help.bpmn", texts.remove(HELP));
        assertThat(new ReferenceGate().findings(Models.of(texts), HOUSE))
                .extracting(Finding::toString)
                .noneMatch(saying -> saying.contains(nobody));
    }

    @Test
    void aBeanThatIsGoneAMethodThatIsGoneAndAStepThatNobodyNamesAreCaught() {
        Map<String, Set<String>> beans = new HashMap<>(HOUSE.beans());
        beans.remove("giveHelp");
        beans.put("cases", Set.of("open"));
        House house = new House(beans, Set.of("notify", "sendInvoice"), HOUSE.words(), HOUSE.testWords());
        assertThat(new ReferenceGate().findings(Models.of(SOUND), house))
                .extracting(Finding::toString)
                .contains(
                        HELP + " task_help: names the bean giveHelp, which does not exist",
                        CASE + " task_assess: calls cases.enter, which the bean does not offer",
                        "src/main/java sendInvoice: is a step that no diagram names; remove it");
    }

    @Test
    void anElementThatJavaNamesAndNoDiagramHasIsCaught() {
        House house = new House(
                HOUSE.beans(),
                HOUSE.steps(),
                Map.of("Activity_0x1y2z3", "remedy/A.java"),
                Map.of("task_renamed", "remedy/ATest.java"));
        assertThat(new NamesGate().findings(Models.of(SOUND), house))
                .extracting(Finding::toString)
                .containsExactlyInAnyOrder(
                        "src/main/java/remedy/A.java Activity_0x1y2z3: is a generated id; give the element a name",
                        "src/test/java/remedy/ATest.java task_renamed: is in no diagram");
    }

    static Stream<Fault> definitions() {
        Gate gate = new DefinitionGate();
        return Stream.of(
                new Fault(gate, CASE, "<bpmn:process ", "<bpmn:proces ", "cannot be read"),
                new Fault(
                        gate, CASE, "bpmn:process id=\"sound-case\"", "bpmn:process id=\"other\"", "they are one name"),
                new Fault(gate, CASE, "isExecutable=\"true\"", "isExecutable=\"false\"", "is not executable"),
                new Fault(gate, CASE, " name=\"Sound case\"", "", "has no name"),
                new Fault(gate, CASE, "historyTimeToLive=\"P1825D\"", "historyTimeToLive=\"P5Y\"", "in days"),
                new Fault(gate, CASE, " camunda:versionTag=\"1.0\"", "", "versionTag"),
                new Fault(gate, CASE, "modeler:executionPlatform=\"Camunda Platform\"", "", "executionPlatform"),
                new Fault(gate, CASE, "bpmnElement=\"task_plan\"", "bpmnElement=\"task_advise\"", "not in the diagram"),
                new Fault(
                        gate,
                        HELP,
                        "bpmnElement=\"flow_asked_help\"",
                        "bpmnElement=\"task_help\"",
                        "flow_asked_help: is not in"),
                new Fault(
                        gate,
                        ADVICE,
                        "<decision id=\"sound-advice\"",
                        "<decision id=\"advice\"",
                        "has no decision with the id"),
                new Fault(gate, ADVICE, "href=\"#sound-weight\"", "href=\"#sound-advice\"", "nor required by"),
                new Fault(
                        gate,
                        ADVICE,
                        "dmnElementRef=\"sound-weight\"",
                        "dmnElementRef=\"nothing\"",
                        "not in the diagram"),
                new Fault(gate, ADVICE, "historyTimeToLive=\"P1825D\"", "historyTimeToLive=\"P5Y\"", "in days"),
                new Fault(gate, ADVICE, " camunda:versionTag=\"1.0\"", "", "versionTag"),
                new Fault(gate, FILING, "\"id\": \"file-complaint\"", "\"id\": \"fileComplaint\"", "no kebab-case id"),
                new Fault(gate, FILING, "\"id\": \"field_why\"", "\"id\": \"field_wish\"", "the id of two fields"),
                new Fault(gate, FILING, "\"key\": \"why\"", "\"key\": \"wish\"", "as another field does"),
                new Fault(gate, "forms/remedy/again.form", "", SOUND.getOrDefault(ASSESSING, ""), "is there twice"),
                new Fault(gate, "forms/remedy/notes.txt", "", "notes", "is no model"));
    }

    static Stream<Fault> names() {
        Gate gate = new NamesGate();
        return Stream.of(
                new Fault(gate, CASE, "task_assess", "Activity_0x1y2z3", "should be named task_"),
                new Fault(gate, CASE, "start_filed", "filed", "should be named start_"),
                new Fault(gate, CASE, "end_delivered", "task_delivered", "should be named end_"),
                new Fault(gate, CASE, "boundary_late", "event_late", "should be named boundary_"),
                new Fault(gate, CASE, "call_deliver", "task_deliver", "should be named call_"),
                new Fault(gate, CASE, "sub_remedy", "task_remedy", "should be named sub_"),
                new Fault(gate, CASE, "gateway_founded", "founded", "should be named gateway_"),
                new Fault(gate, CASE, "flow_assess_advise", "SequenceFlow_180", "should be named flow_"),
                new Fault(gate, CASE, "name=\"Remedy delivered\"", "name=\"End\"", "say the state"),
                new Fault(gate, CASE, "name=\"Complaint filed\"", "", "has no label"),
                new Fault(gate, CASE, "name=\"Assess complaint\"", "", "has no name"),
                new Fault(gate, CASE, "name=\"Deliver remedy\"", "", "has no name"),
                new Fault(gate, CASE, "id=\"task_assess\"", "id=\"task_judge\"", "task_assess: is in no diagram"));
    }

    static Stream<Fault> tasks() {
        Gate gate = new TaskGate();
        return Stream.of(
                new Fault(gate, CASE, "camunda:formRef=\"assess\"", "", "has no form"),
                new Fault(gate, CASE, "camunda:dueDate=\"${deadlines.due(execution, 'D03')}\"", "", "has no due date"),
                new Fault(gate, CASE, "camunda:candidateGroups=\"audit-programme\"", "", "has no candidate group"),
                new Fault(gate, CASE, "\"audit-programme\"", "\"audit-team\"", "audit-team, which is no role"),
                new Fault(gate, CASE, "audit-programme,legal", "audit-programme,lawyer", "lawyer, which is no role"),
                new Fault(gate, CASE, "\"audit-programme\"", "\"smelter\"", "open to every smelter"),
                new Fault(gate, CASE, "\"audit-programme\"", "\"government-chair\"", "open to every government-chair"),
                new Fault(
                        gate,
                        CASE,
                        "${parties.group(execution, 'facilitator')}",
                        "${parties.groupOf('government-chair', wish)}",
                        "no role of parties"),
                new Fault(gate, CASE, "(execution, 'facilitator')", "(execution, 'legal')", "no role of parties"),
                new Fault(
                        gate,
                        CASE,
                        "${parties.group(execution, 'facilitator')}",
                        "${parties.groupOf('legal', wish)}",
                        "no role of parties"),
                new Fault(
                        gate,
                        CASE,
                        "(execution, 'facilitator')",
                        "(execution, 'steering-committee')",
                        "no role of parties"),
                new Fault(gate, CASE, "${parties.group(execution, 'facilitator')}", "${someGroup}", "write a role"),
                new Fault(
                        gate,
                        CASE,
                        "${parties.group(execution, 'facilitator')}",
                        "${wish == 'REST' ? parties.group(execution, 'facilitator') : 'smelter'}",
                        "open to every smelter"),
                new Fault(
                        gate,
                        CASE,
                        "camunda:candidateGroups=\"audit-programme\"",
                        "camunda:assignee=\"anna\"",
                        "given to a person"),
                new Fault(gate, CASE, "due(execution, 'D03')", "due(execution, 'D99')", "D99, which is no row"),
                new Fault(gate, CASE, "dueFrom(execution, 'D03'", "dueFrom(execution, 'D98'", "D98, which is no row"),
                new Fault(gate, CASE, "'SCREENING'", "'SCREENED'", "no state of a case"),
                new Fault(gate, CASE, "value=\"task_plan\"", "value=\"task_planned\"", "no other user task"),
                new Fault(gate, CASE, "value=\"task_plan\"", "value=\"task_approve\"", "no other user task"),
                new Fault(gate, CASE, " camunda:asyncBefore=\"true\"", "", "inside the case's transaction"),
                new Fault(gate, CASE, "PT1M,PT5M,PT30M,PT2H,PT6H", "R5/often", "does not parse"),
                new Fault(gate, CASE, ">not-credible<", ">not-funny<", "not-funny, which is no row"),
                new Fault(gate, CASE, "name=\"event\"", "name=\"happening\"", "which event it tells"),
                new Fault(gate, HELP, "camunda:delegateExpression=\"${giveHelp}\"", "", "does nothing"),
                new Fault(gate, CASE, " camunda:resultVariable=\"advice\"", "", "keeps no result"));
    }

    static Stream<Fault> gateways() {
        Gate gate = new GatewayGate();
        return Stream.of(
                new Fault(gate, HELP, " default=\"flow_given_given\"", "", "has no default"),
                new Fault(gate, HELP, " name=\"Yes\"", "", "without a label"),
                new Fault(gate, HELP, "name=\"Given?\"", "name=\"Check\"", "not labelled with a question"),
                new Fault(
                        gate,
                        HELP,
                        "default=\"flow_given_given\"",
                        "default=\"flow_given_refused\"",
                        "which never counts"),
                new Fault(
                        gate,
                        HELP,
                        "default=\"flow_given_given\"",
                        "default=\"flow_given_refused\"",
                        "without a condition"),
                new Fault(
                        gate, CASE, "id=\"gateway_opened\"", "id=\"gateway_opened\" name=\"Open?\"", "needs no label"),
                new Fault(
                        gate,
                        HELP,
                        "sourceRef=\"gateway_given\" targetRef=\"end_refused\"",
                        "sourceRef=\"task_help\" targetRef=\"end_refused\"",
                        "leaves no exclusive gateway"),
                new Fault(
                        gate,
                        HELP,
                        "<bpmn:incoming>flow_asked_help</bpmn:incoming>",
                        "<bpmn:outgoing>flow_given_refused</bpmn:outgoing>",
                        "several ways out"),
                new Fault(
                        gate,
                        CASE,
                        "<bpmn:outgoing>flow_opened_assess</bpmn:outgoing>",
                        "<bpmn:outgoing>flow_opened_assess</bpmn:outgoing><bpmn:outgoing>flow_assess_advise</bpmn:outgoing>",
                        "joins and splits"),
                new Fault(gate, HELP, "exclusiveGateway", "inclusiveGateway", "is inclusive"));
    }

    static Stream<Fault> references() {
        Gate gate = new ReferenceGate();
        return Stream.of(
                new Fault(gate, CASE, "gravity == 'HIGH'", "weight1 == 'HIGH'", "names weight1"),
                new Fault(gate, CASE, "wish != 'GO_ON'}", "wish != 'GO_ON'", "does not parse"),
                new Fault(
                        gate,
                        CASE,
                        "camunda:formRef=\"assess\"",
                        "camunda:formRef=\"assessed\"",
                        "form assessed, which does not exist"),
                new Fault(
                        gate,
                        CASE,
                        "camunda:formRef=\"assess\"",
                        "camunda:formRef=\"plan\"",
                        "assess.form: is shown by no task"),
                new Fault(
                        gate,
                        CASE,
                        "formRefBinding=\"deployment\"",
                        "formRefBinding=\"latest\"",
                        "formRefBinding deployment"),
                new Fault(
                        gate,
                        CASE,
                        "decisionRef=\"sound-advice\"",
                        "decisionRef=\"advice\"",
                        "advice, which does not exist"),
                new Fault(
                        gate,
                        CASE,
                        "decisionRef=\"sound-advice\"",
                        "decisionRef=\"deadline-matrix\"",
                        "sound-advice: is asked by no"),
                new Fault(
                        gate,
                        CASE,
                        "decisionRefBinding=\"deployment\"",
                        "decisionRefBinding=\"latest\"",
                        "decisionRefBinding deployment"),
                new Fault(gate, CASE, "name=\"grave\"", "name=\"graves\"", "needs grave; nothing writes it"),
                new Fault(
                        gate,
                        CASE,
                        "calledElement=\"sound-help\"",
                        "calledElement=\"help\"",
                        "process help, which does not exist"),
                new Fault(gate, CASE, "calledElement=\"sound-help\"", "calledElement=\"help\"", "is called by nobody"),
                new Fault(
                        gate,
                        CASE,
                        "calledElementBinding=\"deployment\"",
                        "calledElementBinding=\"latest\"",
                        "calledElementBinding deployment"),
                new Fault(
                        gate,
                        CASE,
                        "name=\"grievance-received\"",
                        "name=\"grievance-came\"",
                        "which the house does not send"),
                new Fault(gate, CASE, " messageRef=\"message_grievanceReceived\"", "", "no event uses"),
                new Fault(gate, CASE, " messageRef=\"message_grievanceReceived\"", "", "a message without a name"),
                new Fault(
                        gate,
                        CASE,
                        "errorCode=\"help-refused\"",
                        "errorCode=\"help-late\"",
                        "help-refused, which nobody catches"),
                new Fault(
                        gate,
                        HELP,
                        "errorCode=\"help-refused\"",
                        "errorCode=\"help-late\"",
                        "help-refused, which nobody throws"),
                new Fault(gate, HELP, " errorRef=\"error_help_refused\"", "", "an error that no event uses"));
    }

    static Stream<Fault> timers() {
        Gate gate = new TimerGate();
        return Stream.of(
                new Fault(gate, CASE, ">P3M<", ">3 months<", "which does not parse"),
                new Fault(gate, CASE, "timeDuration", "timeDate", "which does not parse"),
                new Fault(
                        gate,
                        CASE,
                        "<bpmn:timeDuration xsi:type=\"bpmn:tFormalExpression\">P3M</bpmn:timeDuration>",
                        "",
                        "a timer without a time"));
    }

    static Stream<Fault> code() {
        Gate gate = new ForbiddenGate();
        return Stream.of(
                new Fault(
                        gate,
                        HELP,
                        "camunda:delegateExpression=\"${giveHelp}\"",
                        "camunda:class=\"org.redress.GiveHelp\"",
                        "names a class"),
                new Fault(
                        gate,
                        CASE,
                        "executionListener event=\"start\" expression=\"${cases.open(execution, 'R')}\"",
                        "executionListener event=\"start\" class=\"org.redress.Open\"",
                        "names a class"),
                new Fault(
                        gate,
                        HELP,
                        "<bpmn:serviceTask id=\"task_help\" name=\"Give help\" camunda:delegateExpression=\"${giveHelp}\">",
                        "<bpmn:serviceTask id=\"task_help\" camunda:type=\"external\" camunda:topic=\"help\">",
                        "external worker"),
                new Fault(
                        gate,
                        CASE,
                        "camunda:formRef=\"assess\"",
                        "camunda:formKey=\"embedded:app:x.html\"",
                        "has a form key"),
                new Fault(
                        gate,
                        CASE,
                        "${gravity == 'HIGH'}",
                        "<camunda:script scriptFormat=\"javascript\">1</camunda:script>",
                        "holds a script"),
                new Fault(
                        gate,
                        CASE,
                        "<camunda:property name=\"secondPersonOf\" value=\"task_plan\" />",
                        "</camunda:properties><camunda:formData><camunda:formField id=\"x\" /></camunda:formData><camunda:properties>",
                        "generated fields"));
    }

    static Stream<Fault> forms() {
        Gate gate = new FormGate();
        return Stream.of(
                new Fault(gate, FILING, "\"record\": \"A.1\"", "\"colour\": \"red\"", "which nothing reads"),
                new Fault(gate, FILING, "protection,vsc", "protection,nurse", "\"nurse\", which is no role"),
                new Fault(gate, FILING, "\"audience\": \"protection,vsc\"", "\"audience\": \"\"", "which is no role"),
                new Fault(
                        gate,
                        "forms/remedy/plan.form",
                        "\"key\": \"planNote\"",
                        "\"key\": \"story\"",
                        "has one audience everywhere"),
                new Fault(gate, FILING, "=wish != \\\"REST\\\"", "=wish !!", "does not parse"),
                new Fault(gate, ASSESSING, "{{caseNumber}}", "{{caseNr}}", "caseNr: is shown"),
                new Fault(gate, ASSESSING, "#loop grounds", "#loop reasons", "reasons: is shown"),
                new Fault(gate, FILING, "\"type\": \"textarea\"", "\"type\": \"filepicker\"", "Tasklist cannot show"),
                new Fault(gate, FILING, "\"label\": \"Why?\",", "", "ask a question"),
                new Fault(gate, ASSESSING, "\"key\": \"gravity\"", "\"key\": \"How grave\"", "no camelCase name"));
    }

    static Stream<Fault> secrets() {
        Gate gate = new ConfidentialGate();
        return Stream.of(
                new Fault(gate, CASE, "wish != 'GO_ON'", "story != null", "story into its conditionExpression"),
                new Fault(
                        gate,
                        CASE,
                        "wish != 'GO_ON'",
                        "execution.getVariable('story') != null",
                        "story into its conditionExpression"),
                new Fault(gate, CASE, "gravity == 'HIGH'", "story == 'HIGH'", "story into its inputParameter"),
                new Fault(gate, CASE, "name=\"Assess complaint\"", "name=\"Assess ${story}\"", "story into its name"),
                new Fault(gate, CASE, "#{execution.processBusinessKey}", "#{story}", "story into its businessKey"),
                new Fault(gate, CASE, ">P3M<", ">${story}<", "story into its timeDuration"),
                new Fault(
                        gate,
                        ASSESSING,
                        "Case **{{caseNumber}}**",
                        "{{story}}",
                        "shows the confidential story to audit-programme"),
                new Fault(
                        gate,
                        ASSESSING,
                        "\"key\": \"gravity\",",
                        "\"key\": \"gravity\", \"conditional\": {\"hide\": \"=story != null and story = \\\"x\\\"\"},",
                        "hides by what the confidential story says"),
                new Fault(
                        gate, ADVICE, "<text>wish</text>", "<text>story</text>", "decides by the confidential story"));
    }

    static Stream<Fault> unrecorded() {
        Gate gate = new UnrecordedGate();
        String gravity = "\"key\": \"gravity\",";
        String unrecorded = "\"properties\": {\"unrecorded\": \"true\"},";
        return Stream.of(
                new Fault(gate, ASSESSING, gravity, gravity + unrecorded, "names gravity, which is unrecorded"),
                new Fault(gate, ASSESSING, gravity, gravity + unrecorded, "no Java takes the answers"),
                new Fault(gate, ASSESSING, gravity, gravity + unrecorded.replace("true", "yes"), "and not \"true\""),
                new Fault(
                        gate,
                        ASSESSING,
                        gravity,
                        "\"key\": \"wish\"," + unrecorded,
                        "unrecorded in the form assess, and this one names it"),
                new Fault(
                        gate,
                        ASSESSING,
                        gravity,
                        "\"key\": \"wish\"," + unrecorded,
                        "decides by wish, which is unrecorded"),
                new Fault(
                        gate,
                        FILING,
                        "\"properties\": {\n        \"record\": \"A.1\"\n      }",
                        "\"properties\": {\"unrecorded\": \"true\"}",
                        "starts a process; ask in a task"));
    }

    static Stream<Fault> decisions() {
        Gate gate = new DecisionGate();
        return Stream.of(
                new Fault(gate, ADVICE, "<rule id=\"SA1\">", "<rule id=\"DecisionRule_0x1y2z3\">", "no id of its own"),
                new Fault(gate, ADVICE, "Guideline p. 1. SEED", "Guideline p. 1.", "its basis"),
                new Fault(
                        gate,
                        ADVICE,
                        "\"HEAVY\"</text>\n        </inputEntry>",
                        "\"HEAVY</text>\n        </inputEntry>",
                        "does not parse"),
                new Fault(gate, ADVICE, "<text>\"NO\"</text>", "<text>NO or</text>", "does not parse"),
                new Fault(gate, ADVICE, "hitPolicy=\"UNIQUE\"", "hitPolicy=\"FIRST\"", "not \"otherwise\""),
                new Fault(
                        gate,
                        ADVICE,
                        "<inputExpression ",
                        "<inputExpression expressionLanguage=\"javascript\" ",
                        "decisions are FEEL"),
                new Fault(gate, ADVICE, "<text>grave</text>", "<text></text>", "without an expression"),
                new Fault(
                        gate,
                        ADVICE,
                        "<text>not(null)</text>",
                        "<text></text>",
                        "does not say what it allows for wish"),
                new Fault(gate, ADVICE, "<text>not(null)</text>", "<text>not(</text>", "does not parse"),
                new Fault(
                        gate,
                        "dmn/shared/deadline-matrix.dmn",
                        "\"D03\",\"D04\"</text>",
                        "\"D03\",\"D40\"</text>",
                        "says [D40], which its column does not allow"));
    }

    static Stream<Fault> layout() {
        Gate gate = new LayoutGate();
        String task = "bpmnElement=\"task_help\">\n        <dc:Bounds x=\"250\"";
        String crowd = IntStream.range(0, 21)
                .mapToObj(n -> ("<bpmndi:BPMNShape id=\"x%d\" bpmnElement=\"task_help\">"
                                + "<dc:Bounds x=\"%d\" y=\"600\" width=\"9\" height=\"9\" /></bpmndi:BPMNShape>")
                        .formatted(n, n * 10))
                .collect(Collectors.joining());
        String firstShape = "<bpmndi:BPMNShape id=\"start_asked_di\"";
        String firstFlow = "<di:waypoint x=\"158\" y=\"160\" />";
        return Stream.of(
                new Fault(gate, HELP, task, task.replace("250", "-250"), "off the sheet"),
                new Fault(gate, HELP, firstFlow, firstFlow + firstFlow.replace("158", "2700"), "leaves the sheet"),
                new Fault(gate, HELP, task, task.replace("250", "390"), "task_help: overlaps gateway_given"),
                new Fault(
                        gate,
                        HELP,
                        "x=\"350\" y=\"160\"",
                        "x=\"365\" y=\"160\"",
                        "does not end at the border of task_help"),
                new Fault(
                        gate,
                        HELP,
                        "x=\"602\" y=\"277\"",
                        "x=\"560\" y=\"277\"",
                        "does not end at the border of end_refused"),
                new Fault(gate, CASE, "loop_good_plan", "flow_good_plan", "runs to the left"),
                new Fault(gate, CASE, "flow_assess_advise", "loop_assess_advise", "runs to the right"),
                new Fault(
                        gate,
                        HELP,
                        firstFlow,
                        firstFlow
                                + firstFlow.replace("158", "170")
                                + firstFlow.replace("158\" y=\"160", "170\" y=\"240")
                                + firstFlow.replace("158\" y=\"160", "700\" y=\"240"),
                        "flow_asked_help: crosses or covers flow_given_refused"),
                new Fault(
                        gate,
                        HELP,
                        "x=\"602\" y=\"259\"",
                        "x=\"442\" y=\"215\"",
                        "flow_given_refused: runs through end_refused"),
                new Fault(
                        gate,
                        HELP,
                        "\"Give help\"",
                        "\"Give every kind of help that anybody could ever think of, and more of it\"",
                        "does not fit"),
                new Fault(gate, HELP, "\"Give help\"", "\"Give indistinguishable help\"", "does not fit"),
                new Fault(gate, HELP, "x=\"587\" y=\"184\"", "x=\"587\" y=\"160\"", "has its label on end_given"),
                new Fault(gate, HELP, "x=\"500\" y=\"143\"", "x=\"500\" y=\"155\"", "on the line of flow_given_given"),
                new Fault(gate, HELP, "x=\"587\" y=\"184\"", "x=\"581\" y=\"305\"", "has its label on that of"),
                new Fault(gate, HELP, "x=\"95\" y=\"184\"", "x=\"-95\" y=\"184\"", "has its label off the sheet"),
                new Fault(
                        gate,
                        HELP,
                        "<bpmndi:BPMNLabel><dc:Bounds x=\"95\" y=\"184\" width=\"91\" height=\"14\" /></bpmndi:BPMNLabel>",
                        "",
                        "a label without a place"),
                new Fault(gate, HELP, "y=\"184\" width=\"91\"", "y=\"184\" width=\"25\"", "breaks inside a word"),
                new Fault(
                        gate,
                        CASE,
                        "bpmnElement=\"boundary_refused\">\n        <dc:Bounds x=\"1078\"",
                        "bpmnElement=\"boundary_refused\">\n        <dc:Bounds x=\"1050\"",
                        "hides the marker of call_deliver"),
                new Fault(gate, HELP, firstShape, crowd + firstShape, "find the subprocess"));
    }
}
