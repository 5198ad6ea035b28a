package org.redress.membership;

import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.spin.json.SpinJsonNode;
import org.redress.deadline.Deadlines;
import org.redress.engine.InvalidInput;
import org.redress.engine.Lists;
import org.redress.engine.Parties;
import org.redress.governance.EngagementRefused;
import org.redress.governance.Governance;
import org.redress.governance.Plenary;
import org.redress.governance.RosterTasks;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.annotation.Transactional;

/** What {@code bpmn/membership/member-standing} and {@code call-for-reports} ask of Java, in the order of the diagrams. */
@Configuration(proxyBeanMethods = false)
class StandingTasks {

    @Bean
    Standing standing(
            Governance governance,
            RosterTasks roster,
            Parties parties,
            Deadlines deadlines,
            StandingYears years,
            StandingWorkflow workflow) {
        return new Standing(governance, roster, parties, deadlines, years, workflow);
    }

    /** Begins a year for every member that reports and has none; all of them or none. Twice is as good as once. */
    @Bean
    JavaDelegate callForReports(Standing standing, RosterTasks roster, Governance governance) {
        return execution -> {
            String plenaryId = (String) execution.getVariable("reportingFor");
            long waiting = governance.plenary(plenaryId).state() != Plenary.State.PLANNED
                    ? 0
                    : roster.reporting().stream()
                            .filter(member -> standing.begin(member, plenaryId).isEmpty())
                            .count();
            execution.setVariable("membersWaiting", waiting);
        };
    }

    /** Confirms that nothing is open; a member that was inactive from an earlier year has its status back. */
    @Bean
    JavaDelegate confirmStanding(RosterTasks roster) {
        return execution -> roster.reinstate(text(execution, "memberId"), text(execution, "caseNumber"), "CURED");
    }

    /** Records the status; one that is inactive already stays so, for the reason that is on record. */
    @Bean
    JavaDelegate recordInactive(Standing standing, RosterTasks roster) {
        return execution -> {
            String memberId = text(execution, "memberId");
            if (!standing.inactiveByPlenary(memberId)) {
                roster.changeStatus(
                        memberId, "INACTIVE", text(execution, "caseNumber"), text(execution, "standingReason"));
            }
        };
    }

    @Bean
    JavaDelegate restoreStanding(RosterTasks roster) {
        return execution -> roster.reinstate(text(execution, "memberId"), text(execution, "caseNumber"), "CURED");
    }

    /** How a member stands in a year, as the models ask for it: {@code ${standing.graceEnd(execution, day)}}. */
    public static class Standing {

        /** What this process records, and so may see cured; for other reasons somebody else decided (membership.md B). */
        private static final Set<String> OWN_REASONS =
                Set.of("REPORT_MISSING", "DUES_OVERDUE", "REPORT_AND_DUES", "REFUSAL");

        private static final String PLENARY_DECISION = "PLENARY_DECISION";

        private static final String MEMBER_ID = "memberId";
        private static final String REPORT_MISSING = "reportMissing";
        private static final String DUES_OVERDUE = "duesOverdue";
        private static final String GRACE_OVER = "graceOver";
        private static final String REFUSES = "refusesEngagement";
        private static final String TOLD_AT = "openItemsToldAt";

        private final Governance governance;
        private final RosterTasks roster;
        private final Parties parties;
        private final Deadlines deadlines;
        private final StandingYears years;
        private final StandingWorkflow workflow;

        Standing(
                Governance governance,
                RosterTasks roster,
                Parties parties,
                Deadlines deadlines,
                StandingYears years,
                StandingWorkflow workflow) {
            this.governance = governance;
            this.roster = roster;
            this.parties = parties;
            this.deadlines = deadlines;
            this.years = years;
            this.workflow = workflow;
        }

        /**
         * Begins the year of a member that ends with an annual Plenary. Twice is as good as once, on any number of nodes;
         * the member's year before ends, if it is settled.
         *
         * @return the case number of the year; empty if the year before is still being decided: ask again later
         * @throws InvalidInput if there is no such planned annual Plenary, or the organisation owes no report
         */
        @Transactional
        public String begin(String memberId, String plenaryId) {
            governance.keepStill();
            Optional<String> known = years.caseOf(memberId, plenaryId);
            if (known.isPresent()) {
                return known.get();
            }
            Plenary plenary = governance.plenary(plenaryId);
            if (plenary.kind() != Plenary.Kind.ANNUAL || plenary.state() != Plenary.State.PLANNED) {
                throw new InvalidInput("Reports are for an annual Plenary that is planned, and " + plenaryId
                        + " is not: choose the next one in the calendar");
            }
            if (!roster.reporting().contains(memberId)) {
                throw new InvalidInput(memberId
                        + " owes no annual report: members do that are full, engaged or inactive, and no observers");
            }
            if (!workflow.endYearBefore(memberId)) {
                return "";
            }
            String caseNumber = workflow.begin(memberId, plenaryId);
            years.record(memberId, plenaryId, caseNumber);
            return caseNumber;
        }

