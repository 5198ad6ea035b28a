package org.redress.remedy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.jspecify.annotations.Nullable;
import org.redress.engine.CaseDecisions;
import org.redress.engine.EngineCases;
import org.redress.engine.Lists;
import org.redress.engine.Parties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code bpmn/remedy/weigh-information} asks of Java, in the order of the diagram (remedy.md A.0, E22). */
@Configuration(proxyBeanMethods = false)
class InformationTasks {

    private static final String RESPONSES = "responses";
    private static final String LINKS = "links";
    private static final String AFFECTED = "affected";
    private static final String OCCURRENCES = "occurrences90d";
    private static final String NEW_SMELTER = "newSmelter";
    private static final String SMELTERS = "smelters";
    private static final String RAISED_DUTIES = "raisedDuties";
    private static final List<String> LEVELS = List.of("level1", "level2");
    private static final List<String> CARRIERS = List.of("carrier1", "carrier2");
    private static final String TRADE = "tradeOngoing";

    /** What a decision says of the level, as the duty of a smelter keeps it. */
    private static final List<String> DECISION = List.of(
            "level1",
            "level2",
            "levelOrigin",
            "row",
            "rule",
            "relationshipRule",
            "basis",
            "linkStatus",
            "grounds",
            "flags");

    /**
     * Asks the table again, for each smelter with all that is known by now, and keeps of its answers what is above the duty as
     * it is. Nothing is lowered. Facts that raise nothing are kept with the case, so that they weigh with the next ones.
     */
    @Bean
    JavaDelegate evaluateAnew(CaseDecisions decisions, RuntimeService runtime, Lists lists, Parties parties) {
        return execution -> {
            CaseFacts facts = known(execution, runtime, lists).with(news(execution, lists));
            Map<String, Map<String, Object>> before = duties(execution, runtime);
            Map<String, Map<String, Object>> duties = duties(execution, runtime);
            linkNewSmelter(execution, duties, parties);
            boolean higher = evaluate(execution, decisions, runtime, lists, facts, duties);
            CaseResponse response = CaseResponse.of(
                    duties.values().stream().map(SmelterDuty::of).toList());
            execution.setVariable("typesNow", Lists.json(facts.types()));
            execution.setVariable("affectedNow", facts.affected());
            execution.setVariable("occurrencesNow", facts.occurrences90d());
            execution.setVariable(RAISED_DUTIES, Lists.json(duties));
            execution.setVariable("raisedLevel1", response.level1().name());
            execution.setVariable("raisedLevel2", response.level2().name());
            execution.setVariable("levelHigher", higher);
            execution.setVariable("raisedChanges", Lists.json(changes(before, duties)));
            if (!higher) {
                tell(execution, runtime, facts(execution, runtime, facts, duties));
            }
        };
    }

    /**
     * Takes the higher levels into the case and what runs of it, with the facts that raised them. A plan that is still drawn up
     * has to hold what is owed now; one that was approved without it gets it added.
     */
    @Bean
    JavaDelegate raiseLevel(RuntimeService runtime, Lists lists, HearingProcess hearing, AddingProcess adding) {
        return execution -> {
            CaseFacts facts = known(execution, runtime, lists).with(news(execution, lists));
            Map<String, Map<String, Object>> duties = duties(execution, runtime);
            Map<String, Map<String, Object>> before = duties(execution, runtime);
            Map<String, Map<String, Object>> confirmed = PlanProcess.entries(execution.getVariable(RAISED_DUTIES));
            Object linked = execution.getVariable(NEW_SMELTER);
            confirmed.forEach((smelter, duty) -> {
                if (smelter.equals(linked)) {
                    duties.putIfAbsent(smelter, duty);
                }
            });
            takeOver(duties, confirmed);
            execution.setVariable(HearingProcess.TO_HEAR, Lists.json(hearing.toHear(execution, before, duties)));
            execution.setVariable(HearingProcess.OWING_NOW, Lists.json(HearingProcess.owingNow(before, duties)));
            CaseResponse response = CaseResponse.of(
                    duties.values().stream().map(SmelterDuty::of).toList());
            Map<String, @Nullable Object> known = facts(execution, runtime, facts, duties);
            known.put("level1", response.level1().name());
            known.put("level2", response.level2().name());
            known.put("row", response.row());
            known.put("level2Open", response.level2IsOpen());
            known.put("smelterAnswers", Lists.json(duties.values()));
            known.put(SMELTERS, Lists.json(smelters(execution, runtime, lists)));
            known.forEach(execution::setVariable);
            tell(execution, runtime, known);
            execution.setVariable("levelToAdd", null);
            execution.setVariable("wideningWanted", adding.settle(execution, PlannedLevels.carried(duties.values())));
        };
    }

