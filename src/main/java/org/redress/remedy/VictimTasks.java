package org.redress.remedy;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.Deadlines;
import org.redress.deadline.UrgentClocks;
import org.redress.engine.Lists;
import org.redress.engine.Parties;
import org.redress.vault.Coordinators;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code bpmn/remedy/victim-case} asks of Java, in the order of the diagram. */
@Configuration(proxyBeanMethods = false)
class VictimTasks {

    /** Whether the person is back with who exploited them; sealed. */
    private static final String BACK = "backWithThem";

    /** RENEW where the page <em>Back with the exploiter</em> begins, otherwise NONE. */
    private static final String PLAN_ROUTE = "safetyPlanRoute";

    /** CALL where the page <em>Danger told</em> begins, otherwise NONE. */
    private static final String DANGER_ROUTE = "dangerRoute";

    /** How many contacts told of harm or threats; sealed, and opened for reports (remedy.md C.7). */
    private static final String HARM_TOLD = "harmTold";

    private static final String WHICH_WAY = "which way the case goes";

    /** What was tried since the last contact with the person, in order; sealed, as is what was told of each attempt. */
    private static final String ATTEMPTS = "attemptsSoFar";

    /** The step of the first days that is open; those before it are done. */
    private static final String OPEN_STEP = "openStep";

    /** Named by expressions or shown by forms before anybody could fill them in. */
    private static final List<String> NOT_YET_KNOWN = List.of(
            "preferredName",
            "contactRules",
            "guardianName",
            "guardianRelation",
            ChildTasks.GUARDIAN_PART,
            "guardianConflictStands",
            "interviewedElsewhere",
            "wishes",
            "skills",
            "goals",
            "handoverAt",
            "consentSharing",
            "contactDate",
            "changeNeeded",
            "helpChangeNote",
            "attemptNote",
            "firstFailedAttempt",
            ATTEMPTS,
            "helpAtOnce",
            "reviewOutcome",
            "endObstacles",
            "reintegrationDegree",
            "satisfaction");

    /** Gives the person's case its first values; a child or somebody at high risk is urgent in it (remedy.md B.9). */
    @Bean
    ExecutionListener openVictimCase(Deadlines deadlines, Coordinators coordinators, VictimWorkflow people) {
        return execution -> {
            coordinators.assign(
                    Objects.requireNonNull(text(execution, "caseNumber")),
                    Objects.requireNonNull(text(execution, "victimRef")),
                    Objects.requireNonNull(text(execution, "coordinator")));
            if (people.interviewedElsewhere(Objects.requireNonNull(text(execution, "caseNumber")))) {
                execution.setVariable("interviewedElsewhere", "YES");
            }
            NOT_YET_KNOWN.forEach(name -> expect(execution, name, null));
            expect(execution, "mode", "NORMAL");
            expect(execution, "riskLevel", "HIGH");
            expect(execution, "isChild", false);
            expect(execution, "firstContactAt", deadlines.now());
            boolean urgent = Boolean.TRUE.equals(execution.getVariable("isChild"))
                    || "HIGH".equals(execution.getVariable("riskLevel"))
                    || "URGENT".equals(execution.getVariable("urgency"));
            execution.setVariable("urgency", urgent ? "URGENT" : "NORMAL");
            execution.setVariable(OPEN_STEP, OpenStep.IMMEDIATE_NEEDS.name());
            execution.setVariable("victimStatus", "ACTIVE");
            execution.setVariable("victimOutcome", "NONE");
            execution.setVariable("casePlanState", "NONE");
            execution.setVariable("consentState", "NONE");
            execution.setVariable("guardianRoute", "NONE");
            execution.setVariable("childAgreement", "NONE");
            execution.setVariable("openSafetyRisk", "NO");
            execution.setVariable("legalOptionsExplained", "NO");
            execution.setVariable("followUpsAfterHandover", 0);
            execution.setVariable("safetyIncidents", 0);
            expect(execution, HARM_TOLD, 0);
            execution.setVariable("failedAttempts", 0);
            execution.setVariable("helpRounds", 0);
            execution.setVariable("lastReviewAt", deadlines.now());
        };
    }

