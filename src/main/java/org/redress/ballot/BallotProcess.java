package org.redress.ballot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;
import org.redress.engine.InvalidInput;
import org.redress.engine.Lists;
import org.redress.engine.People;
import org.springframework.stereotype.Component;

/**
 * What {@code bpmn/shared/ballot} asks in its expressions, as {@code ${balloting. …}}; and the variables it shares with
 * Java. A vote is no variable.
 */
@Component("balloting")
public class BallotProcess {

    static final String BALLOT_ID = "ballotId";
    static final String BODY = "body";
    static final String CAST_VOTE = "task_castVote";
    static final String CONSENSUS = "consensus";
    static final String ELECTOR = "elector";
    static final String QUORATE = "quorate";
    static final String RECUSALS = "recusals";

    private static final int LONGEST_QUESTION = 300;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Ballots ballots;
    private final Lists lists;
    private final People people;

    BallotProcess(Ballots ballots, Lists lists, People people) {
        this.ballots = ballots;
        this.lists = lists;
        this.people = people;
    }

    /**
     * Lets out whom the secretariat named, each for the gravest reason.
     *
     * @throws InvalidInput if one of them is no elector
     */
    public void letOut(DelegateTask task) {
        String ballotId = ballotId(task);
        letOut(task, ballotId, "partiesDeclared", RecusalReason.PARTY_TO_CONCERN);
        letOut(task, ballotId, "sponsorsDeclared", RecusalReason.SPONSOR);
        letOut(task, ballotId, "sameOrganisationDeclared", RecusalReason.SAME_ORGANISATION);
        letOut(task, ballotId, "interestsDeclared", RecusalReason.DECLARED_INTEREST);
        layOut(task.getExecution(), ballotId);
    }

    private void letOut(DelegateTask task, String ballotId, String field, RecusalReason reason) {
        for (String organisation : lists.strings(task.getVariable(field))) {
            ballots.recuse(ballotId, organisation, reason, doneBy(task));
        }
    }

    /**
     * Notes who was there and whether all agreed; consensus is one only with a quorum.
     *
     * @throws InvalidInput if one who was there is no elector or stays out, or whoever notes it belongs to one who stays out
     */
    public void noteMeeting(DelegateTask task) {
        if (people.belongsToOneOf(out(task.getExecution()))) {
            throw new InvalidInput("Your organisation stays out of this ballot: leave this task to somebody else");
        }
        List<String> present = lists.strings(task.getVariable("electorsPresent"));
        boolean agreed = "YES".equals(task.getVariable("allAgreed"));
        ballots.noteMeeting(ballotId(task), present, agreed, doneBy(task));
        boolean quorate = present.size() >= ((Number) task.getVariable("quorumNeeded")).intValue();
        task.getExecution().setVariable(CONSENSUS, agreed && quorate);
    }

    /** The organisations that stay out: who is recused, and who has an interest without being an elector (E.4). */
    public List<String> out(DelegateExecution execution) {
        return Stream.of(RECUSALS, "interests")
                .flatMap(named -> lists.fields(execution.getVariable(named), "organisation").stream())
                .distinct()
                .toList();
    }

    /** Closes a ballot whose process ends without a count: it was called off, or the case that called it went another way. */
    public void abandon(DelegateExecution execution) {
        if (execution.getVariable(BALLOT_ID) instanceof String ballotId) {
            ballots.abandon(ballotId);
        }
    }

