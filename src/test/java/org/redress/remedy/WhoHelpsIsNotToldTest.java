package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.redress.PartnerCalls;

/** Who watches the processes learns from the trail of a case that somebody helps, and not who (remedy.md C). */
class WhoHelpsIsNotToldTest extends OnePersonTest {

    @Test
    void anOverseerDoesNotLearnWhichOrganisationHelps() {
        jdbc.sql("insert into case_file (case_number, process_instance_id, received_at) values (?, 'none', now())")
                .param(caseNumber)
                .update();
        planned("SHELTER");
        as("vsc").complete("task_referToService", VictimForms.referredTo("org-provider"));
        as("provider").formVariables(as("provider").task("task_confirmService"));
        as("provider").complete("task_confirmService", VictimForms.accepted());

        DocumentContext whole = trail("dpo");
        assertThat(whole.<List<String>>read("$.lines[*].by")).contains("provider", "vsc");
        assertThat(whole.jsonString()).contains("org-provider");
        assertThat(whole.<List<String>>read("$.lines[?(@.by=='provider')].kind"))
                .contains("TASK", "OPERATION", "READ");

        DocumentContext seen = trail("overseer");
        assertThat(seen.<List<String>>read("$.lines[*].by"))
                .contains("a provider", "vsc")
                .doesNotContain("provider");
        assertThat(seen.jsonString()).doesNotContain("org-provider");
        assertThat(JsonPath.parse(seen.jsonString())
                        .<List<Map<String, Object>>>read("$.lines[?(@.facts.role=='provider')].facts"))
                .as("that one became party, and got a letter")
                .isNotEmpty()
                .allSatisfy(facts -> assertThat(facts).doesNotContainKey("organisation"));
        assertThat(seen.<List<Map<String, Object>>>read("$.lines[?(@.what=='Task Claim')].facts.changed.assignee"))
                .extracting(change -> change.get("is"))
                .contains("a provider", "vsc")
                .doesNotContain("provider");
        assertThat(seen.<List<String>>read("$.lines[?(@.facts.role=='vsc')].facts.organisation"))
                .contains("org-vsc");
    }

    private DocumentContext trail(String reader) {
        HttpResponse<String> answer = new PartnerCalls(port).get(reader, "/api/audit?caseNumber=" + caseNumber);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonPath.parse(answer.body());
    }
}
