package org.redress.complaint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Period;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.spin.json.SpinJsonNode;
import org.jspecify.annotations.Nullable;
import org.redress.deadline.Deadlines;
import org.redress.deadline.RunningClocks;
import org.redress.engine.InvalidInput;
import org.redress.engine.Lists;
import org.redress.engine.Parties;
import org.redress.engine.People;
import org.redress.governance.Governance;
import org.redress.governance.Plenary;
import org.redress.governance.RosterTasks;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * What {@code bpmn/complaint/complaint-review} asks in its expressions, as {@code ${concerns. …}}; and the variables it
 * shares with Java (membership-and-concern.md B, E.4). Days are texts {@code yyyy-MM-dd} of {@code redress.zone}, moments
 * are UTC.
 */
@Component("concerns")
@EnableConfigurationProperties(ComplaintSettings.class)
public class ComplaintProcess {

    static final String CONCERNED_MEMBER = "concernedMember";
    static final String RAISING_MEMBER = "raisingMember";

    private static final String CASE_NUMBER = "caseNumber";
    private static final String MEMBER = "member";
    private static final String YES = "YES";
    private static final String DIALOGUE_TRIED = "dialogueTried";
    private static final String RECOMMENDATION_LEAD = "concern-recommendation-lead";
    private static final String RECOMMENDATION_MISSING = "recommendationMissing";
    private static final String CONVENING = "convening";
    private static final String REPORT_DUE = "reportDueOn";
    private static final String SPECIAL = "SPECIAL";
    private static final String PLENARY_ID = Governance.PLENARY_ID;
    static final String PLENARY_LATEST = "plenaryLatest";
    static final String PLENARY_CHOSEN = "plenaryChosen";
    private static final String PLENARY_CHOICES = "plenaryChoices";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ComplaintSettings settings;
    private final RosterTasks roster;
    private final Governance governance;
    private final Parties parties;
    private final Lists lists;
    private final Deadlines deadlines;
    private final RunningClocks clocks;
    private final People people;

    ComplaintProcess(
            ComplaintSettings settings,
            RosterTasks roster,
            Governance governance,
            Parties parties,
            Lists lists,
            Deadlines deadlines,
            RunningClocks clocks,
            People people) {
        this.settings = settings;
        this.roster = roster;
        this.governance = governance;
        this.parties = parties;
        this.lists = lists;
        this.deadlines = deadlines;
        this.clocks = clocks;
        this.people = people;
    }

    /**
     * Begins a review with the rules of this day. Whoever raises a concern from Tasklist as somebody of a member, raises it
     * for that member.
     *
     * @throws InvalidInput if a member raises a concern about itself, or an outside system says something else than yes or
     *     no on the dialogue
     */
    public void begin(DelegateExecution execution) {
        execution.setVariable("rulesVersion", settings.rulesVersion());
        execution.setVariable("committeeRecommends", settings.committeeRecommends());
        execution.setVariable("inactiveAsSanction", settings.inactiveAsSanction());
        execution.setVariable("engagementRefused", false);
        execution.setVariable("refusalReported", false);
        execution.setVariable(RECOMMENDATION_MISSING, false);
        execution.setVariable("dialogueFailed", false);
        execution.setVariable("agreements", 0);
        execution.setVariable("statementsGiven", 0);
        execution.setVariable("recused", Lists.json(List.of()));
        List<String> unknown = Stream.of(RAISING_MEMBER, CONCERNED_MEMBER)
                .map(who -> setAsideIfUnknown(execution, who))
                .flatMap(Optional::stream)
                .toList();
        execution.setVariable("membersUnknown", unknown.isEmpty() ? null : String.join(", ", unknown));
        if (text(execution, RAISING_MEMBER).isEmpty() && unknown.isEmpty()) {
            execution.setVariable(RAISING_MEMBER, people.actingFor(MEMBER).orElse(null));
        }
        name(execution, RAISING_MEMBER, "raiserName");
        name(execution, CONCERNED_MEMBER, "subjectName");
        execution.setVariable(DIALOGUE_TRIED, yesOrNo(execution.getVariable(DIALOGUE_TRIED)));
    }

