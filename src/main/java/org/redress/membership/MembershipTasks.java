package org.redress.membership;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.spin.json.SpinJsonNode;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.Deadlines;
import org.redress.deadline.RunningClocks;
import org.redress.engine.EngineCases;
import org.redress.engine.FormProblem;
import org.redress.engine.FormRule;
import org.redress.engine.Lists;
import org.redress.engine.Parties;
import org.redress.governance.RosterTasks;
import org.redress.governance.Windows;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code membership-admission} asks of Java, in the order of the diagram (membership-and-concern.md E.2). */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MembershipSettings.class)
class MembershipTasks {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<List<Map<String, Object>>> ROWS = new TypeReference<>() {};

    /** When an Engaged member is looked at next; due dates and timers of the model name it. */
    private static final String REVIEW_AT = "reviewAt";

    @Bean
    Admission admission(
            EngineCases cases,
            Deadlines deadlines,
            RunningClocks clocks,
            Windows windows,
            MessageSource texts,
            Lists lists,
            MembershipSettings settings) {
        return new Admission(cases, deadlines, clocks, windows, new ApplicationFile(texts), lists, settings.appeal());
    }

    /** What the model asks by expressions: {@code ${admission.begin(execution)}}. */
    public static final class Admission {

        /** What a form may leave out, or a later step fills in. */
        private static final String[] NOT_YET_KNOWN = {
            "sector",
            "purpose",
            "pillar",
            "cycle",
            "closeDate",
            "windowId",
            "fullAppliedOn",
            "passedOver",
            "applicationOutcome",
            "admissionResult",
            "refusal",
            "categoryOutcome",
            "categoryBasis",
            "cycleBasis",
            "memberOrganisation",
            "sponsor",
            "documentsReceived",
            "memberStatus",
            "memberSince",
            "engagedUntil",
            "extendedUntil",
            REVIEW_AT,
            "plenaryId",
            "informationWanted",
            "dossierNote",
            "clarificationNote",
            "criteriaMet",
            "publicRecord",
            "fullEvidence",
            "fullResult",
            "readiness",
            "readinessBasis",
            "readinessMissing",
            "napIsSubmitted"
        };

        private static final String[] ASKED_AGAIN = {
            "viewGovernments", "viewCompanies", "viewNgos", "commentGovernments", "commentCompanies", "commentNgos"
        };

        private final EngineCases cases;
        private final Deadlines deadlines;
        private final RunningClocks clocks;
        private final Windows windows;
        private final ApplicationFile file;
        private final Lists lists;
        private final boolean appeal;

        Admission(
                EngineCases cases,
                Deadlines deadlines,
                RunningClocks clocks,
                Windows windows,
                ApplicationFile file,
                Lists lists,
                boolean appeal) {
            this.cases = cases;
            this.deadlines = deadlines;
            this.clocks = clocks;
            this.windows = windows;
            this.file = file;
            this.lists = lists;
            this.appeal = appeal;
        }

        /** The day that counts for the window is the day on which the application comes in (A.1 point 2). */
        public void begin(DelegateExecution execution) {
            String today = deadlines.day(deadlines.now());
            cases.expect(execution, NOT_YET_KNOWN);
            execution.setVariable("urgency", "NORMAL");
            execution.setVariable("submittedAt", today);
            execution.setVariable("cycleFrom", today);
            execution.setVariable("appealOpen", appeal);
        }

        /** The application goes to the cycle after the one for which it waits or has waited (A.1 points 2 and 5). */
        public void passOver(DelegateExecution execution) {
            String window = text(execution, "windowId");
            execution.setVariable("cycleFrom", deadlines.day(deadlines.now()));
            execution.setVariable(
                    "passedOver", windows.isKnown(window) ? windows.closesOn(window) : text(execution, "closeDate"));
        }

        /** Applicant and sponsor stay out of every vote on it (A.2); what was said in an earlier round is asked anew. */
        public void prepareAssessment(DelegateExecution execution) {
            List<Map<String, String>> interests = new ArrayList<>();
            interests.add(Map.of("organisation", text(execution, "memberOrganisation"), "reason", "APPLICANT"));
            if (execution.getVariable("sponsor") instanceof String sponsor && !sponsor.isBlank()) {
                interests.add(Map.of("organisation", sponsor, "reason", "SPONSOR"));
            }
            execution.setVariable("interests", Lists.json(interests));
            execution.setVariable(
                    "recusedOrganisations",
                    Lists.json(interests.stream()
                            .map(interest -> interest.get("organisation"))
                            .toList()));
            for (String name : ASKED_AGAIN) {
                execution.setVariable(name, null);
            }
            execution.setVariable("refusal", null);
            // Where the committee wants to know more first, there is no ballot to count.
            execution.setVariable("consensus", false);
            for (String name : List.of("quorate", "favourTotal", "favourGov", "favourCorp", "favourNgo", "ballotId")) {
                execution.setVariable(name, null);
            }
            execution.setVariable("overallPercent", 0.0);
            execution.setVariable("pillarFloorPercent", 0.0);
        }