    /**
     * Goes on with the file of a person who is back: what is known stays, what was decided is asked anew, and the clocks
     * begin with the return (remedy.md E09, E10).
     */
    @Bean
    ExecutionListener resumeVictimCase(Deadlines deadlines, Coordinators coordinators, VictimWorkflow people) {
        ExecutionListener open = openVictimCase(deadlines, coordinators, people);
        return execution -> {
            int followUps = number(execution, "followUpsAfterHandover");
            int incidents = number(execution, "safetyIncidents");
            execution.setVariable("firstContactAt", deadlines.now());
            List.of(
                            "contactDate",
                            "firstFailedAttempt",
                            ATTEMPTS,
                            "helpAtOnce",
                            "reviewOutcome",
                            "endObstacles",
                            "backWithExploiter",
                            BACK,
                            PLAN_ROUTE,
                            DANGER_ROUTE)
                    .forEach(name -> execution.setVariable(name, null));
            open.notify(execution);
            execution.setVariable("followUpsAfterHandover", followUps);
            execution.setVariable("safetyIncidents", incidents);
        };
    }

    /**
     * A person who was registered as an adult and turns out to be a child is protected as a child from here on, and the whole
     * case is urgent (remedy.md B.5, B.9).
     */
    @Bean
    ExecutionListener noteChildAfterAll(Deadlines deadlines) {
        return execution -> {
            if (Boolean.TRUE.equals(execution.getVariable("childAfterAll"))) {
                execution.setVariable("isChild", true);
                deadlines.becomeUrgent(execution);
            }
        };
    }

    /** Whether help may begin: UNDER_WAY, WAITING or NONE (the case was closed without a remedy). */
    @Bean
    JavaDelegate lookForRemedy(RemedyProgress progress) {
        return execution -> execution.setVariable("remedyState", progress.of(execution.getProcessBusinessKey()));
    }

    /**
     * Records that the person agreed to this referral, without which there is none, and makes the provider a party to the
     * case; somebody who needs help within a day gets the urgent clock.
     */
    @Bean
    JavaDelegate openReferral(Parties parties, ConsentTasks.RecordConsent recordConsent) {
        return execution -> {
            recordConsent.toReferral(execution);
            parties.add(execution, "provider", text(execution, "provider"));
            if (List.of("1H", "3H", "1D").contains(Objects.toString(text(execution, "responseClass")))) {
                execution.setVariable("urgency", "URGENT");
            }
        };
    }