    /** Whom the register does not know the Secretariat registers: it may be an outsider, or an id with a slip in it. */
    private Optional<String> setAsideIfUnknown(DelegateExecution execution, String who) {
        String organisation = text(execution, who);
        if (organisation.isEmpty() || roster.isKnown(organisation)) {
            return Optional.empty();
        }
        execution.setVariable(who, null);
        return Optional.of(organisation);
    }

    private static String yesOrNo(@Nullable Object answer) {
        if (answer instanceof Boolean tried) {
            return tried ? YES : "NO";
        }
        if (answer instanceof String text && List.of(YES, "NO").contains(text)) {
            return text;
        }
        throw new InvalidInput(DIALOGUE_TRIED + ": say YES or NO, whether the two have talked about it already");
    }

    /** {@code PARTICIPANT}, {@code OBSERVER} or {@code OUTSIDER}: an input of {@code complaint-admissibility}. */
    public String typeOf(@Nullable String organisation) {
        return participation(organisation).type();
    }

    /** The same for the organisation that a concern is about: one that was expelled takes part no more (B stage 1). */
    public String subjectTypeOf(@Nullable String organisation) {
        Participation participation = participation(organisation);
        return "EXPELLED".equals(participation.standing()) ? Participation.OUTSIDER.type() : participation.type();
    }

    /** {@code ACTIVE}, {@code INACTIVE} or {@code EXPELLED}; null for whoever is no participant. */
    public @Nullable String standingOf(@Nullable String organisation) {
        return participation(organisation).standing();
    }

    private Participation participation(@Nullable String organisation) {
        return organisation == null || !roster.isKnown(organisation)
                ? Participation.OUTSIDER
                : Participation.ofStatus(roster.statusOf(organisation));
    }

    /** Lays out the members, those that are inactive or have left too: the rules say what becomes of their concern. */
    public void showMembers(DelegateTask task) {
        task.setVariable("memberChoices", parties.choices(MEMBER));
    }

    /** Takes over which members the Secretariat found; an outsider has no organisation here. */
    public void nameMembers(DelegateTask task) {
        DelegateExecution execution = task.getExecution();
        if (execution.getVariable(RAISING_MEMBER) == null) {
            execution.setVariable(RAISING_MEMBER, text(task, "raiserChosen"));
            name(execution, RAISING_MEMBER, "raiserName");
        }
        if (execution.getVariable(CONCERNED_MEMBER) == null) {
            execution.setVariable(CONCERNED_MEMBER, text(task, "subjectChosen"));
            name(execution, CONCERNED_MEMBER, "subjectName");
        }
    }

    private void name(DelegateExecution execution, String of, String name) {
        String organisation = text(execution, of);
        if (execution.getVariable(of) != null) {
            execution.setVariable(
                    name, organisation.isEmpty() ? "somebody who is no member" : parties.nameOf(organisation));
        }
        if (!organisation.isEmpty() && text(execution, RAISING_MEMBER).equals(text(execution, CONCERNED_MEMBER))) {
            throw new InvalidInput(
                    "concernedMember: a member cannot raise a concern about itself; name the member that it is about");
        }
    }

    /** What the Secretariat decided where the rules leave it open. */
    public void judge(DelegateTask task) {
        String next = YES.equals(task.getVariable(DIALOGUE_TRIED)) ? "SUBMIT" : "DIRECT_DIALOGUE";
        task.getExecution()
                .setVariable("nextStep", "TAKE_UP".equals(task.getVariable("standingDecision")) ? next : "REDIRECT");
    }

    /** Makes both members parties to the case, each to its own tasks. */
    public void hear(DelegateExecution execution) {
        bothParties(execution).forEach(organisation -> parties.add(execution, MEMBER, organisation));
    }

    /** The member that raised the concern and the one that it is about, in this order. */
    public List<String> bothParties(VariableScope execution) {
        return List.of(text(execution, RAISING_MEMBER), text(execution, CONCERNED_MEMBER));
    }

    /** Keeps what is answered on this task from the tasks of others of the same name (E.6: parties see their own). */
    public void answerAlone(DelegateTask task, String... fields) {
        for (String field : fields) {
            task.setVariableLocal(field, null);
        }
    }

