package org.redress.remedy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;
import org.redress.engine.InvalidInput;
import org.redress.engine.Lists;
import org.redress.vault.Consents;
import org.redress.vault.Disclosures;
import org.redress.vault.HiddenIdentities;
import org.redress.vault.Purpose;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What {@code bpmn/remedy/withdraw-consent} asks of Java, and what {@code victim-case} records of consent (remedy.md C.2,
 * E09).
 */
@Configuration(proxyBeanMethods = false)
class ConsentTasks {

    private static final String ALL = "ALL";
    private static final String SOME = "SOME";
    private static final String NONE = "NONE";

    /** Records what a person agreed to, in the transaction of the form that says so. */
    @Bean
    RecordConsent recordConsent(
            Consents consents, Disclosures disclosures, SharingEnds sharing, SealedChoices choices, Lists lists) {
        return new RecordConsent(consents, disclosures, sharing, choices, lists);
    }

    /** Nobody is named to an authority without a ground, and the way that people agreed to knows one only (remedy.md B.7, C.2). */
    @Bean
    FormRule aGroundToTellAnAuthority() {
        return new FormRule() {
            @Override
            public List<String> forms() {
                return List.of("record-report");
            }

            @Override
            public List<FormProblem> check(Map<String, @Nullable Object> values) {
                return "PEOPLE".equals(values.get("reportTells"))
                                && "AS_AGREED".equals(values.get("reportWay"))
                                && !"CONSENT".equals(values.get("reportGround"))
                        ? List.of(new FormProblem(
                                "reportGround",
                                "Nobody is in danger and no law asks for it: these people are named only if each of them"
                                        + " agreed."))
                        : List.of();
            }
        };
    }

    /**
     * Whoever complained does not want any more that others know who they are (remedy.md C.2): in the transaction of the form
     * nobody but protection reads it, and no authority or other programme is told any more by what they had agreed to. Those
     * who were told are named in {@code toldOutside}, so that they hear it. Repeated, it does nothing
     * more.
     */
    @Bean
    JavaDelegate withdrawOfComplainant(
            OwnCases cases, Consents consents, Disclosures disclosures, HiddenIdentities identities) {
        return execution -> {
            String caseNumber = NamedCaseTasks.of(execution);
            cases.find(caseNumber);
            boolean stood = consents.withdrawAll(caseNumber, RecordConsent.COMPLAINANT) > 0;
            List<String> told = disclosures.toldByConsent(
                    caseNumber,
                    RecordConsent.COMPLAINANT,
                    List.of(Purpose.SHARE_WITH_AUTHORITY, Purpose.SHARE_WITH_PROGRAMME));
            execution.setVariable(
                    "toldOutside",
                    Lists.json(stood ? told.stream().map(SharingEnds::readable).toList() : List.of()));
            if ("EVERYBODY".equals(execution.getVariable("complainantScope"))) {
                identities.hide(caseNumber);
            }
        };
    }

    /**
     * Takes back what the person takes back: sharing, some help or all of it. Says in {@code stoppedWith} which providers
     * have to be told, and in {@code toldOutside} who else was told by consent. A person who distrusts the coordinator may
     * ask protection.
     *
     * @throws InvalidInput if whoever acts neither coordinates this person's case nor protects people
     */
    @Bean
    JavaDelegate withdrawConsent(SharingEnds sharing, Lists lists) {
        return execution -> {
            String caseNumber = NamedCaseTasks.of(execution);
            String person = text(execution, VictimWorkflow.VICTIM_REF).strip();
            execution.setVariable(VictimWorkflow.VICTIM_REF, person);
            execution.setVariable("coordinator", sharing.coordinatorForWhoeverMayProtect(caseNumber, person));
            String wanted = Optional.ofNullable(given(execution, "helpWanted")).orElse(ALL);
            execution.setVariable("helpWanted", wanted);
            execution.setVariable(
                    "toldOutside",
                    Lists.json(sharing.toldOutside(
                            caseNumber,
                            person,
                            wanted.equals(NONE) ? SharingEnds.EVERYBODY : text(execution, "withdrawnScope"))));
            if (wanted.equals(NONE)) {
                execution.setVariable("withdrawnScope", SharingEnds.EVERYBODY);
                execution.setVariable("stoppedWith", Lists.json(List.copyOf(sharing.endAllHelp(caseNumber, person))));
                return;
            }
            String scope = text(execution, "withdrawnScope");
            if (scope.equals(SharingEnds.STOPPED_ONLY) && !wanted.equals(SOME)) {
                throw new InvalidInput("withdrawnScope: no help stops; choose who is not to know any more");
            }
            Collection<String> told = new TreeSet<>();
            if (wanted.equals(SOME)) {
                told.addAll(sharing.endHelp(caseNumber, person, lists.strings(execution.getVariable("helpStopped"))));
            }
            told.addAll(sharing.end(caseNumber, person, scope, given(execution, "withdrawnFrom")));
            execution.setVariable("stoppedWith", Lists.json(List.copyOf(told)));
        };
    }

