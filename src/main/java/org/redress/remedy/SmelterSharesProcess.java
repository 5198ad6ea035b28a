package org.redress.remedy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;
import org.redress.engine.Lists;
import org.springframework.stereotype.Component;

/**
 * What each smelter says that it gives, and what of several each was asked for, has promised and paid, as
 * {@code ${smelterShares. …}} in {@code bpmn/remedy/secure-funds} (remedy.md A.4 raiseFunds, E16): a delay presses who paid
 * nothing or too little, and nobody else. Amounts are in the currency of the plan. What one says of itself no other smelter
 * sees; what counts as received is what the facilitator confirms, of more than five smelters in one sum.
 */
@Component("smelterShares")
public class SmelterSharesProcess {

    private static final String SHARES = "smelterFunds";
    private static final String NAMED = "smelterPayers";
    private static final String SMELTER = "smelter";
    private static final String NAME = "name";
    private static final String ASKED = "asked";
    private static final String PLEDGED = "pledged";
    private static final String RECEIVED = "received";
    private static final String SUM_ASKED = "fundsSmelterAsked";
    private static final String SUM_PLEDGED = "fundsSmelterPledged";
    private static final String SUM_RECEIVED = "fundsSmelterReceived";
    /** What the smelters say of themselves, for the facilitator. */
    private static final String SAYS = "smelterSays";

    private static final String PAID = "paid";
    private static final String TO_HEAR = "smeltersToHear";
    private static final String HEARD = "smeltersHeard";
    private static final String WEIGHED = "sharesWeighed";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal LEAST = new BigDecimal("0.01");
    private static final String NOBODYS_YET = "smelterSumToLayOut";
    private static final List<String> PAYERS = List.of("payer1", "payer2", "payer3", "payer4", "payer5");
    private static final List<String> ASKED_OF =
            List.of("smelter1Asked", "smelter2Asked", "smelter3Asked", "smelter4Asked", "smelter5Asked");
    private static final List<String> PLEDGED_OF =
            List.of("smelter1Pledged", "smelter2Pledged", "smelter3Pledged", "smelter4Pledged", "smelter5Pledged");
    static final List<String> RECEIVED_OF =
            List.of("smelter1Received", "smelter2Received", "smelter3Received", "smelter4Received", "smelter5Received");

    private final Lists lists;

    SmelterSharesProcess(Lists lists) {
        this.lists = lists;
    }

    /**
     * Names those who take part, as far as the case knows it now, with what was entered for them before. Who paid alone keeps
     * what it paid when others join; a sum of which the case does not know whose it is, is shown to be laid out by hand.
     */
    public void layOut(DelegateExecution execution) {
        List<Map<String, Object>> payers = payers(execution);
        List<Map<String, Object>> several = payers.size() > 1 ? payers : List.of();
        Map<String, Map<String, Object>> known = shares(execution);
        for (int slot = 0; slot < PAYERS.size(); slot++) {
            @Nullable Map<String, Object> payer = slot < several.size() ? several.get(slot) : null;
            Map<String, Object> share =
                    payer == null ? Map.of() : known.getOrDefault(String.valueOf(payer.get(SMELTER)), Map.of());
            execution.setVariable(PAYERS.get(slot), payer == null ? null : payer.get(NAME));
            execution.setVariable(ASKED_OF.get(slot), share.get(ASKED));
            execution.setVariable(PLEDGED_OF.get(slot), share.get(PLEDGED));
            execution.setVariable(RECEIVED_OF.get(slot), share.get(RECEIVED));
        }
        BigDecimal sum = WideningProcess.amount(execution, SUM_RECEIVED);
        boolean nobodysYet = !several.isEmpty() && known.isEmpty() && sum.signum() > 0;
        execution.setVariable(NOBODYS_YET, nobodysYet ? sum.doubleValue() : null);
        execution.setVariable(NAMED, Lists.json(payers));
    }