    /** Agreement is one when both say so; one "no" ends the dialogue. What each adds the Secretariat reads, too. */
    public void noteDialogue(DelegateTask task) {
        DelegateExecution execution = task.getExecution();
        handOn(task, "raiserNote", "subjectNote");
        String outcome = text(task, "dialogueOutcome");
        if (outcome.equals("SETTLED")) {
            int agreements = ((Number) execution.getVariable("agreements")).intValue() + 1;
            execution.setVariable("agreements", agreements);
            execution.setVariable("agreed", agreements == 2);
            return;
        }
        execution.setVariable("dialogueFailed", true);
        execution.setVariable("refusalReported", outcome.equals("REFUSED"));
    }

    /** Notes a categorical refusal that the Secretariat found, once. */
    public void noteEngagement(DelegateTask task) {
        DelegateExecution execution = task.getExecution();
        if ("NO".equals(task.getVariable("memberEngages"))
                && !Boolean.TRUE.equals(execution.getVariable("engagementRefused"))) {
            execution.setVariable("engagementRefused", true);
        }
    }

    /**
     * Notes whether the Secretariat found an agreement, for cases of the model that did not ask the parties to confirm its
     * record.
     */
    public void noteAgreement(DelegateTask task) {
        DelegateExecution execution = task.getExecution();
        execution.setVariable("agreed", YES.equals(task.getVariable("agreementFound")));
        if ("NO".equals(task.getVariable("memberEngages"))
                && !Boolean.TRUE.equals(execution.getVariable("engagementRefused"))) {
            execution.setVariable("engagementRefused", true);
        }
    }

    /** Keeps with the case what a party said on its own task; the other party's task does not show it. */
    static void handOn(DelegateTask task, String... fields) {
        DelegateExecution whole = task.getExecution().getProcessInstance();
        for (String field : fields) {
            if (task.getVariableLocal(field) instanceof String said) {
                whole.setVariable(field, said);
            }
        }
    }

    /** Starts the clock of the referral, once: it is never set again (E.4). */
    public void submit(DelegateTask task) {
        DelegateExecution execution = task.getExecution();
        if (!"SUBMIT".equals(task.getVariable("submissionDecision")) || execution.getVariable("submittedAt") != null) {
            return;
        }
        Date now = deadlines.now();
        execution.setVariable("submittedAt", now);
        execution.setVariable("submittedOn", deadlines.day(now));
        execution.setVariable("referralDueOn", deadlines.day(deadlines.dateOf(execution, "concern-referral", now)));
    }

    /** Lays out who sits on the Steering Committee, and which of them stay out by rule, being parties. */
    public void showSeats(DelegateTask task) {
        List<String> out = bothParties(task);
        List<JsonNode> seated = rows(roster.electors("STEERING_COMMITTEE"));
        task.setVariable(
                "partiesSeated",
                String.join(
                        ", ",
                        seated.stream()
                                .filter(seat -> out.contains(organisation(seat)))
                                .map(seat -> seat.path("name").asText())
                                .toList()));
        task.setVariable(
                "seatChoices",
                Lists.json(seated.stream()
                        .filter(seat -> !out.contains(organisation(seat)))
                        .map(seat -> Map.of(
                                "value",
                                organisation(seat),
                                "label",
                                seat.path("name").asText()))
                        .toList()));
    }

    /**
     * Notes who stays out of the Steering Committee's part: both parties by rule, the others as declared.
     *
     * @throws InvalidInput if nobody would be left to decide
     */
    public void noteRecusals(DelegateTask task) {
        List<String> declared = lists.strings(task.getVariable("recusalsDeclared"));
        List<String> out = Stream.concat(bothParties(task).stream(), declared.stream())
                .distinct()
                .toList();
        boolean nobodyLeft =
                rows(roster.electors("STEERING_COMMITTEE")).stream().allMatch(seat -> out.contains(organisation(seat)));
        if (nobodyLeft) {
            throw new InvalidInput(
                    "recusalsDeclared: nobody would be left to decide; give a seat to a member without an"
                            + " interest first (Keep the governance calendar)");
        }
        task.getExecution().setVariable("recused", Lists.json(out));
    }

    private static String organisation(JsonNode seat) {
        return seat.path("organisation").asText();
    }