    /**
     * Counts people who were found after the level was decided, and asks the table whether it is higher with them: if so, the
     * audit programme weighs it as new information, beside the help for them (E06, E22). Called for a level that was raised
     * just now, there is nobody new to count.
     */
    @Bean
    JavaDelegate weighPeople(CaseDecisions decisions, RuntimeService runtime, EngineCases cases, Lists lists) {
        return execution -> {
            int found = WideningProcess.count(execution, WideningProcess.MORE_FOUND);
            if (found == 0
                    || Boolean.TRUE.equals(execution.getVariable("wideningWanted"))
                    || ofTheCase(execution, runtime, RESPONSES) == null
                    || ofTheCase(execution, runtime, LINKS) == null) {
                return;
            }
            CaseFacts before = known(execution, runtime, lists);
            CaseFacts facts = before.with(new CaseFacts(
                    List.of(), Objects.requireNonNullElse(before.affected(), 0) + found, null, null, null));
            Map<String, Map<String, Object>> duties = duties(execution, runtime);
            boolean higher = evaluate(execution, decisions, runtime, lists, facts, duties);
            tell(execution, runtime, facts(execution, runtime, facts, duties(execution, runtime)));
            if (higher) {
                Map<String, Object> told = new HashMap<>();
                if (execution.getVariable("newInformation") != null) {
                    told.put("newInformation", execution.getVariable("newInformation"));
                }
                cases.tell(PlanProcess.caseNumber(execution), "new-information", told);
            }
        };
    }

    /** A smelter that is linked by the news: nothing was asked of it until now, and the table says what is. */
    private static void linkNewSmelter(
            DelegateExecution execution, Map<String, Map<String, Object>> duties, Parties parties) {
        String smelter = text(execution, NEW_SMELTER);
        if (smelter == null || duties.containsKey(smelter)) {
            return;
        }
        boolean ongoing = "YES".equals(execution.getVariable("newTradeOngoing"));
        Map<String, @Nullable Object> duty = new LinkedHashMap<>();
        duty.put("name", parties.nameOf(smelter));
        LEVELS.forEach(level -> duty.put(level, Level.NONE.name()));
        CARRIERS.forEach(carrier -> duty.put(carrier, "NOT_ASKED"));
        duty.put("row", "N");
        new LinkFacts(
                        ongoing,
                        ongoing
                                ? null
                                : CaseFacts.later(
                                        text(execution, "newContractEnd"), text(execution, "newLastMaterial")),
                        !ongoing && "YES".equals(execution.getVariable("newSelfDetected")),
                        text(execution, "newExposureDate"))
                .writeTo(duty);
        duties.put(smelter, duty);
    }

    /** Of whom more is asked than before, for whoever confirms it. */
    private static List<Map<String, Object>> changes(
            Map<String, Map<String, Object>> before, Map<String, Map<String, Object>> now) {
        List<Map<String, Object>> changes = new ArrayList<>();
        now.forEach((smelter, duty) -> {
            Map<String, Object> was = before.getOrDefault(smelter, Map.of("level1", "NONE", "level2", "NONE"));
            if (LEVELS.stream().anyMatch(level -> level(duty, level).isAbove(level(was, level)))) {
                changes.add(Map.of(
                        "name", Objects.toString(duty.get("name"), smelter),
                        "linked", before.containsKey(smelter) ? "KNOWN" : "NEW",
                        "from1", level(was, "level1").name(),
                        "to1", level(duty, "level1").name(),
                        "from2", level(was, "level2").name(),
                        "to2", level(duty, "level2").name()));
            }
        });
        return changes;
    }

    /** The smelters of the case for whatever comes after: those who were linked, and whoever is asked now. */
    private static List<String> smelters(DelegateExecution execution, RuntimeService runtime, Lists lists) {
        return Stream.concat(
                        lists.strings(ofTheCase(execution, runtime, SMELTERS)).stream(),
                        lists.strings(execution.getVariable(HearingProcess.TO_HEAR)).stream())
                .distinct()
                .toList();
    }