        /** The question as people read it. */
        public String question(DelegateExecution execution, String code) {
            boolean observer = code.equals("ADMIT") && "OBSERVER".equals(execution.getVariable("targetStatus"));
            return file.question(
                    observer ? "OBSERVE" : code,
                    text(execution, "applicantName"),
                    Optional.ofNullable((String) execution.getVariable("readinessBasis")),
                    text(execution, "rulesVersion"));
        }

        /** Where a rule comes from, in words: whoever decides by it sees when nobody has verified it (E.6). */
        public String origin(String basis) {
            return file.origin(basis);
        }

        /** What a body decided last, and by which rule; an empty text before. */
        public String lastDecision(VariableScope scope) {
            List<Map<String, Object>> decided = scope.hasVariable("decided") ? rows(scope, "decided") : List.of();
            return decided.isEmpty() ? "" : file.decision(decided.get(decided.size() - 1), text(scope, "rulesVersion"));
        }

        /** Why the member did not become Full when it applied last: something missing, or a vote; an empty text before. */
        public String lastCheck(VariableScope scope) {
            if (scope.getVariable("readiness") == null) {
                return "";
            }
            return "STAY_ENGAGED".equals(scope.getVariable("readiness"))
                    ? file.notReady(lists.strings(scope.getVariable("readinessMissing")), text(scope, "readinessBasis"))
                    : lastDecision(scope);
        }

        /** The documents of {@code requiredDocuments} in words. */
        public SpinJsonNode documents(VariableScope scope) {
            return Lists.json(file.documents(rows(scope, "requiredDocuments")));
        }

        /** The milestones of {@code milestones} in words. */
        public SpinJsonNode milestones(VariableScope scope) {
            return Lists.json(file.milestones(rows(scope, "milestones")));
        }

        /**
         * Sets when the member is looked at next, and lets the due date that hangs on it follow: when another year since its
         * admission is over, or when its longest Engaged period ends, if that is earlier (E.2).
         *
         * @throws IllegalStateException if the clock {@code engaged-review} is shorter than a day
         */
        public void planReview(DelegateExecution execution) {
            Date next = yearAfter(execution, text(execution, "memberSince"));
            while (!next.after(deadlines.now())) {
                next = yearAfter(execution, deadlines.day(next));
            }
            execution.setVariable(
                    REVIEW_AT, longestEnds(execution).filter(next::after).orElse(next));
            clocks.recountOf(execution, REVIEW_AT);
        }

        /** When a review is due that stops the application, for cases of the model in which it did. */
        public Date reviewDue(DelegateExecution execution) {
            Date inAYear = deadlines.due(execution, "engaged-review");
            return longestEnds(execution).filter(inAYear::after).orElse(inAYear);
        }

        private Date yearAfter(DelegateExecution execution, String day) {
            Date end = deadlines.dateOf(execution, "engaged-review", day);
            if (deadlines.day(end).compareTo(day) <= 0) {
                throw new IllegalStateException("The clock engaged-review of deadline-matrix must be a day or longer");
            }
            return end;
        }

        /** Whether a longest Engaged period is set, and over (E.0 engagedMax). */
        public boolean isLongestOver(DelegateExecution execution) {
            return longestEnds(execution)
                    .filter(end -> !end.after(deadlines.now()))
                    .isPresent();
        }

        private Optional<Date> longestEnds(DelegateExecution execution) {
            return Optional.ofNullable((String) execution.getVariable("engagedUntil"))
                    .map(deadlines::endOf);
        }

        /** Keeps what a body decided beside what was decided before, with the rule and its basis (E.6). */
        public void noteResult(DelegateExecution execution, String body) {
            List<Map<String, Object>> decided =
                    new ArrayList<>(execution.hasVariable("decided") ? rows(execution, "decided") : List.of());
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("body", body);
            entry.put("on", deadlines.day(deadlines.now()));
            entry.put("ballot", execution.getVariable("ballotId"));
            Map<?, ?> advice = (Map<?, ?>) Objects.requireNonNull(execution.getVariable("resultAdvice"));
            entry.put("result", advice.get("result"));
            entry.put("rule", advice.get("rule"));
            entry.put("basis", advice.get("basis"));
            decided.add(entry);
            execution.setVariable("decided", Lists.json(decided));
        }
    }

