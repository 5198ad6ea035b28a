package org.redress.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redress.engine.InvalidInput;
import org.redress.governance.Term.Office;

/** Who is a member, who votes, who sits where. */
class RosterTest extends CalendarTest {

    @Test
    void theElectorsOfAPlenaryAreTheFullMembers() {
        admit("org-test-gov", "government", "FULL");
        admit("org-test-corp", "corporate", "ENGAGED");
        admit("org-test-ngo", "ngo", "FULL");
        admit("org-test-observer", "observer", "OBSERVER");
        roster.changeStatus("org-test-ngo", "INACTIVE", "M-2026-0002", "REPORT_MISSING");

        assertThat(roster.electors("PLENARY").toString()).isEqualTo("[" + elector("org-test-gov", "government") + "]");

        roster.changeStatus("org-test-corp", "FULL", "M-2026-0003", "RATIFIED");
        roster.reinstate("org-test-ngo", "M-2026-0002", "REPORT_FILED");
        assertThat(roster.electors("PLENARY").toString())
                .isEqualTo("[" + elector("org-test-corp", "corporate") + "," + elector("org-test-gov", "government")
                        + "," + elector("org-test-ngo", "ngo") + "]");
    }

    @Test
    void engagedMembersVoteWhereTheOperatorSaysSo() {
        admit("org-test-corp", "corporate", "ENGAGED");
        assertThat(roster.electors("PLENARY").elements()).isEmpty();
        Roster generous = new Roster(members, terms, new GovernanceSettings(true, 4));
        assertThat(generous.electors(Roster.Body.PLENARY))
                .extracting(Member::organisation)
                .containsExactly("org-test-corp");
    }