    /** Who has an interest in a ballot about this concern, as {@code ballot} wants it. */
    public SpinJsonNode interests(VariableScope execution) {
        List<String> both = bothParties(execution);
        return Lists.json(Stream.concat(both.stream(), lists.strings(execution.getVariable("recused")).stream())
                .distinct()
                .map(organisation -> Map.of(
                        "organisation",
                        organisation,
                        "reason",
                        both.contains(organisation) ? "PARTY_TO_CONCERN" : "DECLARED_INTEREST"))
                .toList());
    }

    /** Whether both tests of the screening are met (B stage 5). */
    public boolean testsMet(VariableScope execution) {
        return YES.equals(execution.getVariable("informationReliable"))
                && YES.equals(execution.getVariable("consultationHelps"));
    }

    /** What the Committee is asked in words: to refer the concern, or to refuse that for the reason which one member found. */
    public String referralQuestion(VariableScope execution) {
        if (testsMet(execution)) {
            return "Shall the concern be referred to formal consultations?";
        }
        String because = YES.equals(execution.getVariable("informationReliable"))
                ? "further consultation would not strengthen the process"
                : "its information is not reliable";
        return "Shall the concern not be referred to formal consultations, since " + because + "?";
    }

    /** Whether the ballot decided: with a quorum; and a refusal only if nobody who answered is against it (B stage 5). */
    public boolean committeeDecided(VariableScope execution) {
        if (Boolean.FALSE.equals(execution.getVariable("quorate"))) {
            return false;
        }
        boolean everybody =
                execution.getVariable("favourTotal") instanceof Number favour && favour.doubleValue() == 100;
        boolean agreed = everybody || Boolean.TRUE.equals(execution.getVariable("consensus"));
        return agreed || testsMet(execution);
    }

    /** Puts on record that the 60 days were over without a decision; the first time stays. */
    public void noteOverrun(DelegateExecution execution) {
        if (execution.getVariable("referralLateAt") == null) {
            Date now = deadlines.now();
            execution.setVariable("referralLateAt", now);
            execution.setVariable("referralLateOn", deadlines.day(now));
        }
    }

    /** The concern has reached the Secretariat: the six months begin, once. */
    public void arrive(DelegateExecution execution) {
        if (execution.getVariable("arrivedAt") == null) {
            Date now = deadlines.now();
            execution.setVariable("arrivedAt", now);
            execution.setVariable(PLENARY_LATEST, deadlines.day(deadlines.dateOf(execution, "consultation", now)));
        }
        execution.setVariable(CONVENING, false);
        lookForPlenary(execution);
    }

    /**
     * Leaves the concern on its Plenary while that is in time. Otherwise hangs it on the next annual one if that falls within
     * the six months; on none if not. One that begins today leaves no time to consult: it is not the next.
     */
    public void lookForPlenary(DelegateExecution execution) {
        String latest = text(execution, PLENARY_LATEST);
        String hangsOn = text(execution, PLENARY_ID);
        if (!hangsOn.isEmpty() && isInTime(governance.plenary(hangsOn), latest)) {
            return;
        }
        String next = governance.nextAnnualPlenaryIfAny(deadlines.dayAfter(today(), Period.ofDays(1)));
        boolean found = next != null && isInTime(governance.plenary(next), latest);
        hang(execution, found ? next : null);
        if (found) {
            execution.setVariable(CONVENING, false);
        }
    }

    /** Whether the Plenary takes place, and begins within the six months; once these are over no day is too late. */
    boolean isStillInTime(String plenaryId, @Nullable String latest) {
        String day = stillToCome(Objects.toString(latest, ""));
        Plenary plenary = governance.plenary(plenaryId);
        return day == null ? plenary.state() == Plenary.State.PLANNED : isInTime(plenary, day);
    }

    private static boolean isInTime(Plenary plenary, String latest) {
        return plenary.state() == Plenary.State.PLANNED
                && plenary.startsOn().toString().compareTo(latest) <= 0;
    }