    /** Keeps what was entered for each, and the sums of them, which stand for the smelters together. */
    public void keep(DelegateExecution execution) {
        List<Map<String, Object>> payers = PlanProcess.rows(execution.getVariable(NAMED));
        if (execution.isCanceled()) {
            return;
        }
        if (payers.isEmpty()) {
            // What was kept for each before is no longer asked: the one sum counts again.
            if (execution.getVariable(SHARES) != null) {
                execution.setVariable(SHARES, null);
            }
            return;
        }
        if (payers.size() == 1) {
            execution.setVariable(
                    SHARES, Lists.json(List.of(share(execution, payers.get(0), SUM_ASKED, SUM_PLEDGED, SUM_RECEIVED))));
            return;
        }
        List<Map<String, Object>> shares = new ArrayList<>();
        BigDecimal asked = BigDecimal.ZERO;
        BigDecimal pledged = BigDecimal.ZERO;
        BigDecimal received = BigDecimal.ZERO;
        for (int slot = 0; slot < payers.size(); slot++) {
            shares.add(share(
                    execution, payers.get(slot), ASKED_OF.get(slot), PLEDGED_OF.get(slot), RECEIVED_OF.get(slot)));
            asked = asked.add(WideningProcess.amount(execution, ASKED_OF.get(slot)));
            pledged = pledged.add(WideningProcess.amount(execution, PLEDGED_OF.get(slot)));
            received = received.add(WideningProcess.amount(execution, RECEIVED_OF.get(slot)));
        }
        execution.setVariable(SHARES, Lists.json(shares));
        // The form of an earlier model asks for this sum alone.
        if (asked.signum() > 0) {
            execution.setVariable(SUM_ASKED, asked.doubleValue());
        }
        execution.setVariable(SUM_PLEDGED, pledged.doubleValue());
        execution.setVariable(SUM_RECEIVED, received.doubleValue());
    }

    private static Map<String, Object> share(
            DelegateExecution execution, Map<String, Object> payer, String asked, String pledged, String received) {
        return Map.of(
                SMELTER,
                payer.get(SMELTER),
                NAME,
                payer.get(NAME),
                ASKED,
                WideningProcess.amount(execution, asked).doubleValue(),
                PLEDGED,
                WideningProcess.amount(execution, pledged).doubleValue(),
                RECEIVED,
                WideningProcess.amount(execution, received).doubleValue());
    }

    /**
     * How much of its share was received of this smelter, in percent: of what it was asked for, or else of what it promised;
     * where neither is known, any payment is all of it. Of a smelter whose share nobody entered by itself, as in a case of an
     * earlier model, money of any smelter counts as its own: it is not pressed while there is some.
     */
    static double paidPercent(VariableScope execution, String smelter) {
        Map<String, Object> share = shares(execution).get(smelter);
        BigDecimal paid = share == null
                ? WideningProcess.amount(execution, SUM_RECEIVED)
                : WideningProcess.amount(share.get(RECEIVED));
        BigDecimal owed = share == null ? BigDecimal.ZERO : owed(share);
        if (owed.signum() <= 0) {
            return paid.signum() > 0 ? 100 : 0;
        }
        BigDecimal percent = paid.multiply(HUNDRED).divide(owed, 2, RoundingMode.DOWN);
        // However little it is, it is not nothing.
        return paid.signum() > 0 ? percent.max(LEAST).doubleValue() : 0;
    }

    private static BigDecimal owed(Map<String, Object> share) {
        BigDecimal asked = WideningProcess.amount(share.get(ASKED));
        return asked.signum() > 0 ? asked : WideningProcess.amount(share.get(PLEDGED));
    }

    /** Whether any of its share was received. */
    static boolean hasPaid(VariableScope execution, String smelter) {
        return paidPercent(execution, smelter) > 0;
    }

    /** Keeps what follows for each smelter that owes: its id and name, the percentage, and the row of the decision. */
    static void keepWeighed(DelegateExecution execution, List<Map<String, Object>> weighed) {
        execution.setVariable(WEIGHED, Lists.json(weighed));
    }

    /** What follows for each; empty where nothing was weighed, as in a case of an earlier model. */
    static Optional<List<Map<String, Object>>> weighed(VariableScope execution) {
        return Optional.ofNullable(execution.getVariable(WEIGHED)).map(PlanProcess::rows);
    }

    /** Who paid a part and is asked by letter for the rest. */
    public List<String> askedForTheRest(VariableScope execution) {
        return weighed(execution).orElse(List.of()).stream()
                .filter(row -> "LETTER".equals(row.get("step")))
                .map(row -> String.valueOf(row.get(SMELTER)))
                .toList();
    }

    /** Whether somebody takes up a level and was not asked yet what it gives. */
    public boolean somebodyToHear(VariableScope execution) {
        return !toHear(execution).isEmpty();
    }