    /** Bodies and associations are observers, everybody else begins as Engaged (A.1 points 3 and 9). */
    @Bean
    FormRule fittingStatus() {
        return new FormRule() {
            @Override
            public List<String> forms() {
                return List.of("apply-for-membership");
            }

            @Override
            public List<FormProblem> check(Map<String, @Nullable Object> values) {
                boolean body = List.of("INTERNATIONAL_BODY", "TRADE_BODY")
                        .contains(String.valueOf(values.get("applicantType")));
                boolean observer = "OBSERVER".equals(values.get("targetStatus"));
                return body == observer
                        ? List.of()
                        : List.of(new FormProblem(
                                "targetStatus",
                                body
                                        ? "An international organisation or an association can only be an observer."
                                        : "Only international organisations and associations are observers: choose"
                                                + " Engaged."));
            }
        };
    }

    /** A complete file has every required document, and the id is that of no member and of no other applicant. */
    @Bean
    FormRule completeFile(MessageSource texts, RosterTasks roster, AdmissionWorkflow applications) {
        ApplicationFile file = new ApplicationFile(texts);
        return new FormRule() {
            @Override
            public List<String> forms() {
                return List.of("check-completeness");
            }

            @Override
            public List<FormProblem> check(Map<String, @Nullable Object> values) {
                List<FormProblem> problems = new ArrayList<>();
                if (!"YES".equals(values.get("fileComplete"))) {
                    return problems;
                }
                List<String> missing = file.missing(listOfRows(values.get("requiredDocuments")), texts(values));
                if (!missing.isEmpty()) {
                    problems.add(new FormProblem(
                            "fileComplete",
                            "These required documents are missing: " + String.join(", ", missing)
                                    + ". Tick them when they are here, or answer No."));
                }
                if (values.get("memberOrganisation") instanceof String organisation) {
                    taken(organisation, String.valueOf(values.get("caseNumber")))
                            .ifPresent(reason -> problems.add(new FormProblem("memberOrganisation", reason)));
                }
                return problems;
            }

            private Optional<String> taken(String organisation, String caseNumber) {
                if (roster.isKnown(organisation) && !roster.hasLeft(organisation)) {
                    return Optional.of(organisation + " is a member already: choose the applicant's own id.");
                }
                List<String> others = applications.othersFor(organisation, caseNumber);
                return others.isEmpty()
                        ? Optional.empty()
                        : Optional.of(organisation + " is the applicant of case " + String.join(", ", others)
                                + ", which is still open. Is it the same applicant, go on there and let this case be"
                                + " withdrawn; is it another, choose its own id.");
            }

            private List<String> texts(Map<String, @Nullable Object> values) {
                return values.get("documentsReceived") instanceof List<?> here
                        ? here.stream().map(String::valueOf).toList()
                        : List.of();
            }
        };
    }

    /** On the roster from the day of ratification, and not before (A.1 points 7 and 9, E.7 test 1). */
    @Bean
    JavaDelegate enterRoster(
            RosterTasks roster, Parties parties, EngineCases cases, Deadlines deadlines, MembershipSettings settings) {
        return execution -> {
            String organisation = text(execution, "memberOrganisation");
            String status = text(execution, "targetStatus");
            roster.admit(
                    organisation,
                    text(execution, "applicantName"),
                    text(execution, "pillar"),
                    status,
                    text(execution, "caseNumber"),
                    "RATIFIED");
            parties.add(execution, "member", organisation);
            execution.setVariable("memberStatus", status);
            String today = deadlines.day(deadlines.now());
            execution.setVariable("memberSince", today);
            execution.setVariable(
                    "engagedUntil",
                    settings.engagedMax()
                            .of(text(execution, "pillar"))
                            .map(length -> deadlines.dayAfter(today, length))
                            .orElse(null));
            cases.enter(execution, status);
        };
    }

    /** A member that leaves is taken off the roster; an applicant never was on it. */
    @Bean
    JavaDelegate recordWithdrawal(RosterTasks roster) {
        return execution -> {
            if (execution.getVariable("memberStatus") != null
                    && !roster.hasLeft(text(execution, "memberOrganisation"))) {
                roster.changeStatus(
                        text(execution, "memberOrganisation"),
                        "WITHDRAWN",
                        text(execution, "caseNumber"),
                        "WITHDRAWN_BY_MEMBER");
            }
        };
    }

    private static String text(VariableScope scope, String name) {
        return Objects.requireNonNull((String) scope.getVariable(name), name);
    }

    private static List<Map<String, Object>> rows(VariableScope scope, String name) {
        try {
            return MAPPER.readValue(
                    Objects.requireNonNull(scope.getVariable(name), name).toString(), ROWS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(name + " cannot be read", e);
        }
    }

    private static List<Map<String, Object>> listOfRows(@Nullable Object rows) {
        List<Map<String, Object>> found = new ArrayList<>();
        if (rows instanceof List<?> list) {
            for (Object row : list) {
                Map<String, Object> fields = new HashMap<>();
                ((Map<?, ?>) row).forEach((name, value) -> fields.put(String.valueOf(name), value));
                found.add(fields);
            }
        }
        return found;
    }
}