    /** @return whether the level of a duty went up; the duties hold it, and the facts of their link, afterwards */
    private static boolean evaluate(
            DelegateExecution execution,
            CaseDecisions decisions,
            RuntimeService runtime,
            Lists lists,
            CaseFacts facts,
            Map<String, Map<String, Object>> duties) {
        Map<String, Map<String, Object>> links = PlanProcess.entries(ofTheCase(execution, runtime, LINKS));
        boolean higher = false;
        for (Map.Entry<String, Map<String, Object>> duty : duties.entrySet()) {
            // A case of an earlier model keeps what was found of the link beside the duty only.
            Map<String, Object> known = duty.getValue().containsKey(TRADE) ? duty.getValue() : links.get(duty.getKey());
            LinkFacts link = LinkFacts.of(duty.getKey(), known);
            if (duty.getKey().equals(execution.getVariable("linkSmelter"))) {
                link = link.closer(
                        text(execution, "tradeOngoingNow"),
                        text(execution, "cessationNow"),
                        text(execution, "selfDetectedNow"),
                        text(execution, "exposureNow"));
            }
            link.writeTo(duty.getValue());
            Map<String, Object> row = decisions
                    .evaluate(execution, "response-level", inputs(facts, link))
                    .get(0);
            higher |= raise(duty.getValue(), row, lists);
        }
        return higher;
    }

    private static Map<String, Object> inputs(CaseFacts facts, LinkFacts link) {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put(TRADE, link.tradeOngoing());
        inputs.put("effectiveCessation", link.tradeOngoing() ? null : link.effectiveCessation());
        inputs.put("selfDetected", link.selfDetected());
        inputs.put("exposureDate", link.exposureDate());
        inputs.put("incidentFirst", facts.incidentFirst());
        inputs.put("incidentLatest", facts.incidentLatest());
        inputs.put("types", Lists.json(facts.types()));
        inputs.put(OCCURRENCES, facts.occurrences90d());
        inputs.put(AFFECTED, facts.affected());
        return inputs;
    }

    /** @return whether a level of this duty went up; then all that is said of it is of the new decision */
    private static boolean raise(Map<String, Object> duty, Map<String, Object> row, Lists lists) {
        boolean higher = false;
        for (String level : LEVELS) {
            Level now = Level.valueOf(String.valueOf(row.get(level)));
            if (now.isAbove(Level.valueOf(String.valueOf(duty.get(level))))) {
                duty.put(level, now.name());
                higher = true;
            }
        }
        if (higher || !duty.containsKey("rule")) {
            duty.put("levelOrigin", duty.containsKey("rule") ? "RAISED" : "TABLE");
            for (String name : List.of("row", "rule", "relationshipRule", "basis")) {
                duty.put(name, row.get(name));
            }
            duty.put("linkStatus", row.get("status"));
            duty.put("grounds", lists.strings(row.get("grounds")));
            duty.put("flags", lists.strings(row.get("flags")));
            carry(duty);
        }
        return higher;
    }

    /**
     * What was confirmed of each smelter's level goes into its duty as it is by now: while a second person looked at it the
     * smelter may have accepted, or other news may have raised it already.
     */
    private static void takeOver(Map<String, Map<String, Object>> duties, Map<String, Map<String, Object>> raised) {
        raised.forEach((smelter, confirmed) -> {
            Map<String, Object> duty = duties.get(smelter);
            if (duty == null) {
                return;
            }
            if (confirmed.containsKey(TRADE)) {
                LinkFacts news = LinkFacts.of(smelter, confirmed);
                LinkFacts known = duty.containsKey(TRADE) ? LinkFacts.of(smelter, duty) : news;
                known.closer(
                                news.tradeOngoing() ? "YES" : "NO",
                                news.effectiveCessation(),
                                news.selfDetected() ? "YES" : "NO",
                                news.exposureDate())
                        .writeTo(duty);
            }
            boolean higher =
                    LEVELS.stream().anyMatch(level -> level(confirmed, level).isAbove(level(duty, level)));
            if (higher) {
                Map<String, Object> before = new LinkedHashMap<>(duty);
                DECISION.stream().filter(confirmed::containsKey).forEach(name -> duty.put(name, confirmed.get(name)));
                LEVELS.stream()
                        .filter(level -> level(before, level).isAbove(level(duty, level)))
                        .forEach(level -> duty.put(level, before.get(level)));
                carry(duty);
            }
        });
    }

