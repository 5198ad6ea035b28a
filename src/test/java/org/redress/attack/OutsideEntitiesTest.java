package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.camunda.bpm.engine.ProcessEngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** A model that names a file of the server as an entity would carry it out. Closed as shipped; it stays so. */
class OutsideEntitiesTest extends AttackTest {

    private static final String MARK = "content-of-a-file-of-the-server";

    @Test
    void aDiagramBringsNoFileOfTheServer(@TempDir Path folder) throws Exception {
        String diagram = model("entities", "", "<documentation>&file;</documentation>", "")
                .replaceFirst("\\?>", "?>" + declaration(folder, "definitions"));
        assertThat(readByAPlainReader(diagram)).contains(MARK);

        assertThat(deployedOnTheBareEngine("entities.bpmn", diagram)).doesNotContain(MARK);
        assertThat(deployedHere("entities.bpmn", diagram)).doesNotContain(MARK);
    }

    @Test
    void norDoesADecision(@TempDir Path folder) throws Exception {
        String decision =
                """
                <?xml version="1.0" encoding="UTF-8"?>%s
                <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="entities" name="Entities"
                    xmlns:camunda="http://camunda.org/schema/1.0/dmn" namespace="http://camunda.org/schema/1.0/dmn">
                  <decision id="entities-table" name="&file;" camunda:historyTimeToLive="P1D">
                    <variable id="v" name="found"/>
                    <literalExpression id="l" expressionLanguage="feel"><text>"&file;"</text></literalExpression>
                  </decision>
                </definitions>
                """
                        .formatted(declaration(folder, "definitions"))
                        .replace("name=\"&file;\"", "name=\"Entities\"");
        assertThat(readByAPlainReader(decision)).contains(MARK);

        assertThat(deployedOnTheBareEngine("entities.dmn", decision)).doesNotContain(MARK);
        assertThat(deployedHere("entities.dmn", decision)).doesNotContain(MARK);
    }

    private static String declaration(Path folder, String root) throws Exception {
        Path file = Files.writeString(folder.resolve("secret.txt"), MARK);
        return "<!DOCTYPE " + root + " [<!ENTITY file SYSTEM \"" + file.toUri() + "\">]>";
    }

    /** What a reader does that nobody has told otherwise. */
    private static String readByAPlainReader(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new java.io.StringReader(xml)))
                .getDocumentElement()
                .getTextContent();
    }

    private static String deployedOnTheBareEngine(String file, String content) {
        HttpResponse<String> answer = onTheBareEngine().deploy("/engine-rest", file, content);
        return answer.body()
                + onTheBareEngine()
                        .post("/engine-rest/decision-definition/key/entities-table/evaluate", "{\"variables\":{}}")
                        .body();
    }

    /** All that the product makes of it: the refusal, or what it reads in the model. */
    private String deployedHere(String file, String content) {
        try {
            String deployment = repositoryService
                    .createDeployment()
                    .name("attack")
                    .addInputStream(file, new java.io.ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)))
                    .deploy()
                    .getId();
            try {
                return read(file, deployment);
            } finally {
                repositoryService.deleteDeployment(deployment, true);
            }
        } catch (ProcessEngineException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private String read(String file, String deployment) {
        if (file.endsWith(".dmn")) {
            return signedInAs("admin")
                    .post("/engine-rest/decision-definition/key/entities-table/evaluate", "{\"variables\":{}}")
                    .body();
        }
        return repositoryService
                .getBpmnModelInstance(repositoryService
                        .createProcessDefinitionQuery()
                        .deploymentId(deployment)
                        .singleResult()
                        .getId())
                .getDocument()
                .getRootElement()
                .getTextContent();
    }
}