    @Test
    void theElectorsOfTheSteeringCommitteeHoldASeatTodayAndTakePart() {
        admit("org-test-gov", "government", "FULL");
        admit("org-test-corp", "corporate", "ENGAGED");
        admit("org-test-ngo", "ngo", "FULL");
        admit("org-test-ngo2", "ngo", "FULL");
        seat("org-test-gov");
        seat("org-test-corp", "2026-01-01", "2026-02-02");
        seat("org-test-ngo");
        seat("org-test-ngo2", "2026-02-03", null);
        give(Office.CHAIR, "org-test-gov", "2026-01-01", null);
        roster.changeStatus("org-test-ngo", "INACTIVE", "M-2026-0002", "DUES_UNPAID");

        assertThat(roster.electors("STEERING_COMMITTEE").toString())
                .as("the last day counts, a later first day does not, an inactive member never")
                .isEqualTo("[" + elector("org-test-corp", "corporate") + "," + elector("org-test-gov", "government")
                        + "]");
        travelTo("2026-02-03T00:00:00Z");
        assertThat(roster.electors("STEERING_COMMITTEE").toString())
                .isEqualTo("[" + elector("org-test-gov", "government") + "," + elector("org-test-ngo2", "ngo") + "]");
        assertThatThrownBy(() -> roster.electors("BOARD"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("BOARD");
    }

    private static String elector(String organisation, String pillar) {
        return org.redress.engine.Lists.json(java.util.Map.of(
                        "organisation", organisation, "name", "Name of " + organisation, "pillar", pillar))
                .toString();
    }

    @Test
    void theCommitteeWithoutThoseWhoAreRecused() {
        assertThatThrownBy(() -> committee.groups(null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no active member holds a seat today");
        admit("org-test-gov", "government", "FULL");
        admit("org-test-ngo", "ngo", "FULL");
        seat("org-test-gov");
        seat("org-test-ngo");

        assertThat(committee.groups(null))
                .containsExactly("steering-committee.org-test-gov", "steering-committee.org-test-ngo");
        assertThat(committee.groups(json(List.of("org-test-gov", "org-luma"))))
                .containsExactly("steering-committee.org-test-ngo");
        assertThatThrownBy(() -> committee.groups(json(List.of("org-test-gov", "org-test-ngo"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("each of the 2 members with a seat is recused");
        assertThat(committee.chair()).isEmpty();
        give(Office.CHAIR, "org-test-gov", "2026-02-02", "2026-05-15");
        assertThat(committee.chair()).isEqualTo("org-test-gov");
    }

    @Test
    void admissionIsRecordedOnceAndRegistersTheOrganisationAsMember() {
        admit("org-test-ngo", "ngo", "ENGAGED");
        admit("org-test-ngo", "ngo", "ENGAGED");
        assertThat(roster.statusOf("org-test-ngo")).isEqualTo("ENGAGED");
        assertThat(roster.pillarOf("org-test-ngo")).isEqualTo("ngo");
        assertThat(roster.isKnown("org-test-ngo")).isTrue();
        assertThat(roster.isKnown("org-test-other")).isFalse();
        assertThat(statusHistory("org-test-ngo")).containsExactly("M-2026-0001: null -> ENGAGED, RATIFIED");
        assertThat(jdbc.sql("select name from organisation_role where organisation = ? and role = 'member'")
                        .param("org-test-ngo")
                        .query(String.class)
                        .single())
                .isEqualTo("Name of org-test-ngo");

        travelTo("2026-06-01T10:00:00Z");
        roster.changeStatus("org-test-ngo", "FULL", "M-2026-0007", "RATIFIED");
        roster.changeStatus("org-test-ngo", "FULL", "M-2026-0007", "RATIFIED");
        Member full = members.get("org-test-ngo");
        assertThat(full.engagedSince()).isEqualTo("2026-02-02");
        assertThat(full.fullSince()).isEqualTo("2026-06-01");
        assertThat(statusHistory("org-test-ngo")).hasSize(2).last().isEqualTo("M-2026-0007: ENGAGED -> FULL, RATIFIED");
    }

    @Test
    void whoLeavesLosesSeatAndChairWithTheDayAndMayBeAdmittedAgain() {
        admit("org-test-gov", "government", "FULL");
        seat("org-test-gov");
        give(Office.CHAIR, "org-test-gov", "2026-03-01", null);
        roster.changeStatus("org-test-gov", "EXPELLED", "C-2026-0004", "PLENARY_DECIDED");

        assertThat(roster.electors("STEERING_COMMITTEE").elements()).isEmpty();
        assertThat(jdbc.sql("select until_day from term order by from_day")
                        .query(java.time.LocalDate.class)
                        .list())
                .containsOnly(java.time.LocalDate.parse("2026-02-02"));
        travelTo("2026-03-02T00:00:00Z");
        assertThat(committee.chair())
                .as("a term that had not begun never begins")
                .isEmpty();
        assertThat(history("COMMITTEE_SEAT org-test-gov"))
                .containsExactly("GIVEN null -> 2026-01-01 on", "ENDED 2026-01-01 on -> 2026-01-01 to 2026-02-02");

        assertThatThrownBy(() -> roster.changeStatus("org-test-gov", "FULL", "M-2026-0009", "RATIFIED"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("has left: it is admitted again first");
        admit("org-test-gov", "government", "ENGAGED");
        assertThat(roster.statusOf("org-test-gov")).isEqualTo("ENGAGED");
        assertThat(members.get("org-test-gov").fullSince()).isNull();
    }

    @ParameterizedTest(name = "{1} in {0} becomes {2}: {3}")
    @CsvSource({
        "observer, OBSERVER, FULL, has no way to membership",
        "ngo, FULL, ENGAGED, cannot become ENGAGED",
        "ngo, FULL, BANNED, There is no status BANNED",
    })
    void aStatusThatTheRulesDoNotLeaveOpenIsRefused(String pillar, String status, String to, String saying) {
        admit("org-test-a", pillar, status);
        assertThatThrownBy(() -> roster.changeStatus("org-test-a", to, "M-2026-0002", "X"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(saying);
        assertThat(roster.statusOf("org-test-a")).isEqualTo(status);
    }

    @Test
    void anInactiveMemberGoesBackToWhereItStoodAndNowhereElse() {
        admit("org-test-a", "ngo", "ENGAGED");
        roster.changeStatus("org-test-a", "INACTIVE", "M-2026-0002", "REFUSED");
        assertThatThrownBy(() -> roster.changeStatus("org-test-a", "FULL", "M-2026-0003", "RATIFIED"))
                .hasMessageContaining("goes back to the status that it had");
        roster.changeStatus("org-test-a", "ENGAGED", "M-2026-0002", "CURED");
        roster.reinstate("org-test-a", "M-2026-0002", "CURED");
        assertThat(statusHistory("org-test-a"))
                .containsExactly(
                        "M-2026-0001: null -> ENGAGED, RATIFIED",
                        "M-2026-0002: ENGAGED -> INACTIVE, REFUSED",
                        "M-2026-0002: INACTIVE -> ENGAGED, CURED");
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}: {4}")
    @CsvSource({
        "org-test-a, Name,  observer,   FULL,     do not fit",
        "org-test-a, Name,  ngo,        OBSERVER, do not fit",
        "org-test-a, Name,  university, FULL,     do not fit",
        "org-test-a, Name,  ngo,        INACTIVE, Nobody is admitted as INACTIVE",
        "org-test-a, ' ',   ngo,        FULL,     name is missing",
        "test-a,     Name,  ngo,        FULL,     begins with org-",
        "org-test-x, Name,  corporate,  FULL,     'is a member already (ngo, FULL): change its status instead'",
        "org-test-x, Name,  ngo,        ENGAGED,  'is a member already (ngo, FULL): change its status instead'",
    })
    void anAdmissionThatCannotBeIsRefused(
            String organisation, String name, String pillar, String status, String saying) {
        admit("org-test-x", "ngo", "FULL");
        assertThatThrownBy(() -> roster.admit(organisation, name, pillar, status, "M-2026-0002", "RATIFIED"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(saying);
        assertThat(members.all()).hasSize(1);
    }

    @Test
    void aPillarHasFourSeatsOnEachDay() {
        for (int each = 1; each <= 6; each++) {
            admit("org-test-" + each, "ngo", "FULL");
        }
        admit("org-test-gov", "government", "FULL");
        seat("org-test-1");
        seat("org-test-2");
        seat("org-test-3", "2026-01-01", "2026-06-30");
        seat("org-test-4", "2026-05-01", null);
        seat("org-test-gov");
        seat("org-test-5", "2026-07-01", null);

        assertThatThrownBy(() -> seat("org-test-6", "2026-08-01", null))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("The pillar ngo has all its 4 seats on 2026-08-01: end a term first, or choose other days");
        assertThatThrownBy(() -> seat("org-test-6", "2026-02-02", null))
                .as("free today, and not for as long as it is wanted")
                .hasMessageContaining("on 2026-05-01");
        seat("org-test-6", "2026-02-02", "2026-04-30");
    }

    @Test
    void aSeatIsGivenToAMemberThatTakesPartOnceAtATime() {
        admit("org-test-a", "ngo", "FULL");
        admit("org-test-b", "corporate", "FULL");
        admit("org-test-observer", "observer", "OBSERVER");
        seat("org-test-a", "2026-01-01", "2026-03-31");
        assertThatThrownBy(() -> seat("org-test-a", "2026-03-31", null))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("holds a seat 2026-01-01 to 2026-03-31: end that term first");
        seat("org-test-a", "2026-04-01", null);
        assertThatThrownBy(() -> seat("org-test-nobody")).hasMessageContaining("org-test-nobody is no member");
        assertThatThrownBy(() -> seat("org-test-observer")).hasMessageContaining("is an observer");
        assertThatThrownBy(() -> seat("org-test-b", "2026-03-01", "2026-02-28"))
                .hasMessageContaining("is before the first day");
        assertThatThrownBy(() -> seat("org-test-b", "2025-01-01", "2026-02-01")).hasMessageContaining("is in the past");
        roster.changeStatus("org-test-b", "INACTIVE", "M-2026-0002", "DUES_UNPAID");
        assertThatThrownBy(() -> seat("org-test-b")).hasMessageContaining("is INACTIVE and has no part");
    }

    @Test
    void thereIsOneChairAndItIsAGovernment() {
        admit("org-test-gov", "government", "FULL");
        admit("org-test-gov2", "government", "ENGAGED");
        admit("org-test-ngo", "ngo", "FULL");
        assertThatThrownBy(() -> give(Office.CHAIR, "org-test-ngo", "2026-02-02", null))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("The chair is a government");
        give(Office.CHAIR, "org-test-gov", "2026-02-02", "2026-05-15");
        assertThatThrownBy(() -> give(Office.CHAIR, "org-test-gov2", "2026-05-15", null))
                .hasMessageContaining("org-test-gov holds the chair 2026-02-02 to 2026-05-15");
        give(Office.CHAIR, "org-test-gov2", "2026-05-16", null);
        travelTo("2026-05-16T00:00:00Z");
        assertThat(committee.chair()).isEqualTo("org-test-gov2");
    }

    @Test
    void aTermEndsOnceAndNotInThePast() {
        admit("org-test-a", "ngo", "FULL");
        seat("org-test-a", "2026-01-01", "2026-12-31");
        long id = terms.running(Office.COMMITTEE_SEAT).get(0).id();
        assertThatThrownBy(() -> end(id, "2026-02-01")).hasMessageContaining("is in the past");
        assertThatThrownBy(() -> end(id, "2027-01-31")).hasMessageContaining("ends on 2026-12-31 already");
        assertThatThrownBy(() -> end(id + 1000, "2026-03-01")).hasMessageContaining("There is no such term");
        end(id, "2026-03-01");
        end(id, "2026-03-01");
        assertThat(history("COMMITTEE_SEAT org-test-a")).hasSize(2);
        travelTo("2026-03-02T00:00:00Z");
        assertThatThrownBy(() -> end(id, "2026-03-02")).hasMessageContaining("is over already");
    }

    private void end(long term, String lastDay) {
        terms.end(term, java.time.LocalDate.parse(lastDay), BY, WHY);
    }

    @Test
    void nodesThatGiveTheLastSeatAtOnceGiveItOnce() {
        for (int each = 1; each <= 7; each++) {
            admit("org-test-" + each, "ngo", "FULL");
        }
        IntStream.rangeClosed(1, 3).forEach(each -> seat("org-test-" + each));
        List<CompletableFuture<Void>> rush = new ArrayList<>();
        IntStream.rangeClosed(4, 7)
                .forEach(each -> rush.add(CompletableFuture.runAsync(() -> seat("org-test-" + each))));
        rush.forEach(each -> each.handle((nothing, fault) -> "over").join());
        assertThat(terms.running(Office.COMMITTEE_SEAT)).hasSize(4);
        assertThat(rush.stream().filter(CompletableFuture::isCompletedExceptionally))
                .hasSize(3);
    }

    private List<String> statusHistory(String organisation) {
        return jdbc.sql("select case_number, from_status, to_status, reason from member_status_change"
                        + " where organisation = ? order by id")
                .param(organisation)
                .query((row, index) -> row.getString("case_number") + ": " + row.getString("from_status") + " -> "
                        + row.getString("to_status") + ", " + row.getString("reason"))
                .list();
    }

    @Test
    void everyMemberOwesAReportAnInactiveOneTooAndNoObserver() {
        admit("org-luma", "corporate", "FULL");
        admit("org-nova", "corporate", "ENGAGED");
        admit("org-vsc", "ngo", "FULL");
        admit("org-provider", "observer", "OBSERVER");
        admit("org-legal", "ngo", "FULL");
        roster.changeStatus("org-vsc", "INACTIVE", "M-2026-0001", "DUES_OVERDUE");
        roster.changeStatus("org-provider", "INACTIVE", "M-2026-0001", "DUES_OVERDUE");
        roster.changeStatus("org-legal", "WITHDRAWN", "M-2026-0001", "WITHDRAWN");

        assertThat(roster.reporting()).containsExactlyInAnyOrder("org-luma", "org-nova", "org-vsc");
        assertThat(roster.inactiveBecause("org-vsc")).isEqualTo("DUES_OVERDUE");
        roster.reinstate("org-vsc", "M-2026-0001", "CURED");
        assertThat(roster.inactiveBecause("org-vsc")).isEmpty();
        assertThat(roster.inactiveBecause("org-nobody")).isEmpty();
    }

    @Test
    void whatAPlenaryDecidesStandsBesideWhatAMemberCuresItself() {
        admit("org-luma", "corporate", "FULL");
        roster.changeStatus("org-luma", "INACTIVE", "M-2026-0001", "DUES_OVERDUE");
        roster.changeStatus("org-luma", "INACTIVE", "M-2026-0001", "REPORT_MISSING");
        roster.changeStatus("org-luma", "INACTIVE", "C-2026-0001", "PLENARY_DECISION");
        roster.changeStatus("org-luma", "INACTIVE", "M-2026-0001", "REFUSAL");
        assertThat(roster.inactiveBecause("org-luma")).isEqualTo("PLENARY_DECISION");
        roster.reinstate("org-luma", "M-2026-0001", "CURED");
        roster.reinstate("org-luma", "M-2026-0001", "CURED");
        assertThat(statusHistory("org-luma"))
                .containsExactly(
                        "M-2026-0001: null -> FULL, RATIFIED",
                        "M-2026-0001: FULL -> INACTIVE, DUES_OVERDUE",
                        "C-2026-0001: INACTIVE -> INACTIVE, PLENARY_DECISION",
                        "M-2026-0001: INACTIVE -> INACTIVE, CURED");
        assertThat(roster.statusOf("org-luma")).isEqualTo("INACTIVE");
        assertThat(roster.inactiveBecause("org-luma")).isEqualTo("PLENARY_DECISION");
        roster.changeStatus("org-luma", "WITHDRAWN", null, "WITHDRAWN_BY_MEMBER");
        assertThat(roster.inactiveBecause("org-luma")).isEmpty();
    }
}
