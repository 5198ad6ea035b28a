package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was told, kept in clear under a name that the models use for a choice, a number, a date or a code. */
@SuppressWarnings("NullAway.Init")
class TalesUnderPlainNamesTest extends AttackTest {

    private static final String TALE = "Anna from the depot by the river says that the foreman beats her";

    @Autowired
    private JdbcClient jdbc;

    @Test
    void aBareEngineKeepsATaleWhereAStateStood() {
        String instance = caseOnTheBareEngine(
                "to-tell", "camunda:assignee=\"${caseState}\"", "{\"variables\":{\"caseState\":{\"value\":\"NEW\"}}}");
        Caller anybody = onTheBareEngine();
        String path = "/engine-rest/process-instance/" + instance + "/variables/caseState";
        assertThat(anybody.put(path, "{\"value\":\"" + TALE + "\",\"type\":\"String\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(anybody.get(path).body()).contains("Anna");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT /process-instance/{case}/variables/caseState {\"value\":\"{tale}\",\"type\":\"String\"}",
                "PUT /process-instance/{case}/variables/sourceClass {\"value\":\"{tale}\",\"type\":\"String\"}",
                "PUT /process-instance/{case}/variables/sourceClass {\"value\":\"ANNA\",\"type\":\"String\"}",
                "PUT /process-instance/{case}/variables/specificity {\"value\":\"{tale}\",\"type\":\"String\"}",
                "PUT /process-instance/{case}/variables/childrenInvolved {\"value\":\"{tale}\",\"type\":\"String\"}",
                "PUT /process-instance/{case}/variables/emergencyUntil {\"value\":\"{tale}\",\"type\":\"String\"}",
                "PUT /process-instance/{case}/variables/exploitationTypes {\"value\":\"[\\\"{tale}\\\"]\",\"type\":\"Json\"}",
                "PUT /process-instance/{case}/variables/mode {\"value\":\"{\\\"{tale}\\\":1}\",\"type\":\"Json\"}",
                "PUT /process-instance/{case}/variables/mode {\"value\":\"{\\\"a\\\":[{\\\"b\\\":\\\"{tale}\\\"}]}\",\"type\":\"Json\"}",
                "PUT /process-instance/{case}/variables/mode {\"value\":\"<a>{tale}</a>\",\"type\":\"Xml\"}",
                "POST /process-instance/{case}/variables {\"modifications\":{\"childrenInvolved\":{\"value\":true},\"caseState\":{\"value\":\"{tale}\"}}}",
                "PUT /execution/{case}/localVariables/caseState {\"value\":\"{tale}\",\"type\":\"String\"}",
                "PUT /task/{task}/variables/caseState {\"value\":\"{tale}\",\"type\":\"String\"}",
                "PUT /task/{task}/localVariables/caseState {\"value\":\"{tale}\",\"type\":\"String\"}",
                "POST /task/{task}/complete {\"variables\":{\"caseState\":{\"value\":\"{tale}\"}}}",
                "POST /task/{task}/resolve {\"variables\":{\"caseState\":{\"value\":\"{tale}\"}}}",
                "POST /message {\"messageName\":\"grievance-received\",\"processVariables\":{\"caseState\":{\"value\":\"{tale}\"}}}",
                "POST /process-instance/{case}/modification {\"instructions\":[{\"type\":\"startBeforeActivity\",\"activityId\":\"call_verifyAllegation\",\"variables\":{\"caseState\":{\"value\":\"{tale}\"}}}]}",
                "POST /process-instance/variables-async {\"processInstanceIds\":[\"{case}\"],\"variables\":{\"caseState\":{\"value\":\"{tale}\"}}}"
            })
    void theProductKeepsNoTaleWhereAModelHasSomethingElse(String attack) {
        String instance = newCase();
        fireDueJobs();
        List<HttpResponse<String>> answers = sentByAnAdministrator(attack.replace("{case}", instance)
                .replace("{task}", screeningOf(instance))
                .replace("{tale}", TALE));
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).as(answer.body()).isIn(400, 403);
            assertThat(answer.body()).doesNotContain("Anna").doesNotContain("ANNA");
        });
        assertThat(historyService
                        .createHistoricVariableInstanceQuery()
                        .processInstanceId(instance)
                        .list())
                .extracting(variable -> String.valueOf(variable.getValue()))
                .noneMatch(value -> value.contains("Anna") || value.contains("ANNA"));
    }

    /** What a look at each word, or at spaces, would let pass. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // A list of single words, a long one of short ones, an object of them, one within another
                "mode {\"value\":\"[\\\"Anna\\\",{words}]\",\"type\":\"Json\"}",
                "mode {\"value\":\"{\\\"a\\\":[[\\\"Anna\\\"],[{words}]]}\",\"type\":\"Json\"}",
                "mode {\"value\":\"[\\\"Anna\\\",{long},{long},{long},{long},{long},{long},{long},{long},{long},{long}]\",\"type\":\"Json\"}",
                "mode {\"value\":\"[\\\"Anna\\\",{numbers}]\",\"type\":\"Json\"}",
                "mode {\"value\":\"[\\\"Anna\\\",{digits}]\",\"type\":\"Json\"}",
                // No spaces are needed, or other ones
                "mode {\"value\":\"Anna\u5b89\u5a1c\u8bf4\u5de5\u5934\u6253\u5979\",\"type\":\"String\"}",
                "mode {\"value\":\"[\\\"Anna\u5b89\u5a1c\u8bf4\u5de5\u5934\u6253\u5979\\\"]\",\"type\":\"Json\"}",
                "mode {\"value\":\"Anna\u00a0is\u00a0beaten\",\"type\":\"String\"}",
                "mode {\"value\":\"Anna\u2060is\u200bbeaten\",\"type\":\"String\"}",
                "facilitator {\"value\":\"Anna\u3000\u5b89\u5a1c\",\"type\":\"String\"}",
                "facilitator {\"value\":\"Anna\u5b89\u5a1c\",\"type\":\"String\"}",
                // Stands twice, or after the end, or beside the value
                "mode {\"value\":\"{\\\"a\\\":\\\"Anna is beaten\\\",\\\"a\\\":1}\",\"type\":\"Json\"}",
                "mode {\"value\":\"[1] Anna is beaten\",\"type\":\"Json\"}",
                "mode {\"value\":null,\"type\":\"File\",\"valueInfo\":{\"filename\":\"Anna is beaten\"}}",
                "mode {\"value\":\"[]\",\"type\":\"Object\",\"valueInfo\":{\"objectTypeName\":\"Anna is beaten\",\"serializationDataFormat\":\"application/json\"}}",
                "mode {\"value\":\"[]\",\"type\":\"Object\",\"valueInfo\":{\"objectTypeName\":\"java.lang.String\",\"serializationDataFormat\":\"Anna is beaten\"}}",
                "whatHappened {\"value\":\"[]\",\"type\":\"Object\",\"valueInfo\":{\"objectTypeName\":\"Anna is beaten\",\"serializationDataFormat\":\"application/json\"}}"
            })
    void norOneInPiecesOrBesideTheValue(String attack) {
        String[] parts = attack.split(" ", 2);
        String word = "\\\"is\\\",";
        String instance = newCase();
        String body = parts[1].replace("{words}", word.repeat(60) + "\\\"beaten\\\"")
                .replace("{long}", "\\\"" + "is.beaten.".repeat(12) + "\\\"")
                .replace("{numbers}", "65,".repeat(60) + "66")
                .replace("{digits}", "1".repeat(200));
        HttpResponse<String> answer =
                signedInAs("admin").put("/engine-rest/process-instance/" + instance + "/variables/" + parts[0], body);
        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 403);
        assertThat(answer.body()).doesNotContain("Anna");
        for (String table : List.of("ACT_RU_VARIABLE", "ACT_HI_VARINST", "ACT_HI_DETAIL")) {
            assertThat(jdbc.sql(
                                    "select count(*) from " + table
                                            + " where NAME_ = ? and PROC_INST_ID_ = ? and (TEXT_ like '%Anna%' or TEXT2_ like '%Anna%')")
                            .params(parts[0], instance)
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        }
    }

    /** What is kept are the digits as they came, however a reader rounds them off. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.{digits}",
                "0.{digits}e-1",
                "1e{zeros}1",
                "1.5e{zeros}999999",
                "[1,2.{digits}]",
                "{\\\"n\\\":[0.{digits}]}"
            })
    void aNumberIsAsLongAsItIsWritten(String number) {
        String digits = "6".repeat(200);
        String written = number.replace("{digits}", digits).replace("{zeros}", "0".repeat(200));
        String instance = newCase();
        Caller admin = signedInAs("admin");
        for (String name : List.of("mode", "specificity")) {
            assertThat(admin.put(
                                    "/engine-rest/process-instance/" + instance + "/variables/" + name,
                                    "{\"value\":\"" + written + "\",\"type\":\"Json\"}")
                            .statusCode())
                    .as(name)
                    .isIn(400, 403);
        }
        assertThat(admin.put(
                                "/engine-rest/process-instance/" + instance + "/variables/mode",
                                "{\"value\":\"[1.5,-2e3,12345678901234567890]\",\"type\":\"Json\"}")
                        .statusCode())
                .isEqualTo(204);
    }

    /** Nothing but blanks is nothing, and blanks of other kinds can be told apart. */
    @Test
    void blanksOfManyKindsAreNotKept() {
        String path = "/engine-rest/process-instance/" + newCase() + "/variables/mode";
        String blanks = "\u2001\u2002\u2003\u3000".repeat(20);
        Caller admin = signedInAs("admin");
        assertThat(admin.put(path, "{\"value\":\"" + blanks + "\",\"type\":\"String\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(admin.put(path, "{\"value\":\"" + blanks + "[]\",\"type\":\"Json\"}")
                        .statusCode())
                .isIn(400, 403);
        assertThat(admin.put(path, "{\"value\":\" \",\"type\":\"String\"}").statusCode())
                .isEqualTo(204);
    }

    @Test
    void aFileThereIsNotKeptEither() {
        HttpResponse<String> answer = signedInAs("admin")
                .multipart(
                        "/engine-rest/process-instance/" + newCase() + "/variables/caseState/data",
                        Map.of("data", TALE, "valueType", "Bytes"));
        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "caseState|\"value\":\"INVESTIGATING\",\"type\":\"String\"",
                "sourceClass|\"value\":\"NGO\",\"type\":\"String\"",
                "specificity|\"value\":3,\"type\":\"Integer\"",
                "specificity|\"value\":\"3\",\"type\":\"String\"",
                "childrenInvolved|\"value\":true,\"type\":\"Boolean\"",
                "emergencyUntil|\"value\":\"2026-03-14\",\"type\":\"String\"",
                "exploitationTypes|\"value\":\"[\\\"DEBT_BONDAGE\\\"]\",\"type\":\"Json\"",
                "exploitationTypes|\"value\":\"[]\",\"type\":\"Json\"",
                "sourceClass|\"value\":null,\"type\":\"Null\"",
                "progressSummary|\"value\":\"Two of three measures are done\",\"type\":\"String\"",
                "progressSummary|\"value\":\"三项措施中有两项已完成\",\"type\":\"String\"",
                "facilitator|\"value\":\"org-facilitator\",\"type\":\"String\"",
                "mode|\"value\":\"provider.org-provider,vsc.org-vsc\",\"type\":\"String\"",
                "mode|\"value\":\"2026-03-14T09:00:00.000+01:00\",\"type\":\"String\"",
                "mode|\"value\":\"R-2026-0001\",\"type\":\"String\"",
                "mode|\"value\":\"case-officer@example.org\",\"type\":\"String\"",
                "mode|\"value\":\"[\\\"org-luma\\\",\\\"org-nova\\\"]\",\"type\":\"Json\"",
                "mode|\"value\":\"{\\\"level\\\":\\\"2B\\\",\\\"due\\\":\\\"2026-03-14\\\",\\\"n\\\":3}\",\"type\":\"Json\""
            })
    void whatTheNameHoldsIsKept(String name, String value) {
        HttpResponse<String> answer = signedInAs("admin")
                .put("/engine-rest/process-instance/" + newCase() + "/variables/" + name, "{" + value + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    @Test
    void whoeverIsRefusedIsToldWhatTheNameHolds() {
        String path = "/engine-rest/process-instance/" + newCase() + "/variables/";
        String body = "{\"value\":\"" + TALE + "\",\"type\":\"String\"}";
        Caller admin = signedInAs("admin");
        assertThat(admin.put(path + "caseState", body).body())
                .contains(
                        "The variable caseState holds a code or a reference without spaces, of at most 128 characters",
                        "or a list of at most 50 of them",
                        "Leave words out here: what is told in a case is told in its forms");
        assertThat(admin.put(path + "sourceClass", body).body()).contains("one of the choices of its form");
        assertThat(admin.put(path + "specificity", body).body()).contains("holds a number");
        assertThat(admin.put(path + "emergencyUntil", body).body()).contains("holds a date, such as 2026-03-14");
        assertThat(admin.put(path + "childrenInvolved", body).body()).contains("holds true or false");
    }
}