        /**
         * Begins the year of a member that refuses to engage, if it owes reports and none of its runs: a refusal that nobody
         * follows would be lost (membership-and-concern.md B, Inactive status).
         *
         * @throws IllegalStateException if no annual Plenary is planned
         */
        @EventListener
        public void follow(EngagementRefused refused) {
            if (roster.reporting().contains(refused.organisation()) && !workflow.isFollowed(refused.organisation())) {
                begin(refused.organisation(), governance.nextAnnualPlenary(deadlines.day(deadlines.now())));
            }
        }

        /**
         * Notes for which Plenary reports are called: the next annual one.
         *
         * @throws InvalidInput if none is planned
         */
        public void choosePlenary(DelegateExecution execution) {
            try {
                execution.setVariable("reportingFor", governance.nextAnnualPlenary(deadlines.day(deadlines.now())));
            } catch (IllegalStateException e) {
                throw new InvalidInput(
                        "No annual Plenary is planned: plan it first (Keep the governance calendar), then call for"
                                + " the reports",
                        e);
            }
        }

        /** Notes whose year it is, and what is known of it on its first day. */
        public void beginYear(DelegateExecution execution) {
            String memberId = text(execution, MEMBER_ID);
            execution.setVariable("memberName", parties.nameOf(memberId));
            execution.setVariable("pillar", roster.pillarOf(memberId));
            execution.setVariable(REPORT_MISSING, true);
            execution.setVariable(DUES_OVERDUE, false);
            execution.setVariable(GRACE_OVER, false);
            execution.setVariable(
                    REFUSES,
                    roster.statusOf(memberId).equals("INACTIVE")
                            && years.lastCaseOf(memberId)
                                    .filter(workflow::endedInRefusal)
                                    .isPresent());
            execution.setVariable(TOLD_AT, null);
        }

        /** Begins to ask for the report, also when a member is back after a refusal: nothing has been filed. */
        public void beginReporting(DelegateExecution execution) {
            execution.setVariable(REPORT_MISSING, true);
            execution.setVariable(GRACE_OVER, false);
        }

        /**
         * When the grace ends: counted from the day on which the report was due, or from the day on which the Secretariat
         * first told what is open, whichever is later, so that nobody becomes inactive for what nobody told (E.0,
         * standingGrace [I]).
         *
         * @param plenaryDay first day of the Plenary, {@code yyyy-MM-dd}
         */
        public Date graceEnd(DelegateExecution execution, String plenaryDay) {
            Date afterDue = deadlines.dueFrom(
                    execution, "standing-grace", deadlines.before(execution, "report-lead", plenaryDay));
            if (!(execution.getVariable(TOLD_AT) instanceof Date told)) {
                return afterDue;
            }
            Date afterTold = deadlines.dueFrom(execution, "standing-grace", told);
            return afterTold.after(afterDue) ? afterTold : afterDue;
        }

        /**
         * Notes what the Secretariat found in report and dues. Where nothing is open any more, but a Plenary decided about
         * the member, the register learns that only its decision keeps the member inactive.
         */
        public void noteCheck(DelegateExecution execution) {
            boolean missing = !"YES".equals(execution.getVariable("reportComplete"));
            boolean overdue = "OPEN".equals(execution.getVariable("duesState"));
            execution.setVariable(REPORT_MISSING, missing);
            execution.setVariable(DUES_OVERDUE, overdue);
            if ("YES".equals(execution.getVariable("engagesAgain"))) {
                execution.setVariable(REFUSES, false);
            }
            String memberId = text(execution, MEMBER_ID);
            if (!missing
                    && !overdue
                    && !Boolean.TRUE.equals(execution.getVariable(REFUSES))
                    && roster.inactiveBecause(memberId).equals(PLENARY_DECISION)) {
                roster.reinstate(memberId, text(execution, "caseNumber"), "CURED");
            }
            if ((missing || overdue) && execution.getVariable(TOLD_AT) == null) {
                execution.setVariable(TOLD_AT, deadlines.now());
            }
        }

        /** The same for an inactive member, for which the grace may have ended since. */
        public void noteCure(DelegateExecution execution, String plenaryDay) {
            if (deadlines.now().after(graceEnd(execution, plenaryDay))) {
                execution.setVariable(GRACE_OVER, true);
            }
            noteCheck(execution);
        }

        /** Whether somebody else made the member inactive, as the Plenary may [B]; a report does not cure that. */
        public boolean inactiveByPlenary(String memberId) {
            String because = roster.inactiveBecause(memberId);
            return !because.isEmpty() && !OWN_REASONS.contains(because);
        }

        /** The steps of the ladder, in the order of the table, as a Json list of their codes. */
        public SpinJsonNode steps(List<Map<String, Object>> rows) {
            return Lists.json(rows.stream().map(row -> row.get("step")).toList());
        }
    }

    private static String text(DelegateExecution execution, String name) {
        if (execution.getVariable(name) instanceof String text) {
            return text;
        }
        throw new IllegalStateException(execution.getCurrentActivityId() + " has no " + name);
    }
}