    /** Asks those who were not asked yet, each once in a search for money. */
    public void beginToHear(DelegateExecution execution) {
        List<String> toHear = toHear(execution);
        List<String> asked = new ArrayList<>(lists.strings(execution.getVariable(HEARD)));
        asked.addAll(toHear);
        execution.setVariableLocal(TO_HEAR, Lists.json(toHear));
        execution.setVariable(HEARD, Lists.json(asked));
    }

    private List<String> toHear(VariableScope execution) {
        List<String> asked = lists.strings(execution.getVariable(HEARD));
        return whoTakesPart(execution).stream()
                .map(payer -> String.valueOf(payer.get(SMELTER)))
                .filter(smelter -> !asked.contains(smelter))
                .toList();
    }

    /** What the smelter of this execution said of itself before; null where it said nothing. */
    public @Nullable Object told(VariableScope execution, String what) {
        return said(execution).map(row -> row.get(what)).orElse(null);
    }

    /** Keeps what the smelter of this execution says of itself, in place of what it said before. */
    public void hear(DelegateExecution execution) {
        if (execution.isCanceled()) {
            return;
        }
        String smelter = String.valueOf(execution.getVariable(SMELTER));
        List<Map<String, Object>> rows = new ArrayList<>(PlanProcess.rows(execution.getVariable(SAYS)).stream()
                .filter(row -> !smelter.equals(row.get(SMELTER)))
                .toList());
        rows.add(Map.of(
                SMELTER,
                smelter,
                NAME,
                Objects.toString(execution.getVariable("smelterName"), smelter),
                PLEDGED,
                WideningProcess.amount(execution, "sharePledged").doubleValue(),
                PAID,
                WideningProcess.amount(execution, "sharePaid").doubleValue(),
                "conditions",
                Objects.toString(execution.getVariable("shareConditions"), "")));
        execution.setVariable(SAYS, Lists.json(rows));
    }

    /** Whether the smelter of this execution says that all it gives is paid. */
    public boolean allPaid(VariableScope execution) {
        return said(execution)
                .map(row ->
                        WideningProcess.amount(row.get(PAID)).compareTo(WideningProcess.amount(row.get(PLEDGED))) >= 0)
                .orElse(false);
    }

    private static Optional<Map<String, Object>> said(VariableScope execution) {
        Object smelter = execution.getVariable(SMELTER);
        return PlanProcess.rows(execution.getVariable(SAYS)).stream()
                .filter(row -> Objects.equals(row.get(SMELTER), smelter))
                .findFirst();
    }

    /** Who is told apart; nobody where the form has no room for so many. */
    private static List<Map<String, Object>> payers(VariableScope execution) {
        List<Map<String, Object>> payers = whoTakesPart(execution);
        return payers.size() > PAYERS.size() ? List.of() : payers;
    }

    /** Who takes up a level for which this money is, or has paid. */
    private static List<Map<String, Object>> whoTakesPart(VariableScope execution) {
        @Nullable Object responses = execution.getVariable("responses");
        if (responses == null) {
            return List.of();
        }
        Map<String, Map<String, Object>> shares = shares(execution);
        return PlanProcess.entries(responses).entrySet().stream()
                .filter(duty -> takesUp(execution, duty.getValue()) || hasPaid(shares.get(duty.getKey())))
                .map(duty -> Map.<String, Object>of(
                        SMELTER,
                        duty.getKey(),
                        NAME,
                        Objects.toString(duty.getValue().get(NAME), duty.getKey())))
                .toList();
    }

    private static boolean hasPaid(@Nullable Map<String, Object> share) {
        return share != null && WideningProcess.amount(share.get(RECEIVED)).signum() > 0;
    }

    private static boolean takesUp(VariableScope execution, Map<String, Object> duty) {
        return takesUp(execution, duty, "1") || takesUp(execution, duty, "2");
    }

    private static boolean takesUp(VariableScope execution, Map<String, Object> duty, String level) {
        return "YES".equals(duty.get("acceptsLevel" + level))
                && !Boolean.FALSE.equals(execution.getVariable("level" + level + "Planned"));
    }

    private static Map<String, Map<String, Object>> shares(VariableScope execution) {
        return PlanProcess.rows(execution.getVariable(SHARES)).stream()
                .collect(Collectors.toMap(share -> String.valueOf(share.get(SMELTER)), share -> share));
    }
}
