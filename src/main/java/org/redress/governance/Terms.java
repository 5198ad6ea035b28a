package org.redress.governance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.redress.engine.InvalidInput;
import org.redress.governance.Term.Office;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who holds the chair and the seats of the Steering Committee, from when until when (membership.md C). */
@Component("officeTerms")
@EnableConfigurationProperties(GovernanceSettings.class)
class Terms {

    private static final String COLUMNS = "select id, office, organisation, pillar, from_day, until_day from term ";

    private final JdbcClient jdbc;
    private final ChangeLog changes;
    private final GovernanceSettings settings;
    private final Day day;
    private final Offices offices;

    Terms(JdbcClient jdbc, ChangeLog changes, GovernanceSettings settings, Day day, Offices offices) {
        this.jdbc = jdbc;
        this.changes = changes;
        this.settings = settings;
        this.day = day;
        this.offices = offices;
    }

    /** The terms of this office that have not ended before today: those that run and those that will. */
    List<Term> runningOrToCome(Office office) {
        LocalDate today = day.today();
        return of(office).filter(term -> term.overlaps(today, null)).toList();
    }

    /** The terms of this office that run today. */
    List<Term> running(Office office) {
        LocalDate today = day.today();
        return of(office).filter(term -> term.covers(today)).toList();
    }

    /** Whether an organisation holds a seat or the chair today. */
    boolean holdsOffice(String organisation) {
        return Stream.of(Office.values())
                .flatMap(office -> running(office).stream())
                .anyMatch(term -> term.organisation().equals(organisation));
    }

    private Stream<Term> of(Office office) {
        return jdbc
                .sql(COLUMNS + "where office = ? order by pillar, from_day, id")
                .param(office.name())
                .query(Terms::read)
                .list()
                .stream();
    }

    /**
     * Gives a member a seat for its pillar, or the chair.
     *
     * @param until last day, null while it runs on
     * @throws InvalidInput if the member takes no part or has no pillar, the days are reversed or over, the member holds
     *     the office in that time, somebody else has the chair then, or the pillar's seats are taken
     */
    @Transactional
    public void give(Office office, Member member, LocalDate from, @Nullable LocalDate until, String by, String why) {
        changes.lock();
        refuseWhoCannot(office, member);
        if (until != null && until.isBefore(from)) {
            throw new InvalidInput(
                    "The last day " + until + " is before the first day " + from + ": correct one of them");
        }
        if (until != null && until.isBefore(day.today())) {
            throw new InvalidInput("The last day " + until + " is in the past: choose today, a later day or none");
        }
        List<Term> sameTime =
                of(office).filter(term -> term.overlaps(from, until)).toList();
        sameTime.stream()
                .filter(term -> office == Office.CHAIR || term.organisation().equals(member.organisation()))
                .findFirst()
                .ifPresent(term -> {
                    throw new InvalidInput(term.organisation() + " holds "
                            + (office == Office.CHAIR ? "the chair " : "a seat ") + term.days()
                            + ": end that term first, or choose other days");
                });
        if (office == Office.COMMITTEE_SEAT) {
            refuseOneTooMany(member, from, sameTime);
        }
        Term term = new Term(0, office, member.organisation(), member.pillar(), from, until);
        jdbc.sql("insert into term (office, organisation, pillar, from_day, until_day) values (?, ?, ?, ?, ?)")
                .params(office.name(), member.organisation(), member.pillar(), from, until)
                .update();
        changes.note(subject(term), "GIVEN", null, term.days(), by, why);
        offices.passOn();
    }

    /**
     * Ends a term. One that would begin later than its last day never begins. Twice is as good as once.
     *
     * @throws InvalidInput if the term is unknown or over, or the last day is in the past or after the end that it has
     */
    @Transactional
    public void end(long id, LocalDate lastDay, String by, String why) {
        changes.lock();
        LocalDate today = day.today();
        Term term = jdbc.sql(COLUMNS + "where id = ?")
                .param(id)
                .query(Terms::read)
                .optional()
                .orElseThrow(() -> new InvalidInput("There is no such term: choose one of those that are shown"));
        if (lastDay.equals(term.until())) {
            return;
        }
        if (!term.overlaps(today, null)) {
            throw new InvalidInput("That term is over already: " + term.days());
        }
        if (lastDay.isBefore(today)) {
            throw new InvalidInput("The last day " + lastDay + " is in the past: choose today or a later day");
        }
        if (term.until() != null && lastDay.isAfter(term.until())) {
            throw new InvalidInput("That term ends on " + term.until() + " already: to go on, give a new one after it");
        }
        until(term, lastDay, by, why);
        offices.passOn();
    }

    /** Ends whatever an organisation holds, with today; called under the lock, before its status says why. */
    void endAllOf(String organisation, String by, String why) {
        LocalDate today = day.today();
        Stream.of(Office.values())
                .flatMap(office -> runningOrToCome(office).stream())
                .filter(term -> term.organisation().equals(organisation) && !today.equals(term.until()))
                .forEach(term -> until(term, today, by, why));
    }

    private void until(Term term, LocalDate lastDay, String by, String why) {
        jdbc.sql("update term set until_day = ? where id = ?")
                .params(lastDay, term.id())
                .update();
        Term ended = new Term(term.id(), term.office(), term.organisation(), term.pillar(), term.from(), lastDay);
        changes.note(subject(term), "ENDED", term.days(), ended.days(), by, why);
    }

    private static void refuseWhoCannot(Office office, Member member) {
        if (!member.status().takesPart()) {
            throw new InvalidInput(member.name() + " is " + member.status()
                    + " and has no part in Plenary and committee: cure that first, or choose another member");
        }
        if (member.status() == Member.Status.OBSERVER) {
            throw new InvalidInput(member.name() + " is an observer and has no pillar to sit for: choose a member");
        }
        if (office == Office.CHAIR && !member.pillar().equals("government")) {
            throw new InvalidInput("The chair is a government, and " + member.name() + " is in the pillar "
                    + member.pillar() + ": choose a government");
        }
    }

    /** The seats of a pillar are counted on each day on which one begins, since only then there can be one too many. */
    private void refuseOneTooMany(Member member, LocalDate from, List<Term> sameTime) {
        List<Term> ofPillar = sameTime.stream()
                .filter(term -> term.pillar().equals(member.pillar()))
                .toList();
        Stream.concat(Stream.of(from), ofPillar.stream().map(Term::from).filter(first -> first.isAfter(from)))
                .sorted()
                .filter(first ->
                        ofPillar.stream().filter(term -> term.covers(first)).count() >= settings.seatsPerPillar())
                .findFirst()
                .ifPresent(first -> {
                    throw new InvalidInput("The pillar " + member.pillar() + " has all its " + settings.seatsPerPillar()
                            + " seats on " + first + ": end a term first, or choose other days");
                });
    }

    private static String subject(Term term) {
        return term.office() + " " + term.organisation();
    }

    private static Term read(ResultSet row, int index) throws SQLException {
        return new Term(
                row.getLong("id"),
                Office.valueOf(row.getString("office")),
                row.getString("organisation"),
                row.getString("pillar"),
                row.getObject("from_day", LocalDate.class),
                row.getObject("until_day", LocalDate.class));
    }
}
