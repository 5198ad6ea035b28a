package org.redress.remedy;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * The people of one case in numbers, as the gates and the monitoring report ask for them (remedy.md B.8, A.5, C.7).
 * Numbers below five are for the gates only: whoever shows them to a company suppresses them first.
 */
record VictimCounts(List<VictimFacts> people) {

    VictimCounts {
        people = List.copyOf(people);
    }

    /** Everybody who was registered. */
    int victims() {
        return people.size();
    }

    int children() {
        return count(VictimFacts::child);
    }

    /** People without a case plan, whose refusal, withdrawal, disappearance or death is not documented either. */
    int withoutPlan() {
        return count(VictimFacts::withoutPlan);
    }

    int withoutConsent() {
        return count(VictimFacts::withoutConsent);
    }

    int childrenWithoutSpecialist() {
        return children(person -> !person.childSpecialist());
    }

    int childrenWithoutGuardian() {
        return children(person -> person.guardianRoute().equals("NONE"));
    }

    int childrenWithoutAgreement() {
        return children(person -> !person.childAgreement().equals("SIGNED"));
    }

    /** Case plans that count on a service which does not exist there. */
    int servicesUnavailable() {
        return plans(person -> !person.servicesAvailable());
    }

    /** Case plans with a goal that does not fit the person or the place. */
    int goalsWithoutFit() {
        return plans(person -> !person.goalsFit());
    }

    /** Case plans whose monitoring the person cannot easily reach. */
    int withoutReachableMonitoring() {
        return plans(person -> !person.monitoringReachable());
    }

    int withoutHandover() {
        return count(person -> !person.excused() && person.handoverAt() == null);
    }

    int withoutTwoFollowUps() {
        return count(VictimFacts::withoutTwoFollowUps);
    }

    /** People at risk; nobody is excused here but the dead, those who withdrew and those who cannot be found. */
    int openSafetyRisks() {
        return count(person -> person.openSafetyRisk() && !person.excused());
    }

    int openServiceRequests() {
        return sum(VictimFacts.Services::unanswered);
    }

    int servicesRequested() {
        return sum(VictimFacts.Services::requested);
    }

    int servicesRunning() {
        return sum(VictimFacts.Services::running);
    }

    int servicesCompleted() {
        return sum(VictimFacts.Services::completed);
    }

    int servicesOverdue() {
        return sum(VictimFacts.Services::overdue);
    }

    /** As earlier models counted, in clear; {@link VictimCases#harmTold} adds what is sealed. */
    int safetyIncidents() {
        return people.stream().mapToInt(VictimFacts::safetyIncidents).sum();
    }

    /** @param status one of {@link VictimFacts#status()} */
    int withStatus(String status) {
        return count(person -> person.status().equals(status));
    }

    /** @param degree 0 (none) to 4 (self-reliant) */
    int withReintegrationDegree(int degree) {
        return count(person -> Integer.valueOf(degree).equals(person.reintegrationDegree()));
    }

    /** Mean of 1 to 5 over those who were asked. */
    OptionalDouble averageSatisfaction() {
        return people.stream()
                .map(VictimFacts::satisfaction)
                .filter(java.util.Objects::nonNull)
                .mapToInt(Integer::intValue)
                .average();
    }

    private int children(Predicate<VictimFacts> which) {
        return count(person -> person.child() && !person.excused() && which.test(person));
    }

    private int plans(Predicate<VictimFacts> which) {
        return count(person -> person.hasPlan() && !person.excused() && which.test(person));
    }

    private int count(Predicate<VictimFacts> which) {
        return Math.toIntExact(people.stream().filter(which).count());
    }

    private int sum(java.util.function.ToIntFunction<VictimFacts.Services> number) {
        return people.stream().map(VictimFacts::services).mapToInt(number).sum();
    }
}