    /**
     * When consultations end at the latest: so long before the concern is to be before a Plenary that the Committee
     * recommends and the chair schedules in time; where that leaves them less, after half of the time that there is.
     *
     * @param plenaryId null, which expressions hand over as an empty text, while no Plenary falls within the six months
     */
    public Date consultUntil(DelegateExecution execution, Date arrivedAt, @Nullable String plenaryId) {
        Date presentBy = presentBy(execution, arrivedAt, plenaryId);
        Date inTime = deadlines.before(execution, RECOMMENDATION_LEAD, presentBy);
        Date half = deadlines.halfway(arrivedAt, presentBy);
        return inTime.before(half) ? half : inTime;
    }

    /** As the Plenary begins on which the concern hangs, or with the six months. One that was cancelled counts no more. */
    public Date presentBy(DelegateExecution execution, Date arrivedAt, @Nullable String plenaryId) {
        Date latest = deadlines.dateOf(execution, "consultation", arrivedAt);
        if (plenaryId == null
                || plenaryId.isEmpty()
                || governance.plenary(plenaryId).state() == Plenary.State.CANCELLED) {
            return latest;
        }
        Date begins = deadlines.startOf(governance.dayOf(plenaryId));
        return begins.before(latest) ? begins : latest;
    }

    /** The next step on the way to a Plenary begins: its clock runs from now. */
    public void bring(DelegateExecution execution) {
        execution.setVariable("bringingSince", deadlines.now());
    }

    /**
     * When a step on the way to a Plenary presses: as the Plenary begins on which the concern hangs, at once if that runs.
     * Without one, when half of what is left of the six months is over, so that one can still be convened.
     */
    public Date pressesAt(DelegateExecution execution, Date since, @Nullable String plenaryId) {
        String latest = text(execution, PLENARY_LATEST);
        Optional<Plenary> plenary = ahead(plenaryId, latest);
        if (plenary.isPresent()) {
            return deadlines.startOf(plenary.get().startsOn().toString());
        }
        return latest.isEmpty() || !deadlines.endOf(latest).after(since)
                ? deadlines.dateOf(execution, RECOMMENDATION_LEAD, since)
                : deadlines.halfway(since, deadlines.endOf(latest));
    }

    /** When a step on the way to a Plenary is due: before it presses; while its Plenary runs, before that is over. */
    public Date bringBy(DelegateExecution execution, Date since, @Nullable String plenaryId) {
        Date usual = deadlines.dateOf(execution, "concern-task", since);
        Date presses = pressesAt(execution, since, plenaryId);
        Date last = presses.after(since)
                ? presses
                : ahead(plenaryId, text(execution, PLENARY_LATEST))
                        .map(plenary -> deadlines.endOf(plenary.endsOn().toString()))
                        .orElse(usual);
        return last.before(usual) ? last : usual;
    }

    /** The Plenary on which a concern hangs, while that is in time and not over. */
    private Optional<Plenary> ahead(@Nullable String plenaryId, String latest) {
        return Optional.ofNullable(plenaryId)
                .filter(id -> !id.isEmpty() && isStillInTime(id, latest))
                .map(governance::plenary)
                .filter(plenary -> !isOver(plenary));
    }

    /**
     * Lets nobody preside in the case of its own organisation, whatever the calendar says about the chair.
     *
     * @throws InvalidInput if whoever completes the task belongs to a party
     */
    public void presides(DelegateTask task) {
        if (people.belongsToOneOf(bothParties(task))) {
            throw new InvalidInput(
                    "Your organisation is a party to this concern: leave this task to somebody else, and ask"
                            + " the Secretariat to enter who holds the chair (Keep the governance calendar)");
        }
    }

    /**
     * Lays out the Plenaries that run or are to come, those that are in time while the six months last; it proposes the one on
     * which the concern hangs.
     */
    public void showPlenaries(DelegateTask task) {
        task.setVariables(offeredAnew(text(task, PLENARY_LATEST), text(task, PLENARY_ID)));
        task.setVariable("specialStartsOn", null);
        task.setVariable("specialEndsOn", null);
    }