    /**
     * Counts a contact and says how it stands: GOES_ON, LOST (enough attempts over enough days) or DIED. Harm that was told
     * begins a flash report (D17). Whoever is back with the exploiter is at high risk (remedy.md E11). The answers are sealed; a case of an earlier model asks by fields that are
     * not, and goes by those.
     */
    @Bean
    JavaDelegate recordFollowUp(
            Deadlines deadlines, UrgentClocks clocks, SealedChoices choices, FlashReportWorkflow flashReports) {
        return execution -> {
            String caseNumber = Objects.toString(text(execution, "caseNumber"));
            Object harmed = execution.getVariable("harmedSince");
            Object back = execution.getVariable(BACK);
            ContactLog.Contact contact = new ContactLog.Contact(
                    ContactLog.Result.valueOf(Objects.toString(text(execution, "contactResult"))),
                    LocalDate.parse(Objects.toString(text(execution, "contactDate"))),
                    "YES".equals(execution.getVariable("safetyIncident"))
                            || choices.isYes(harmed, caseNumber, "count of incidents"));
            ContactLog log = log(execution).with(contact, day(execution, "handoverAt"));
            if (contact.harmed()) {
                flashReports.ofPerson(execution);
            }
            boolean isBack = "YES".equals(execution.getVariable("backWithExploiter"))
                    || choices.isYes(back, caseNumber, WHICH_WAY);
            if (isBack) {
                atHighRisk(execution, clocks);
            }
            execution.setVariable("followUpsAfterHandover", log.followUpsAfterHandover());
            if (harmed == null) {
                execution.setVariable("safetyIncidents", log.safetyIncidents());
            } else {
                // Written whatever was answered, so that a new reference tells nothing; with what an earlier model
                // counted.
                int sealed = choices.number(execution.getVariable(HARM_TOLD), caseNumber, "count of incidents");
                execution.setVariable(HARM_TOLD, sealed + log.safetyIncidents());
                execution.setVariable("safetyIncidents", 0);
            }
            execution.setVariable("failedAttempts", log.failedAttempts());
            execution.setVariable("firstFailedAttempt", Objects.toString(log.firstFailedAttempt(), null));
            execution.setVariable("contactState", contactState(execution, deadlines, contact, log));
            if (contact.result() == ContactLog.Result.NOT_REACHED) {
                keepAttempt(execution, contact.day(), choices);
            } else {
                execution.setVariable(ATTEMPTS, null);
            }
            if (back != null) {
                execution.setVariable(PLAN_ROUTE, isBack ? "RENEW" : "NONE");
            }
        };
    }

    /**
     * Whoever is not there is asked nothing: an early form in which the coordinator says so ends here, and the search begins. Once
     * the person is found it goes on here, and what is known already is not asked again (remedy.md E10, E11).
     */
    @Bean
    TaskListener leaveForSearch() {
        return task -> {
            if (task.getVariable("notThere") != null || task.getVariable("personAway") != null) {
                task.setVariable(OPEN_STEP, OpenStep.latest(task.getVariable(OPEN_STEP), task.getTaskDefinitionKey()));
                throw new BpmnError("person-away");
            }
        };
    }

    /**
     * What a coordinator said in an early form: an attempt without an answer is counted on the day it is told (UTC); whoever is
     * back with the exploiter is at high risk, and the safety plan is renewed at once (remedy.md E10, E11). The answer is sealed,
     * but in cases of earlier models.
     */
    @Bean
    ExecutionListener recordAway(Deadlines deadlines, UrgentClocks clocks, SealedChoices choices) {
        return execution -> {
            LocalDate today = LocalDate.ofInstant(deadlines.now().toInstant(), ZoneOffset.UTC);
            keepAttempt(execution, today, choices);
            if ("BACK".equals(execution.getVariable("personAway"))) {
                execution.setVariable("backWithExploiter", "YES");
                atHighRisk(execution, clocks);
                return;
            }
            String caseNumber = Objects.toString(text(execution, "caseNumber"));
            if (choices.isOneOf(Set.of("BACK"), execution.getVariable("notThere"), caseNumber, WHICH_WAY)) {
                atHighRisk(execution, clocks);
                execution.setVariable(PLAN_ROUTE, "RENEW");
                return;
            }
            ContactLog log =
                    log(execution).with(new ContactLog.Contact(ContactLog.Result.NOT_REACHED, today, false), null);
            execution.setVariable("failedAttempts", log.failedAttempts());
            execution.setVariable("firstFailedAttempt", Objects.toString(log.firstFailedAttempt(), null));
        };
    }

