package org.redress.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.redress.governance.RosterTasks;
import org.springframework.beans.factory.annotation.Autowired;

/** An application, by hand in Tasklist, from the start form to the Engaged member (membership-and-concern.md E.2). */
@SuppressWarnings("NullAway.Init")
class AdmissionInTasklistTest extends MembersAtTheirTasks {

    @Autowired
    private RosterTasks roster;

    AdmissionInTasklistTest() {
        super(40);
    }

    @Test
    void aCompanyBecomesAnEngagedMember() {
        people.tasklist("secretariat")
                .choose("All open")
                .startProcess("Membership admission")
                .readsWell()
                .fill(Map.of(
                        "applicantName", "Brackenfell Energy",
                        "applicantType", "COMPANY"))
                .fill(Map.of(
                        "sector", "ENERGY",
                        "targetStatus", "ENGAGED",
                        "applicantContact", "Head of security, by letter",
                        "applicationStatement", "The board has adopted a policy and names a contact."))
                .picture("40-apply-for-membership")
                .start();
        does(
                "secretariat",
                "task_checkCompleteness",
                Map.of("documentsReceived", documents(), "fileComplete", "YES"),
                Map.of("memberOrganisation", "org-brackenfell"));
        at("2026-04-01T09:00:00Z");
        does(
                "secretariat",
                "task_prepareDossier",
                Map.of("criteriaMet", "YES", "publicRecord", "Two reports of the press."));
        does("pillar-government", "task_consultGovernments", Map.of("viewGovernments", "SUPPORT"));
        does("pillar-corporate", "task_consultCompanies", Map.of("viewCompanies", "NO_COMMENT"));
        does(
                "pillar-ngo",
                "task_consultNgos",
                Map.of("viewNgos", "CONCERNS"),
                Map.of("commentNgos", "Who guards the convoys?"));
        does(
                "secretariat",
                "task_clarify",
                Map.of("clarificationHeld", "YES"),
                Map.of("clarificationNote", "The army guards them."));
        does(
                "steering-committee",
                "task_deliberate",
                Map.of("infoIsMissing", "NO", "deliberationNote", "All pillars were heard."));
        does("secretariat", "task_declareInterests", Map.of());
        does("secretariat", "task_seekConsensus", Map.of("electorsPresent", everybody(), "allAgreed", "NO"));
        does("steering-committee", "task_castVote", Map.of("voteChoice", "FAVOUR"));
        does("steering-committee-corporate", "task_castVote", Map.of("voteChoice", "FAVOUR"));
        does("steering-committee-ngo", "task_castVote", Map.of("voteChoice", "FAVOUR"));
        assertThat(roster.isKnown("org-brackenfell")).as("provisional").isFalse();
        at("2026-05-12T09:00:00Z");
        does("secretariat", "task_declareInterests", Map.of());
        does("government-chair", "task_seekConsensus", Map.of("electorsPresent", everybody(), "allAgreed", "YES"));
        assertThat(roster.statusOf("org-brackenfell")).isEqualTo("ENGAGED");
        does("association", "task_invoiceDues", Map.of("duesInvoiced", "YES"), Map.of("duesReference", "2026-17"));
    }

    private static List<String> everybody() {
        return List.of("org-member-gov", "org-member", "org-member-ngo");
    }

    private List<String> documents() {
        return com.jayway.jsonpath.JsonPath.parse(String.valueOf(as("secretariat")
                        .formVariables(as("secretariat").task("task_checkCompleteness"))
                        .get("documentList")))
                .read("$[*].value");
    }

    private void at(String moment) {
        travelTo(moment);
        fireDueJobs();
    }
}