    /**
     * What a task offers by the calendar of this moment, as variables; what was proposed stays while it can be chosen.
     *
     * @param latest the day by which the concern must be before a Plenary; null when no rule sets one
     * @param chosen what the task proposes now
     */
    Map<String, Object> offeredAnew(@Nullable String latest, @Nullable String chosen) {
        List<Map<String, String>> offered = offered(Objects.toString(latest, ""));
        boolean stays = offered.stream().anyMatch(choice -> choice.containsValue(chosen));
        return Map.of(
                PLENARY_CHOICES,
                Lists.json(offered),
                PLENARY_CHOSEN,
                stays ? Objects.toString(chosen) : offered.get(0).get("value"));
    }

    private List<Map<String, String>> offered(String latest) {
        String day = stillToCome(latest);
        List<Map<String, String>> choices = new ArrayList<>();
        governance.plenaries().stream()
                .filter(plenary -> plenary.state() == Plenary.State.PLANNED)
                .filter(plenary -> !isOver(plenary))
                .filter(plenary -> day == null || plenary.startsOn().toString().compareTo(day) <= 0)
                .forEach(plenary -> choices.add(Map.of(
                        "value",
                        plenary.id(),
                        "label",
                        (plenary.kind() == Plenary.Kind.ANNUAL ? "Annual Plenary " : "Special Plenary ") + plenary.id()
                                + ", " + plenary.startsOn())));
        choices.add(Map.of("value", SPECIAL, "label", "A special Plenary that is convened now"));
        return choices;
    }

    private boolean isOver(Plenary plenary) {
        return plenary.endsOn().toString().compareTo(today()) < 0;
    }

    /**
     * Convenes a special Plenary within the six months, and lets the consultations end in time for it.
     *
     * @throws InvalidInput if the days are reversed, not in the future, or too late
     */
    public void convene(DelegateTask task) {
        String latest = stillToCome(text(task, PLENARY_LATEST));
        task.setVariable(
                "plenaryLate", latest == null && !text(task, PLENARY_LATEST).isEmpty());
        String first = text(task, "specialStartsOn");
        String last = text(task, "specialEndsOn");
        hang(
                task.getExecution(),
                governance.convene(
                        first,
                        last.isEmpty() ? first : last,
                        "CONCERN",
                        latest,
                        Objects.toString(task.getAssignee(), text(task, CASE_NUMBER)),
                        "Concern " + text(task, CASE_NUMBER) + ": to be before a Plenary in time"));
    }

    /**
     * Hangs the concern on the Plenary that the chair chose, by the calendar of this moment.
     *
     * @throws InvalidInput if it is no longer planned, is over, or is too late
     */
    public void schedule(DelegateTask task) {
        governance.keepStill();
        String chosen = text(task, PLENARY_CHOSEN);
        if (chosen.equals(SPECIAL)) {
            convene(task);
            return;
        }
        Plenary plenary = governance.plenary(chosen);
        String latest = stillToCome(text(task, PLENARY_LATEST));
        if (plenary.state() != Plenary.State.PLANNED) {
            throw new InvalidInput(
                    "plenaryChosen: " + chosen + " is no longer planned; choose another, or convene one");
        }
        if (isOver(plenary)) {
            throw new InvalidInput("plenaryChosen: " + chosen + " was over on " + plenary.endsOn()
                    + "; choose another, or convene one");
        }
        if (latest != null && plenary.startsOn().toString().compareTo(latest) > 0) {
            throw new InvalidInput("plenaryChosen: " + chosen + " begins on " + plenary.startsOn()
                    + ", and the concern must be before a Plenary by " + latest + "; convene a special one");
        }
        task.setVariable(
                "plenaryLate", latest == null && !text(task, PLENARY_LATEST).isEmpty());
        hang(task.getExecution(), chosen);
    }

    private void hang(DelegateExecution execution, @Nullable String plenaryId) {
        execution.setVariable(PLENARY_ID, plenaryId);
        clocks.recountOf(execution, PLENARY_ID);
    }

    /** The day, while it can still be kept: afterwards the next Plenary is the best there is, and the record says it is late. */
    private @Nullable String stillToCome(String latest) {
        return latest.isEmpty() || latest.compareTo(today()) <= 0 ? null : latest;
    }

    private String today() {
        return deadlines.day(deadlines.now());
    }

    /** What the rules allow, as choices of a select field with the basis of each. */
    public SpinJsonNode choicesOf(DmnDecisionResult allowed) {
        return Lists.json(allowed.getResultList().stream()
                .map(Outcome::of)
                .map(Outcome::choice)
                .toList());
    }