    /** Decides whether a review that wants to end the case may do so, and tells what is missing. */
    @Bean
    JavaDelegate checkReadyToEnd() {
        return execution -> {
            String outcome = Objects.toString(text(execution, "reviewOutcome"));
            boolean wantsToEnd = outcome.equals(EndCheck.CLOSED) || outcome.equals(EndCheck.CLOSED_REFERRED);
            EndCheck check = new EndCheck(
                    number(execution, "followUpsAfterHandover"),
                    "YES".equals(execution.getVariable("openSafetyRisk")),
                    number(execution, "helpRounds") > 0,
                    "YES".equals(execution.getVariable("legalOptionsExplained")));
            List<String> obstacles = wantsToEnd ? check.obstaclesTo(outcome) : List.of();
            execution.setVariable("endObstacles", Lists.json(obstacles));
            boolean ends = wantsToEnd && obstacles.isEmpty();
            execution.setVariable("nextStep", ends ? "END" : outcome.equals("MORE_HELP") ? "MORE_HELP" : "GO_ON");
        };
    }

    /** Empties the fields of forms that are filled in again and again; Level 2 and the providers use it too. */
    @Bean
    AskAfresh askAfresh() {
        return new AskAfresh();
    }

    /**
     * Empties the fields of a form: {@code ${askAfresh.fields(task, 'feedback')}}. Tasklist would show the answers of the
     * last round as if they were those of today, an old consent among them. What was answered then stays in history.
     */
    public static final class AskAfresh {

        /** Empties the named variables wherever they are known; others stay unknown. */
        public void fields(DelegateTask task, String... names) {
            for (String name : names) {
                if (task.getVariable(name) != null) {
                    task.setVariable(name, null);
                }
            }
        }
    }

    /** Adds what was tried on this day to what was tried before, for whoever searches (remedy.md E10). */
    private static void keepAttempt(DelegateExecution execution, LocalDate day, SealedChoices choices) {
        String caseNumber = Objects.toString(text(execution, "caseNumber"));
        String before = choices.answer(execution.getVariable(ATTEMPTS), caseNumber, "what was tried so far")
                .orElse("");
        String tried = choices.answer(execution.getVariable("attemptNote"), caseNumber, "what was tried so far")
                .map(note -> ": " + note.strip().replaceAll("\\s+", " "))
                .orElse("");
        String line = (before.lines().count() + 1) + ". " + day + tried;
        execution.setVariable(ATTEMPTS, before.isEmpty() ? line : before + "\n" + line);
    }

    /** A known pattern, whatever was felt about the risk that day (remedy.md E11). */
    private static void atHighRisk(DelegateExecution execution, UrgentClocks clocks) {
        execution.setVariable("riskLevel", "HIGH");
        execution.setVariable("urgency", "URGENT");
        clocks.hastenAlone(execution);
    }

    private static String contactState(
            DelegateExecution execution, Deadlines deadlines, ContactLog.Contact contact, ContactLog log) {
        if (contact.result() == ContactLog.Result.DECEASED) {
            return "DIED";
        }
        if (!log.triedOftenEnough()) {
            return "GOES_ON";
        }
        Date searchedUntil = deadlines.endOf(contact.day().toString());
        Date searchAtLeastUntil = deadlines.dueFrom(execution, "unreachable", text(execution, "firstFailedAttempt"));
        return searchedUntil.before(searchAtLeastUntil) ? "GOES_ON" : "LOST";
    }

    private static ContactLog log(DelegateExecution execution) {
        return new ContactLog(
                number(execution, "followUpsAfterHandover"),
                number(execution, "safetyIncidents"),
                number(execution, "failedAttempts"),
                day(execution, "firstFailedAttempt"));
    }

    private static void expect(DelegateExecution execution, String name, @Nullable Object otherwise) {
        if (execution.getVariable(name) == null) {
            execution.setVariable(name, otherwise);
        }
    }

    private static int number(DelegateExecution execution, String name) {
        return execution.getVariable(name) instanceof Number number ? number.intValue() : 0;
    }

    private static @Nullable String text(DelegateExecution execution, String name) {
        return Optional.ofNullable(execution.getVariable(name))
                .map(Object::toString)
                .orElse(null);
    }

    private static @Nullable LocalDate day(DelegateExecution execution, String name) {
        return Optional.ofNullable(text(execution, name)).map(LocalDate::parse).orElse(null);
    }
}