    private static Level level(Map<String, Object> duty, String name) {
        return Level.valueOf(String.valueOf(duty.get(name)));
    }

    private static void carry(Map<String, Object> duty) {
        SmelterDuty raised = SmelterDuty.of(duty);
        List<String> carriers = List.of(
                raised.carrier1("DOWNSTREAM".equals(duty.get(CARRIERS.get(0)))),
                raised.carrier2("DOWNSTREAM".equals(duty.get(CARRIERS.get(1)))));
        for (int level = 0; level < CARRIERS.size(); level++) {
            duty.put(CARRIERS.get(level), carriers.get(level));
        }
    }

    /** The facts as the case keeps them, with the duties and the links that hold those of each smelter. */
    private static Map<String, @Nullable Object> facts(
            DelegateExecution execution,
            RuntimeService runtime,
            CaseFacts facts,
            Map<String, Map<String, Object>> duties) {
        Map<String, Map<String, Object>> links = PlanProcess.entries(ofTheCase(execution, runtime, LINKS));
        duties.forEach((smelter, duty) -> {
            if (duty.containsKey(TRADE)) {
                LinkFacts.of(smelter, duty).writeTo(links.computeIfAbsent(smelter, linked -> new LinkedHashMap<>()));
            }
        });
        Map<String, @Nullable Object> known = new LinkedHashMap<>();
        known.put("types", Lists.json(facts.types()));
        known.put(AFFECTED, facts.affected());
        known.put(OCCURRENCES, facts.occurrences90d());
        known.put("incidentFirst", facts.incidentFirst());
        known.put("incidentLatest", facts.incidentLatest());
        known.put(LINKS, Lists.json(links));
        known.put(RESPONSES, Lists.json(duties));
        return known;
    }

    private static void tell(DelegateExecution execution, RuntimeService runtime, Map<String, @Nullable Object> known) {
        for (ProcessInstance running : running(
                runtime,
                PlanProcess.caseNumber(execution),
                "remedy-case",
                "plan-remedy",
                "implement-remedy",
                "close-incident",
                "weigh-information",
                // What adds to an approved plan, has it decided on and paid for: with the level, the smelters and the
                // number of people as they are now.
                "add-level",
                "widen-remedy",
                "decide-on-plan",
                "secure-funds")) {
            runtime.setVariables(running.getId(), known);
        }
    }

    private static CaseFacts known(DelegateExecution execution, RuntimeService runtime, Lists lists) {
        return new CaseFacts(
                lists.strings(ofTheCase(execution, runtime, "types")),
                number(ofTheCase(execution, runtime, AFFECTED)),
                number(ofTheCase(execution, runtime, OCCURRENCES)),
                day(ofTheCase(execution, runtime, "incidentFirst")),
                day(ofTheCase(execution, runtime, "incidentLatest")));
    }

    private static CaseFacts news(DelegateExecution execution, Lists lists) {
        return new CaseFacts(
                lists.strings(execution.getVariable("typesNow")),
                number(execution.getVariable("affectedNow")),
                number(execution.getVariable("occurrencesNow")),
                day(execution.getVariable("incidentFirstNow")),
                day(execution.getVariable("incidentLatestNow")));
    }

    private static Map<String, Map<String, Object>> duties(DelegateExecution execution, RuntimeService runtime) {
        return new LinkedHashMap<>(PlanProcess.entries(ofTheCase(execution, runtime, RESPONSES)));
    }

    /** As the case knows it now: what this process began with may be overtaken by other news. */
    private static @Nullable Object ofTheCase(DelegateExecution execution, RuntimeService runtime, String name) {
        return running(runtime, PlanProcess.caseNumber(execution), "remedy-case").stream()
                .map(running -> runtime.getVariable(running.getId(), name))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> execution.getVariable(name));
    }

    private static @Nullable Integer number(@Nullable Object value) {
        return value instanceof Number number ? Integer.valueOf(number.intValue()) : null;
    }

    private static @Nullable String day(@Nullable Object value) {
        String day = Objects.toString(value, "");
        return day.isBlank() ? null : day;
    }

    private static @Nullable String text(DelegateExecution execution, String name) {
        return day(execution.getVariable(name));
    }

    private static List<ProcessInstance> running(RuntimeService runtime, String caseNumber, String... processes) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .processDefinitionKeyIn(processes)
                .list();
    }
}