    /** Stops the help that the person rejects, and no other (remedy.md E09). Repeated, it stops what is left. */
    @Bean
    JavaDelegate stopHelp(VictimWorkflow workflow, Lists lists) {
        return execution -> workflow.stopHelp(
                text(execution, "caseNumber"),
                text(execution, VictimWorkflow.VICTIM_REF),
                lists.strings(execution.getVariable("helpStopped")));
    }

    /** Ends the person's case as withdrawn (remedy.md E09). Repeated, it does nothing more. */
    @Bean
    JavaDelegate endHelp(VictimWorkflow workflow) {
        return execution ->
                workflow.endAllHelp(text(execution, "caseNumber"), text(execution, VictimWorkflow.VICTIM_REF));
    }

    /** A provider that is replaced is told nothing any more, unless it gives the person other help (remedy.md E14). */
    @Bean
    ExecutionListener endSharing(SharingEnds sharing) {
        return execution -> sharing.endWithProvider(
                text(execution, "caseNumber"),
                text(execution, VictimWorkflow.VICTIM_REF),
                text(execution, "provider"),
                text(execution, "service"));
    }

    /**
     * The letters about a replaced provider are written beside the person's case: the cover waits for none of them (remedy.md
     * E14). They begin in the transaction of whoever said that the provider fails.
     */
    @Bean
    ExecutionListener tellReplacement(VictimWorkflow workflow) {
        return execution -> workflow.tellReplacement(
                text(execution, "caseNumber"),
                text(execution, "provider"),
                text(execution, "coordinator"),
                given(execution, "facilitator"),
                "REPLACE".equals(execution.getVariable("qualityOutcome")) ? "COORDINATOR" : "PROVIDER");
    }

    /** Has the quality of a failing service checked at once (remedy.md E14). */
    @Bean
    JavaDelegate askForQualityCheck(SharingEnds sharing, VictimWorkflow workflow) {
        return execution -> {
            String caseNumber = NamedCaseTasks.of(execution);
            String person = namedPerson(execution, caseNumber, sharing);
            workflow.checkQuality(caseNumber, person, text(execution, "failingHelp"));
        };
    }

    /**
     * A person who is back is helped again, with the old file (remedy.md E09, E10).
     *
     * @throws InvalidInput if whoever asks did not coordinate this person's case, if it runs, or if the person has died
     */
    @Bean
    JavaDelegate returnPerson(SharingEnds sharing, VictimWorkflow workflow) {
        return execution -> {
            String caseNumber = NamedCaseTasks.of(execution);
            String person = namedPerson(execution, caseNumber, sharing);
            workflow.returned(caseNumber, person);
        };
    }

    /** In a transaction of its own, since a provider may be at work on the task that ends. */
    @Bean
    JavaDelegate endReferrals(SharingEnds sharing, Lists lists) {
        return execution -> sharing.endReferrals(
                text(execution, "caseNumber"),
                text(execution, VictimWorkflow.VICTIM_REF),
                text(execution, "withdrawnScope"),
                lists.strings(execution.getVariable("stoppedWith")));
    }

    /** What the forms of a person's case say of consent, as rows of the consent record. */
    public static final class RecordConsent {

        private static final Map<String, Purpose> SCOPES = Map.of(
                "AUTHORITY", Purpose.SHARE_WITH_AUTHORITY,
                "PROGRAMME", Purpose.SHARE_WITH_PROGRAMME,
                "ANONYMOUS_REPORTING", Purpose.ANONYMOUS_REPORTING);

