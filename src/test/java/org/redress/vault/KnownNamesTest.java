package org.redress.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which names a form, a diagram or a decision uses. */
class KnownNamesTest {

    @Test
    void aFormUsesItsFieldsAndWhatItsConditionsChoicesAndTextsName() {
        assertThat(
                        namesIn(
                                "a.form",
                                """
                        {"id":"a","components":[
                          {"type":"textfield","key":"site","label":"Where?","conditional":{"hide":"=mode = \\"URGENT\\""}},
                          {"type":"dynamiclist","path":"people","components":[{"type":"textfield","key":"nick"}]},
                          {"type":"select","key":"helper","valuesKey":"helpers"},
                          {"type":"text","text":"Case {{caseNumber}} of Anna"}]}
                        """))
                .contains("site", "mode", "people", "nick", "helper", "helpers", "caseNumber")
                .doesNotContain("Anna", "URGENT", "Where");
    }

    @Test
    void aDiagramUsesWhatItsExpressionsAndMappingsName() {
        assertThat(
                        namesIn(
                                "a.bpmn",
                                """
                        <bpmn:process id="p" name="Anna">
                          <bpmn:callActivity camunda:collection="rows" camunda:elementVariable='row'>
                            <camunda:in source="ours" target="theirs" /><camunda:out source="back" target="home"/>
                          </bpmn:callActivity>
                          <bpmn:serviceTask camunda:resultVariable="found"
                              camunda:expression="${desk.find(execution, 'Maria', wanted).size()}">
                            <camunda:inputParameter name="event">plain words</camunda:inputParameter>
                          </bpmn:serviceTask>
                          <bpmn:documentation>Josephine</bpmn:documentation>
                        </bpmn:process>
                        """))
                .contains("rows", "row", "ours", "theirs", "back", "home", "found", "wanted", "event")
                .doesNotContain("Anna", "Maria", "Josephine", "plain", "words", "find", "size");
    }

    @Test
    void aDecisionUsesItsInputsAndOutputsAndNoneOfItsNotes() {
        assertThat(
                        namesIn(
                                "a.dmn",
                                """
                        <decisionTable>
                          <input label="How bad"><inputExpression typeRef="string"><text>severity</text></inputExpression></input>
                          <output name="level" typeRef="string"/>
                          <rule><description>Anna</description>
                            <inputEntry><text>"Maria"</text></inputEntry>
                            <annotationEntry><text>Josephine</text></annotationEntry>
                          </rule>
                        </decisionTable>
                        """))
                .contains("severity", "level")
                .doesNotContain("Anna", "Maria", "Josephine", "string", "bad");
    }

    private static Set<String> namesIn(String resource, String text) {
        Set<String> names = new TreeSet<>();
        KnownNames.collect(resource, text, names);
        return names;
    }
}
