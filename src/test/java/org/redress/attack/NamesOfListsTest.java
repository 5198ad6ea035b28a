package org.redress.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.camunda.bpm.engine.FilterService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redress.engine.Roles;
import org.springframework.beans.factory.annotation.Autowired;

/** A list of Tasklist has a free name and description, which everybody reads and no erasure finds. */
@SuppressWarnings("NullAway.Init")
class NamesOfListsTest extends AttackTest {

    private static final String TOLD =
            "{\"resourceType\":\"Task\",\"name\":\"Anna of the depot\",\"query\":{},\"properties\":{\"description\":\"Beaten\"}}";

    @Autowired
    private FilterService filters;

    @AfterEach
    void nothingStays() {
        filters.createFilterQuery()
                .filterNameLike("Anna%")
                .list()
                .forEach(filter -> filters.deleteFilter(filter.getId()));
    }

    @Test
    void onABareEngineAnybodyWritesOne() {
        HttpResponse<String> answer = onTheBareEngine().post("/engine-rest/filter/create", TOLD);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(onTheBareEngine().get("/engine-rest/filter").body()).contains("Anna of the depot");
    }

    @Test
    void hereNobodyWhoWorksOnACaseOrWatchesWritesOrChangesOne() {
        String known = filters.createTaskFilterQuery()
                .filterName("My tasks")
                .singleResult()
                .getId();
        for (String role : Roles.all()) {
            if (role.equals(Roles.ADMINISTRATOR)) {
                continue;
            }
            Caller caller = signedInAs(role);
            assertThat(caller.post("/engine-rest/filter/create", TOLD).statusCode())
                    .as(role)
                    .isEqualTo(403);
            assertThat(caller.put("/engine-rest/filter/" + known, TOLD).statusCode())
                    .as(role)
                    .isEqualTo(403);
        }
        for (String user : List.of("downstream", "vsc", "dpo")) {
            Caller inTasklist = asNobody();
            assertThat(inTasklist.signIn("tasklist", user, user).statusCode()).isEqualTo(200);
            String filter = "/camunda/api/engine/engine/default/filter/";
            assertThat(inTasklist
                            .post(filter + "create", TOLD, inTasklist.token())
                            .statusCode())
                    .as(user)
                    .isEqualTo(403);
            assertThat(inTasklist.put(filter + known, TOLD, inTasklist.token()).statusCode())
                    .as(user)
                    .isEqualTo(403);
        }
        assertThat(filters.createFilterQuery().filterNameLike("Anna%").count()).isZero();
        assertThat(filters.getFilter(known).getName()).isEqualTo("My tasks");
    }
}
