package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whoever asks for all rows at once takes a node's memory. */
@SuppressWarnings("NullAway.Init")
class EverythingAtOnceTest extends AttackTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MORE = 2_001;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void manyGroups() {
        jdbc.sql("insert into act_id_group (id_, rev_, name_, type_) select 'many-' || n, 1, 'many', 'many'"
                        + " from generate_series(1, ?) n")
                .param(MORE)
                .update();
    }

    @AfterEach
    void noneStays() {
        jdbc.sql("delete from act_id_group where type_ = 'many'").update();
    }

    @Test
    void aBareEngineHandsOutEverything() throws Exception {
        onTheBareEngine()
                .deploy(
                        "/engine-rest",
                        "crowd.bpmn",
                        model(
                                "crowd",
                                "",
                                "<multiInstanceLoopCharacteristics><loopCardinality>" + MORE
                                        + "</loopCardinality></multiInstanceLoopCharacteristics>",
                                ""));
        String started = onTheBareEngine()
                .post("/engine-rest/process-definition/key/crowd/start", "{}")
                .body();
        assertThat(MAPPER.readTree(onTheBareEngine()
                        .get("/engine-rest/task?processDefinitionKey=crowd")
                        .body()))
                .as(started)
                .hasSize(MORE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/engine-rest/group?type=many",
                "/engine-rest/group?type=many&firstResult=0",
                "/engine-rest/group?type=many&maxResults=2147483647",
                "/engine-rest/group?type=many&maxResults=2001",
                "/engine-rest/engine/default/group?type=many",
                "/engine-rest/task?maxResults=100000",
                "/engine-rest/history/detail?maxResults=100000",
                "/engine-rest/history/user-operation?maxResults=100000"
            })
    void theProductRefusesMoreThanAPage(String path) {
        HttpResponse<String> answer = signedInAs("admin").get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body().length()).isLessThan(1_000);
    }

    @Test
    void norDoTheWebAppsGetMore() {
        Caller admin = asNobody();
        admin.signIn("cockpit", "admin", "admin");
        for (String path : List.of(
                "/camunda/api/engine/engine/default/group?type=many",
                "/camunda/api/engine/engine/default/group?type=many&maxResults=2001")) {
            assertThat(admin.get(path).statusCode()).as(path).isEqualTo(400);
        }
        for (String path : List.of(
                "/camunda/api/cockpit/plugin/base/default/process-instance",
                "/camunda/api/cockpit/plugin/base/default/process-instance?firstResult=0&maxResults=2001")) {
            assertThat(admin.post(path, "{}", admin.token()).statusCode())
                    .as(path)
                    .isEqualTo(400);
        }
        assertThat(admin.post(
                                "/camunda/api/cockpit/plugin/base/default/process-instance?firstResult=0&maxResults=50",
                                "{}",
                                admin.token())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void pagesAndShortListsGoOn() throws Exception {
        Caller admin = signedInAs("admin");
        assertThat(MAPPER.readTree(admin.get("/engine-rest/group?type=many&firstResult=1000&maxResults=1001")
                        .body()))
                .hasSize(1001);
        assertThat(MAPPER.readTree(admin.get("/engine-rest/group?id=smelter").body()))
                .hasSize(1);
        assertThat(MAPPER.readTree(
                        admin.get("/engine-rest/group/count?type=many").body()))
                .hasToString("{\"count\":" + MORE + "}");
        String filter = engine.getFilterService()
                .createFilterQuery()
                .filterName("All open")
                .singleResult()
                .getId();
        assertThat(admin.get("/engine-rest/filter/" + filter + "/list").statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatTheProductItselfAsksHasNoEnd() {
        assertThat(identityService.createGroupQuery().groupType("many").list()).hasSize(MORE);
    }
}
