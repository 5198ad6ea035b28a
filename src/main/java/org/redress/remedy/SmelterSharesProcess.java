package org.redress.remedy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;
import org.redress.engine.Lists;
import org.springframework.stereotype.Component;

/**
 * What each of several smelters has promised and paid, as {@code ${smelterShares. …}} in {@code bpmn/remedy/secure-funds}
 * (remedy.md A.4 raiseFunds, E16): a delay presses who paid nothing, and nobody else. Amounts are in the currency of the plan.
 * One smelter needs no share of its own, and of more than five only the sum is asked.
 */
@Component("smelterShares")
public class SmelterSharesProcess {

    private static final String SHARES = "smelterFunds";
    private static final String NAMED = "smelterPayers";
    private static final String SMELTER = "smelter";
    private static final String NAME = "name";
    private static final String PLEDGED = "pledged";
    private static final String RECEIVED = "received";
    private static final String SUM_PLEDGED = "fundsSmelterPledged";
    private static final String SUM_RECEIVED = "fundsSmelterReceived";
    private static final String NOBODYS_YET = "smelterSumToLayOut";
    private static final List<String> PAYERS = List.of("payer1", "payer2", "payer3", "payer4", "payer5");
    private static final List<String> PLEDGED_OF =
            List.of("smelter1Pledged", "smelter2Pledged", "smelter3Pledged", "smelter4Pledged", "smelter5Pledged");
    static final List<String> RECEIVED_OF =
            List.of("smelter1Received", "smelter2Received", "smelter3Received", "smelter4Received", "smelter5Received");

    SmelterSharesProcess() {}

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
                    SHARES, Lists.json(List.of(share(execution, payers.get(0), SUM_PLEDGED, SUM_RECEIVED))));
            return;
        }
        List<Map<String, Object>> shares = new ArrayList<>();
        BigDecimal pledged = BigDecimal.ZERO;
        BigDecimal received = BigDecimal.ZERO;
        for (int slot = 0; slot < payers.size(); slot++) {
            shares.add(share(execution, payers.get(slot), PLEDGED_OF.get(slot), RECEIVED_OF.get(slot)));
            pledged = pledged.add(WideningProcess.amount(execution, PLEDGED_OF.get(slot)));
            received = received.add(WideningProcess.amount(execution, RECEIVED_OF.get(slot)));
        }
        execution.setVariable(SHARES, Lists.json(shares));
        execution.setVariable(SUM_PLEDGED, pledged.doubleValue());
        execution.setVariable(SUM_RECEIVED, received.doubleValue());
    }

    private static Map<String, Object> share(
            DelegateExecution execution, Map<String, Object> payer, String pledged, String received) {
        return Map.of(
                SMELTER,
                payer.get(SMELTER),
                NAME,
                payer.get(NAME),
                PLEDGED,
                WideningProcess.amount(execution, pledged).doubleValue(),
                RECEIVED,
                WideningProcess.amount(execution, received).doubleValue());
    }

    /**
     * Whether money of this smelter was received. Where only the sum is known, as in a case of an earlier model, money of any
     * smelter counts for all.
     */
    static boolean hasPaid(VariableScope execution, String smelter) {
        Map<String, Map<String, Object>> shares = shares(execution);
        // Who was never asked for a share of its own is not pressed while money of smelters is there.
        Map<String, Object> share = shares.get(smelter);
        Object paid = share == null ? execution.getVariable(SUM_RECEIVED) : share.get(RECEIVED);
        return WideningProcess.amount(paid).signum() > 0;
    }

    /** Who takes up a level or has paid; nobody where the form has no room for so many. */
    private static List<Map<String, Object>> payers(VariableScope execution) {
        @Nullable Object responses = execution.getVariable("responses");
        if (responses == null) {
            return List.of();
        }
        Map<String, Map<String, Object>> shares = shares(execution);
        List<Map<String, Object>> payers = PlanProcess.entries(responses).entrySet().stream()
                .filter(duty -> takesUp(duty.getValue()) || hasPaid(shares.get(duty.getKey())))
                .map(duty -> Map.<String, Object>of(
                        SMELTER,
                        duty.getKey(),
                        NAME,
                        Objects.toString(duty.getValue().get(NAME), duty.getKey())))
                .toList();
        return payers.size() > PAYERS.size() ? List.of() : payers;
    }

    private static boolean hasPaid(@Nullable Map<String, Object> share) {
        return share != null && WideningProcess.amount(share.get(RECEIVED)).signum() > 0;
    }

    private static boolean takesUp(Map<String, Object> duty) {
        return "YES".equals(duty.get("acceptsLevel1")) || "YES".equals(duty.get("acceptsLevel2"));
    }

    private static Map<String, Map<String, Object>> shares(VariableScope execution) {
        return PlanProcess.rows(execution.getVariable(SHARES)).stream()
                .collect(Collectors.toMap(share -> String.valueOf(share.get(SMELTER)), share -> share));
    }
}