    /** Says on the task of a vote whose vote it is; an input parameter would be shared by all of them. */
    public void nameElector(DelegateTask task) {
        String organisation = text(task, ELECTOR);
        task.setVariableLocal(
                "electorName",
                ballots.electors(ballotId(task)).stream()
                        .filter(elector -> elector.organisation().equals(organisation))
                        .map(Elector::name)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(organisation + " is no elector of this ballot")));
    }

    /** What a caller gave, as one thing that has been checked. */
    static Opening opening(DelegateExecution execution) {
        Body body = Body.of(text(execution, BODY));
        return new Opening(
                execution.getProcessInstanceId(),
                text(execution, "caseNumber"),
                body,
                text(execution, "question"),
                rows(execution, "electors").stream()
                        .map(row -> Elector.of(
                                entry("electors", row, "organisation"),
                                entry("electors", row, "name"),
                                Pillar.of(entry("electors", row, "pillar"))))
                        .toList(),
                rows(execution, "interests").stream()
                        .map(row -> new Interest(
                                entry("interests", row, "organisation"),
                                RecusalReason.of(entry("interests", row, "reason"))))
                        .toList(),
                new Thresholds(
                        number(execution, "overallPercent"),
                        number(execution, "pillarFloorPercent"),
                        number(execution, "quorumPercent"),
                        text(execution, "rulesVersion"),
                        text(execution, "thresholdsBasis"),
                        text(execution, "quorumBasis"),
                        Boolean.TRUE.equals(execution.getVariable("thresholdsVerified"))));
    }

    /**
     * The question as people read it: the words that the caller gave, or else its code, {@code ADMIT_ENGAGED} as "Admit
     * engaged".
     *
     * @throws InvalidInput if the words are too many
     */
    static String questionInWords(VariableScope execution) {
        String words =
                Objects.toString(execution.getVariable("questionText"), "").strip();
        if (words.length() > LONGEST_QUESTION) {
            throw new InvalidInput("questionText: at most " + LONGEST_QUESTION + " characters; shorten the question");
        }
        if (!words.isEmpty()) {
            return words;
        }
        String code = text(execution, "question").replace('_', ' ').toLowerCase(Locale.ROOT);
        return code.substring(0, 1).toUpperCase(Locale.ROOT) + code.substring(1);
    }

    /** Lays out what forms and diagram need to know of the electors: who votes, who stays out, how many make a quorum. */
    void layOut(DelegateExecution execution, String ballotId) {
        List<Elector> electors = ballots.electors(ballotId);
        List<Elector> entitled = electors.stream().filter(Elector::isEntitled).toList();
        execution.setVariable(
                "electorChoices",
                Lists.json(entitled.stream()
                        .map(elector -> Map.of(
                                "value",
                                elector.organisation(),
                                "label",
                                elector.name() + " (" + elector.pillar().word() + ")"))
                        .toList()));
        execution.setVariable(
                "voters",
                Lists.json(entitled.stream().map(Elector::organisation).toList()));
        execution.setVariable("electorsEntitled", entitled.size());
        execution.setVariable("quorumNeeded", Tally.quorumOf(entitled.size(), number(execution, "quorumPercent")));
        execution.setVariable(RECUSALS, Lists.json(recusals(electors)));
    }

    private static List<Map<String, String>> recusals(List<Elector> electors) {
        return electors.stream()
                .flatMap(elector -> elector
                        .recusal()
                        .map(recusal -> Map.of(
                                "organisation", elector.organisation(),
                                "name", elector.name(),
                                "pillar", elector.pillar().word(),
                                "reason", recusal.reason().name(),
                                "words", recusal.reason().words(),
                                "by", recusal.by()))
                        .stream())
                .toList();
    }

    static String ballotId(VariableScope scope) {
        return text(scope, BALLOT_ID);
    }

    private static String doneBy(DelegateTask task) {
        return Objects.toString(task.getAssignee(), "system");
    }

    private static String text(VariableScope scope, String name) {
        if (scope.getVariable(name) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new InvalidInput(name + ": a ballot needs it");
    }

    private static double number(VariableScope scope, String name) {
        if (scope.getVariable(name) instanceof Number number) {
            return number.doubleValue();
        }
        throw new InvalidInput(name + ": a ballot needs it");
    }

    private static String entry(String list, Map<String, Object> row, String name) {
        if (row.get(name) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new InvalidInput(list + ": an entry has no " + name);
    }

    private static List<Map<String, Object>> rows(VariableScope scope, String name) {
        Object json = scope.getVariable(name);
        return json == null ? List.of() : read(name, json);
    }

    private static List<Map<String, Object>> read(String name, @Nullable Object json) {
        try {
            return MAPPER.readValue(String.valueOf(json), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new InvalidInput(name + ": must be a Json list of objects");
        }
    }
}
