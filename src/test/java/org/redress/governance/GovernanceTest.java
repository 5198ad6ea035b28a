package org.redress.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redress.engine.InvalidInput;

/** Plenaries and windows as data: what may be planned, moved, held and cancelled, and what is refused with which advice. */
class GovernanceTest extends CalendarTest {

    @Test
    void theNextAnnualPlenaryIsTheFirstThatBeginsFromADayOn() {
        governance.plan("2027-03-18", "2027-03-21", BY, WHY);
        governance.plan("2026-05-12", "2026-05-15", BY, WHY);
        governance.convene("2026-04-01", "2026-04-01", "CONCERN", null, "C-2026-0001", WHY);

        assertThat(governance.nextAnnualPlenary("2026-02-02")).isEqualTo("P-2026");
        assertThat(governance.nextAnnualPlenary("2026-05-12")).isEqualTo("P-2026");
        assertThat(governance.nextAnnualPlenary("2026-05-13")).isEqualTo("P-2027");
        assertThat(governance.dayOf("P-2027")).isEqualTo("2027-03-18");
        assertThatThrownBy(() -> governance.nextAnnualPlenary("2027-03-19"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the Secretariat plans one");
    }

    @Test
    void whetherAnAnnualPlenaryFallsIntoATimeIsToldWithBothItsEnds() {
        governance.plan("2026-05-12", "2026-05-15", BY, WHY);
        governance.convene("2026-03-01", "2026-03-01", "OTHER", null, BY, WHY);

        assertThat(governance.annualPlenaryBy("2026-05-11")).isFalse();
        assertThat(governance.annualPlenaryBy("2026-05-12")).isTrue();
        travelTo("2026-05-12T23:00:00Z");
        assertThat(governance.annualPlenaryBy("2026-08-12")).isTrue();
        travelTo("2026-05-13T00:00:00Z");
        assertThat(governance.annualPlenaryBy("2026-08-12"))
                .as("the one that has begun is missed")
                .isFalse();
    }

    @Test
    void aPlenaryKeepsItsNameWhenItMovesIntoAnotherYear() {
        governance.plan("2026-12-08", "2026-12-09", BY, WHY);
        governance.movePlenary("P-2026", "2027-01-12", "2027-01-13", BY, WHY);

        assertThat(governance.nextAnnualPlenary("2026-12-10")).isEqualTo("P-2026");
        assertThat(governance.plan("2026-12-08", "2026-12-08", BY, WHY))
                .as("its year is free again")
                .isEqualTo("P-2026-2");
        assertThatThrownBy(() -> governance.plan("2027-03-18", "2027-03-21", BY, WHY))
                .hasMessageContaining("P-2026 is the annual Plenary of 2027 already");
        assertThat(history("P-2026"))
                .containsExactly(
                        "PLANNED null -> 2026-12-08 to 2026-12-09",
                        "MOVED 2026-12-08 to 2026-12-09 -> 2027-01-12 to 2027-01-13");
    }

    @Test
    void whereItIsAlreadyAPlenaryDoesNotMove() {
        governance.plan("2026-05-12", "2026-05-15", BY, WHY);
        assertThat(governance.movePlenary("P-2026", "2026-05-12", "2026-05-15", BY, WHY))
                .isZero();
        assertThat(history("P-2026")).hasSize(1);
    }

    @Test
    void aYearHasOneAnnualPlenaryUnlessItIsCancelled() {
        governance.plan("2027-03-18", "2027-03-21", BY, WHY);
        governance.plan("2028-03-16", "2028-03-19", BY, WHY);
        assertThatThrownBy(() -> governance.plan("2027-05-01", "2027-05-02", BY, WHY))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("P-2027 is the annual Plenary of 2027 already: move or cancel that one first");
        assertThatThrownBy(() -> governance.movePlenary("P-2028", "2027-05-01", "2027-05-02", BY, WHY))
                .hasMessageContaining("P-2027 is the annual Plenary of 2027 already");
        assertThat(governance.dayOf("P-2028")).isEqualTo("2028-03-16");

        governance.cancel("P-2027", BY, WHY);
        governance.cancel("P-2027", BY, WHY);
        assertThat(governance.stateOf("P-2027")).isEqualTo("CANCELLED");
        assertThat(governance.dayOf("P-2027"))
                .as("what hangs on it keeps its day")
                .isEqualTo("2027-03-18");
        assertThat(governance.plan("2027-05-01", "2027-05-02", BY, WHY)).isEqualTo("P-2027-2");
        assertThat(history("P-2027")).hasSize(2);
    }

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource({
        "2027-03-18, 2027-03-17, The last day 2027-03-17 is before the first day 2027-03-18: correct one of them",
        "2026-02-02, 2026-02-03, The first day 2026-02-02 is not in the future: choose a later day",
        "2026-01-30, 2026-02-03, The first day 2026-01-30 is not in the future: choose a later day",
        "18.3.2027,  2027-03-21, The first day is no day: write it like 2027-03-18",
        "2027-02-29, 2027-03-21, The first day is no day: write it like 2027-03-18",
        "2027-03-18, ,           The last day is missing: fill it in",
    })
    void daysThatCannotBeAreRefused(String startsOn, @Nullable String endsOn, String saying) {
        governance.plan("2026-05-12", "2026-05-15", BY, WHY);
        String last = endsOn == null ? "" : endsOn;
        for (Runnable change : List.<Runnable>of(
                () -> governance.plan(startsOn, last, BY, WHY),
                () -> governance.convene(startsOn, last, "OTHER", null, BY, WHY),
                () -> governance.movePlenary("P-2026", startsOn, last, BY, WHY))) {
            assertThatThrownBy(change::run).isInstanceOf(InvalidInput.class).hasMessage(saying);
        }
        assertThat(governance.plenaries()).hasSize(1);
    }

    @Test
    void aSpecialPlenaryIsConvenedInTimeAndForAReason() {
        assertThatThrownBy(() ->
                        governance.convene("2026-08-01", "2026-08-01", "CONCERN", "2026-07-31", "C-2026-0001", WHY))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("must begin on 2026-07-31 at the latest");
        assertThatThrownBy(() -> governance.convene("2026-07-31", "2026-07-31", "FUN", null, BY, WHY))
                .hasMessageContaining("choose one of [CONCERN, ADMISSION, GOVERNANCE, OTHER]");

        assertThat(governance.convene("2026-07-31", "2026-08-01", "CONCERN", "2026-07-31", "C-2026-0001", WHY))
                .isEqualTo("S-2026-1");
        assertThat(governance.convene("2026-07-31", "2026-08-01", "OTHER", null, BY, WHY))
                .isEqualTo("S-2026-2");
        assertThat(governance.plenary("S-2026-1"))
                .extracting(Plenary::kind, Plenary::reason, Plenary::state)
                .containsExactly(Plenary.Kind.SPECIAL, Plenary.Reason.CONCERN, Plenary.State.PLANNED);
        assertThat(jdbc.sql("select changed_by from plenary where id = 'S-2026-1' and convened_at is not null")
                        .query(String.class)
                        .single())
                .isEqualTo("C-2026-0001");
    }

    @Test
    void whatWasHeldOrCancelledChangesNoMore() {
        governance.plan("2026-05-12", "2026-05-15", BY, WHY);
        assertThatThrownBy(() -> governance.hold("P-2026", BY, WHY)).hasMessageContaining("once it has begun");
        travelTo("2026-05-12T08:00:00Z");
        governance.hold("P-2026", BY, WHY);
        governance.hold("P-2026", BY, WHY);
        assertThat(governance.stateOf("P-2026")).isEqualTo("HELD");
        assertThatThrownBy(() -> governance.movePlenary("P-2026", "2026-06-12", "2026-06-15", BY, WHY))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("was held and changes no more");
        assertThatThrownBy(() -> governance.cancel("P-2026", BY, WHY)).hasMessageContaining("was held");
        assertThatThrownBy(() -> governance.plan("2026-09-01", "2026-09-02", BY, WHY))
                .as("the year has had its Plenary")
                .hasMessageContaining("P-2026 is the annual Plenary of 2026 already");

        governance.plan("2027-03-18", "2027-03-21", BY, WHY);
        governance.cancel("P-2027", BY, WHY);
        assertThatThrownBy(() -> governance.hold("P-2027", BY, WHY)).hasMessageContaining("was cancelled");
        assertThat(history("P-2026"))
                .containsExactly("PLANNED null -> 2026-05-12 to 2026-05-15", "HELD 2026-05-12 to 2026-05-15 -> null");
    }

    @Test
    void anUnknownPlenaryIsNamedTogetherWithThoseThatThereAre() {
        governance.plan("2026-05-12", "2026-05-15", BY, WHY);
        assertThatThrownBy(() -> governance.dayOf("P-2062"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("There is no Plenary P-2062: choose one of P-2026");
        assertThatThrownBy(() -> governance.movePlenary("P-2062", "2026-06-12", "2026-06-15", BY, WHY))
                .hasMessageContaining("There is no Plenary P-2062");
    }

    @Test
    void twoNodesThatPlanTheSameYearAtOncePlanOnePlenary() {
        List<CompletableFuture<String>> plans = IntStream.rangeClosed(1, 4)
                .mapToObj(each -> CompletableFuture.supplyAsync(
                        () -> governance.plan("2027-03-1" + each, "2027-03-2" + each, BY, WHY)))
                .toList();
        plans.forEach(plan -> plan.handle((id, fault) -> id).join());
        assertThat(plans.stream().filter(plan -> !plan.isCompletedExceptionally()))
                .hasSize(1);
        assertThat(governance.plenaries()).hasSize(1);
        plans.stream().filter(CompletableFuture::isCompletedExceptionally).forEach(plan -> assertThatThrownBy(
                        plan::join)
                .cause()
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("P-2027 is the annual Plenary of 2027 already"));
    }

    /** A.1, 2: which cycle an application is in follows from the days of the calendar, and from the table where it has none. */
    @Test
    void theCalendarDecidesOnTheCycleAndTheTableWhereItIsSilent() {
        Map<String, Object> march = Map.of(
                "cycle",
                "2026-spring",
                "closeDate",
                "2026-03-31",
                "nextCycle",
                "2026-autumn",
                "nextCloseDate",
                "2026-09-15");
        Map<String, Object> april = Map.of(
                "cycle",
                "2026-autumn",
                "closeDate",
                "2026-09-15",
                "nextCycle",
                "2027-spring",
                "nextCloseDate",
                "2027-03-31");
        assertThat(windows.cycleOf("2026-03-20", null, march)).isEqualTo("2026-spring");
        assertThat(windows.closeOf("2026-spring", march)).isEqualTo("2026-03-31");
        assertThat(windows.cycleOf("2026-03-20", "2026-03-31", march))
                .as("one that is passed over")
                .isEqualTo("2026-autumn");
        assertThat(windows.closeOf("2026-autumn", march)).isEqualTo("2026-09-15");

        windows.set("2026-spring", null, "2026-04-30", "2026-05", BY, WHY);
        assertThat(windows.cycleOf("2026-04-10", null, april))
                .as("open for longer")
                .isEqualTo("2026-spring");
        assertThat(windows.closeOf("2026-spring", april)).isEqualTo("2026-04-30");
        assertThat(windows.cycleOf("2026-05-01", null, april)).isEqualTo("2026-autumn");

        windows.set("2026-spring", null, "2026-03-15", "2026-05", BY, WHY);
        assertThat(windows.cycleOf("2026-03-15", null, march)).isEqualTo("2026-spring");
        assertThat(windows.cycleOf("2026-03-16", null, march))
                .as("closed early")
                .isEqualTo("2026-autumn");
    }

    @Test
    void aWindowIsSetAndSetAnewUntilItHasClosed() {
        windows.set("2026-spring", "2026-01-05", "2026-03-31", "2026-03", BY, WHY);
        windows.set("2026-autumn", null, "2026-09-15", "2026-09", BY, WHY);
        assertThat(windows.all()).extracting(Window::id).containsExactly("2026-spring", "2026-autumn");

        windows.set("2026-spring", "2026-01-05", "2026-04-10", "2026-04", BY, WHY);
        assertThat(windows.closesOn("2026-spring")).isEqualTo("2026-04-10");
        assertThat(history("2026-spring"))
                .containsExactly(
                        "SET null -> 2026-01-05 to 2026-03-31, assessed in 2026-03",
                        "SET 2026-01-05 to 2026-03-31, assessed in 2026-03 -> 2026-01-05 to 2026-04-10, assessed in 2026-04");

        travelTo("2026-04-11T00:00:00Z");
        assertThatThrownBy(() -> windows.set("2026-spring", null, "2026-05-31", "2026-06", BY, WHY))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("closed on 2026-04-10 and changes no more");
        assertThat(windows.isKnown("2027-spring")).isFalse();
        assertThatThrownBy(() -> windows.closesOn("2027-spring"))
                .hasMessageContaining("There is no window 2027-spring");
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}: {4}")
    @CsvSource({
        "2026-summer, ,           2026-06-30, 2026-07, such as 2027-spring",
        "2026-spring, 2026-04-01, 2026-03-31, 2026-03, is before the first day",
        "2026-spring, ,           2026-02-01, 2026-03, is in the past",
        "2026-spring, ,           2026-03-31, 2026-02, before the window closes",
        "2026-spring, ,           2026-03-31, March,   is no month",
        "2026-spring, ,           31 March,   2026-03, is no day",
    })
    void aWindowThatCannotBeIsRefused(
            String id, @Nullable String opensOn, String closesOn, String assessed, String saying) {
        assertThatThrownBy(() -> windows.set(id, opensOn, closesOn, assessed, BY, WHY))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(saying);
        assertThat(windows.all()).isEmpty();
    }
}