    /** Lays out the motions; to end without a decision is one only after the Plenary has voted and nothing was carried. */
    public void showMotions(DelegateTask task) {
        List<JsonNode> choices = rows((SpinJsonNode) task.getVariable("outcomeChoices"));
        boolean offered = choices.stream()
                .anyMatch(choice -> choice.path("value").asText().equals(Outcome.NO_MOTION));
        if (Boolean.FALSE.equals(task.getVariable("carried")) && !offered) {
            List<Object> more = new ArrayList<>(choices);
            more.add(Outcome.noMotion());
            task.getExecution().setVariable("outcomeChoices", Lists.json(more));
        }
    }

    /** Whoever stayed out of the Committee's ballot with an interest of its own stays out of the rest, too. */
    public void noteDeclared(DelegateExecution execution) {
        execution.setVariable(
                "recused",
                Lists.json(Stream.concat(
                                lists.strings(execution.getVariable("recused")).stream(),
                                lists.fields(execution.getVariable("committeeRecusals"), "organisation").stream())
                        .distinct()
                        .toList()));
    }

    /** The rows of a decision, for the record. */
    public SpinJsonNode rowsOf(DmnDecisionResult result) {
        return Lists.json(result.getResultList());
    }

    /** The question of the ballot in words, with the member that it is about. */
    public String question(DelegateExecution execution, String outcomeCode) {
        return "On the concern about " + text(execution, "subjectName") + ": " + Outcome.words(outcomeCode) + "?";
    }

    /** Whether each pillar that has a vote left reaches the floor (A.2); a pillar without one is not asked. */
    public boolean floorsMet(VariableScope execution) {
        double floor = ((Number) execution.getVariable("pillarFloorPercent")).doubleValue();
        return Stream.of("favourGov", "favourCorp", "favourNgo")
                .map(execution::getVariable)
                .filter(Number.class::isInstance)
                .allMatch(favour -> ((Number) favour).doubleValue() >= floor);
    }

    /** Carries out what the Plenary decided about the membership. Twice is as good as once. */
    public void carryOut(DelegateExecution execution, String status) {
        roster.changeStatus(
                text(execution, CONCERNED_MEMBER), status, text(execution, CASE_NUMBER), "PLENARY_DECISION");
    }

    /** Notes that a party has given its statement. */
    public void noteStatement(DelegateTask task) {
        DelegateExecution execution = task.getExecution();
        handOn(task, "raiserStatement", "subjectStatement");
        int given = ((Number) execution.getVariable("statementsGiven")).intValue();
        execution.setVariable("statementsGiven", given + 1);
    }

    /** Leaves the member a reasonable time to report, though the ballot outlasted the day that was agreed (B stage 9). */
    public void allowTime(DelegateExecution execution) {
        String earliest = deadlines.day(deadlines.due(execution, "follow-up-least"));
        if (text(execution, REPORT_DUE).compareTo(earliest) < 0) {
            execution.setVariable(REPORT_DUE, earliest);
        }
    }

    /** Whether the member concerned followed what the Plenary recommended. */
    public void noteFollowUp(DelegateTask task) {
        task.getExecution()
                .setVariable("followedRecommendations", "SATISFIED".equals(task.getVariable("implementationAssessed")));
    }

    /** Back to the Plenary: the six months were for the first time, no rule sets a day for the second. */
    public void bringBack(DelegateExecution execution) {
        execution.setVariable(PLENARY_LATEST, null);
        execution.setVariable(PLENARY_ID, null);
        execution.setVariable("carried", null);
        execution.setVariable(RECOMMENDATION_MISSING, false);
        execution.setVariable("outcomeCode", null);
        execution.setVariable("implementationReport", null);
    }

    private static List<JsonNode> rows(SpinJsonNode json) {
        List<JsonNode> rows = new ArrayList<>();
        try {
            MAPPER.readTree(json.toString()).forEach(rows::add);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("The roster gave no Json", e);
        }
        return rows;
    }

    private static String text(VariableScope scope, String name) {
        return Objects.toString(scope.getVariable(name), "");
    }
}