        /** Whoever complained, in the place of a survivor's reference. */
        static final String COMPLAINANT = "COMPLAINANT";

        /** Those who were brought to safety and asked afterwards, registered or not. */
        private static final String RESCUED = "RESCUED";

        private final Consents consents;
        private final Disclosures disclosures;
        private final SharingEnds sharing;
        private final SealedChoices choices;
        private final Lists lists;

        RecordConsent(
                Consents consents, Disclosures disclosures, SharingEnds sharing, SealedChoices choices, Lists lists) {
            this.consents = consents;
            this.disclosures = disclosures;
            this.sharing = sharing;
            this.choices = choices;
            this.lists = lists;
        }

        /**
         * Of the case plan: to be helped, and for which purposes to be spoken of. What the person does not agree to any
         * more, ends; who was told by it hears that.
         */
        public void ofPlan(DelegateTask task) {
            if (!"AGREED".equals(task.getVariable("planDecision"))) {
                return;
            }
            String caseNumber = text(task, "caseNumber");
            String person = text(task, VictimWorkflow.VICTIM_REF);
            Consents.Manner manner = manner(task);
            consents.give(new Consents.Matter(caseNumber, person, Purpose.SERVICES, null), manner);
            boolean shares = "YES".equals(task.getVariable("consentSharing"));
            List<String> scope = shares ? lists.strings(task.getVariable("consentScope")) : List.of();
            List<Purpose> takenBack = new ArrayList<>();
            SCOPES.forEach((choice, purpose) -> {
                Consents.Matter matter = new Consents.Matter(caseNumber, person, purpose, null);
                if (scope.contains(choice)) {
                    consents.give(matter, manner);
                } else if (consents.withdraw(List.of(matter)) > 0) {
                    takenBack.add(purpose);
                }
            });
            sharing.recall(caseNumber, person, takenBack);
            if (!scope.contains("PROVIDERS")) {
                Collection<String> ended = sharing.end(caseNumber, person, SharingEnds.PROVIDERS, null);
                sharing.endReferrals(caseNumber, person, SharingEnds.PROVIDERS, ended);
            }
        }

        /**
         * Of a referral: that this one organisation is told what it needs.
         *
         * @throws InvalidInput if the person was not asked, or did not agree
         */
        void toReferral(DelegateExecution execution) {
            if (!isYes(execution.getVariable("referralConsent"))) {
                throw new InvalidInput(
                        "referralConsent: nobody is referred without having agreed that this organisation"
                                + " gets this information; ask the person, or give the help yourself");
            }
            Consents.Manner plan = consents.manner(new Consents.Matter(
                            text(execution, "caseNumber"),
                            text(execution, VictimWorkflow.VICTIM_REF),
                            Purpose.SERVICES,
                            null))
                    .orElseThrow(() -> new InvalidInput("referralConsent: no consent of this person to be helped is on"
                            + " record; agree on a case plan first"));
            consents.give(
                    new Consents.Matter(
                            text(execution, "caseNumber"),
                            text(execution, VictimWorkflow.VICTIM_REF),
                            Purpose.SHARE_WITH_PROVIDER,
                            text(execution, "provider")),
                    new Consents.Manner(
                            plan.givenBy(), null, sharing.today(), plan.until(), plan.explained(), plan.withheld()));
        }

        /**
         * Of the advice to whoever complained: that each mechanism that they chose may be told what they told us. Nothing is
         * recorded, and nothing passed on, where they go themselves or could not be asked (remedy.md E02).
         */
        public void ofAdvice(DelegateTask task) {
            if (!"YES".equals(task.getVariable("referralConsent"))) {
                return;
            }
            for (String mechanism : lists.strings(task.getVariable("referralTargets"))) {
                consents.give(
                        new Consents.Matter(
                                text(task, "caseNumber"), COMPLAINANT, Purpose.SHARE_WITH_AUTHORITY, mechanism),
                        new Consents.Manner("PERSON", null, sharing.today(), null, null, given(task, "referralNote")));
                disclosures.record(text(task, "caseNumber"), COMPLAINANT, mechanism, Disclosures.Ground.CONSENT);
            }
        }

        /**
         * Of those who were asked, after the time to recover, whether they want an authority to be told (remedy.md B.7, D24).
         * Says in {@code cooperationRoute} which way the case goes, AS_AGREED or NONE; the answer itself is sealed.
         */
        public void afterRescue(DelegateTask task) {
            String caseNumber = text(task, "caseNumber");
            // A case of an earlier model asks by a field that is not sealed, and goes by that one.
            boolean agreed = isYes(task.getVariable("wantsToCooperate"))
                    || choices.isYes(task.getVariable("cooperationWish"), caseNumber, "which way the case goes");
            task.setVariable("cooperationRoute", agreed ? "AS_AGREED" : "NONE");
            Consents.Matter matter = new Consents.Matter(caseNumber, RESCUED, Purpose.SHARE_WITH_AUTHORITY, null);
            if (agreed) {
                consents.give(
                        matter,
                        new Consents.Manner(
                                "PERSON", null, sharing.today(), null, null, given(task, "cooperationNote")));
            } else {
                consents.withdraw(List.of(matter));
            }
        }

        /**
         * Of a report to an authority: on which ground people were named in it (remedy.md B.7, C.2). By consent only while it
         * stands.
         *
         * @throws InvalidInput if one of those who are said to have agreed did not
         */
        public void toAuthority(DelegateTask task) {
            if (!"PEOPLE".equals(task.getVariable("reportTells"))) {
                return;
            }
            Disclosures.Ground ground = Disclosures.Ground.valueOf(text(task, "reportGround"));
            String caseNumber = text(task, "caseNumber");
            recordTo(text(task, "reportedTo"), ground, task, caseNumber);
            if ("YES".equals(task.getVariable("ministryTold"))) {
                recordTo("MINISTRY", ground, task, caseNumber);
            }
        }

        private void recordTo(String authority, Disclosures.Ground ground, DelegateTask task, String caseNumber) {
            if (ground != Disclosures.Ground.CONSENT) {
                disclosures.record(caseNumber, null, authority, ground);
                return;
            }
            String named = Optional.ofNullable(given(task, "reportPeople")).orElse(RESCUED);
            for (String person : new TreeSet<>(List.of(named.split("[,;\\s]+", -1)))) {
                if (!person.isBlank()) {
                    disclosures.record(caseNumber, person, authority, ground);
                }
            }
        }

        /** Of a child for whom an authority decides in place of a guardian: the child's interests are vital (remedy.md E08). */
        public void toGuardian(DelegateTask task) {
            if ("AUTHORITY".equals(task.getVariable("guardianRoute"))) {
                disclosures.record(
                        text(task, "caseNumber"),
                        text(task, VictimWorkflow.VICTIM_REF),
                        "CHILD_PROTECTION",
                        Disclosures.Ground.VITAL_INTERESTS);
            }
        }

        private Consents.Manner manner(VariableScope scope) {
            return new Consents.Manner(
                    Optional.ofNullable(given(scope, "consentGivenBy")).orElse("PERSON"),
                    given(scope, "consentEvidence"),
                    Optional.ofNullable(given(scope, "consentOn"))
                            .map(LocalDate::parse)
                            .orElseGet(sharing::today),
                    Optional.ofNullable(given(scope, "consentUntil"))
                            .map(LocalDate::parse)
                            .orElse(null),
                    given(scope, "consentExplained"),
                    given(scope, "withheld"));
        }

        private static boolean isYes(@Nullable Object answer) {
            return Boolean.TRUE.equals(answer) || "YES".equals(answer);
        }
    }

    /** The person as a start form names them, in a case of whoever fills it in. */
    private static String namedPerson(DelegateExecution execution, String caseNumber, SharingEnds sharing) {
        String person = text(execution, VictimWorkflow.VICTIM_REF).strip();
        execution.setVariable(VictimWorkflow.VICTIM_REF, person);
        sharing.checkThatTheyCoordinate(caseNumber, person);
        return person;
    }

    private static String text(VariableScope scope, String name) {
        return Objects.requireNonNull(given(scope, name), name);
    }

    private static @Nullable String given(VariableScope scope, String name) {
        return Optional.ofNullable(scope.getVariable(name))
                .map(Object::toString)
                .filter(text -> !text.isBlank())
                .orElse(null);
    }
}
