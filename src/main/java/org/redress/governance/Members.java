package org.redress.governance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.redress.engine.InvalidInput;
import org.redress.engine.Organisations;
import org.redress.governance.Member.Status;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The register of members, and what became of each (membership.md A.1 and B, Inactive status). */
@Component("memberRegister")
class Members {

    private static final String COLUMNS =
            "select organisation, name, pillar, status, engaged_since, full_since from member ";

    static final Set<String> PILLARS = Set.of("government", "corporate", "ngo");
    static final String OBSERVER_PILLAR = "observer";

    private static final String PLENARY_DECISION = "PLENARY_DECISION";
    private static final String LIFTED_BY_PLENARY = "LIFTED_BY_PLENARY";

    /** Without admission first. Out of INACTIVE there is only the way back to where the member stood. */
    private static final Map<Status, Set<Status>> WAYS = Map.of(
            Status.ENGAGED, Set.of(Status.FULL, Status.INACTIVE, Status.EXPELLED, Status.WITHDRAWN),
            Status.FULL, Set.of(Status.INACTIVE, Status.EXPELLED, Status.WITHDRAWN),
            Status.OBSERVER, Set.of(Status.INACTIVE, Status.EXPELLED, Status.WITHDRAWN),
            Status.INACTIVE, Set.of(Status.EXPELLED, Status.WITHDRAWN),
            Status.EXPELLED, Set.of(),
            Status.WITHDRAWN, Set.of());

    private final JdbcClient jdbc;
    private final ChangeLog changes;
    private final Terms terms;
    private final Organisations organisations;
    private final Offices offices;
    private final Day day;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    Members(
            JdbcClient jdbc,
            ChangeLog changes,
            Terms terms,
            Organisations organisations,
            Offices offices,
            Day day,
            Clock clock,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.changes = changes;
        this.terms = terms;
        this.organisations = organisations;
        this.offices = offices;
        this.day = day;
        this.clock = clock;
        this.events = events;
    }

    /** Every member of now and before, by name. */
    List<Member> all() {
        return jdbc.sql(COLUMNS + "order by name, organisation")
                .query(Members::read)
                .list();
    }

    Optional<Member> find(String organisation) {
        return jdbc.sql(COLUMNS + "where organisation = ?")
                .param(organisation)
                .query(Members::read)
                .optional();
    }

    /** @throws InvalidInput if the organisation never was a member */
    Member get(String organisation) {
        return find(organisation)
                .orElseThrow(() -> new InvalidInput(
                        organisation + " is no member: it is admitted first, or entered as a member of before"));
    }

    /**
     * What a member is to become; the ways that the rules leave open. Twice is as good as once: who is inactive already stays
     * so for the reason that was recorded first. Only what a Plenary decides about such a member is entered beside it, since
     * nothing that the member does cures that (membership.md B, Inactive status, [B]).
     */
    @Transactional
    public void changeStatus(
            String organisation, String status, @Nullable String caseNumber, String reason, String by) {
        changes.lock();
        Member member = get(organisation);
        Status to = status(status);
        if (member.status() == to) {
            if (to == Status.INACTIVE
                    && reason.equals(PLENARY_DECISION)
                    && !openReasons(organisation).contains(PLENARY_DECISION)) {
                write(member, to, caseNumber, reason, by);
            }
            return;
        }
        boolean back = member.status() == Status.INACTIVE && before(organisation) == to;
        if (!back && !WAYS.getOrDefault(member.status(), Set.of()).contains(to)) {
            throw new InvalidInput(refusal(member, to));
        }
        write(member, to, caseNumber, reason, by);
    }

    /**
     * Gives an inactive member that has cured what it could back the status that it had. One that is not inactive stays as it
     * is, and one about which a Plenary decided stays inactive: that it has cured the rest is entered.
     */
    @Transactional
    public void reinstate(String organisation, @Nullable String caseNumber, String reason, String by) {
        changes.lock();
        Member member = get(organisation);
        if (member.status() != Status.INACTIVE) {
            return;
        }
        Set<String> open = openReasons(organisation);
        if (!open.contains(PLENARY_DECISION)) {
            write(member, before(organisation), caseNumber, reason, by);
        } else if (open.size() > 1) {
            write(member, Status.INACTIVE, caseNumber, reason, by);
        }
    }

    /**
     * Takes back what a Plenary decided about an inactive member, once the Plenary has decided so (membership.md B, Inactive
     * status, [B]): it has the status back that it had, unless it has not cured yet for what it was inactive beside.
     *
     * @throws InvalidInput if the member is not inactive, or is so for what it can cure itself
     */
    @Transactional
    public void liftInactivity(String organisation, String by) {
        changes.lock();
        Member member = get(organisation);
        Set<String> open = member.status() == Status.INACTIVE ? openReasons(organisation) : Set.of();
        if (!open.contains(PLENARY_DECISION)) {
            throw new InvalidInput(member.name() + " (" + member.status()
                    + ") was not made inactive by a Plenary: what is missing is cured with its report, its dues or by"
                    + " engaging (its reporting year)");
        }
        Status to = open.size() > 1 ? Status.INACTIVE : before(organisation);
        write(member, to, null, LIFTED_BY_PLENARY, by);
    }

    /**
     * Admits an organisation, also one that had left, and registers it for the role {@code member}. Twice is as good as
     * once.
     *
     * @throws InvalidInput if it is a member of another status or pillar already, or pillar and status do not fit
     */
    @Transactional
    public void admit(
            String organisation,
            String name,
            String pillar,
            String status,
            @Nullable String caseNumber,
            String reason,
            String by) {
        changes.lock();
        Status as = status(status);
        if (!as.takesPart()) {
            throw new InvalidInput("Nobody is admitted as " + as + ": choose ENGAGED, FULL or OBSERVER");
        }
        boolean fits = as == Status.OBSERVER ? pillar.equals(OBSERVER_PILLAR) : PILLARS.contains(pillar);
        if (!fits) {
            throw new InvalidInput("The pillar " + pillar + " and the status " + as
                    + " do not fit: an observer stands beside the pillars government, corporate and ngo, in which everybody"
                    + " else is");
        }
        if (name.isBlank()) {
            throw new InvalidInput("The member's name is missing: fill it in");
        }
        Optional<Member> known = find(organisation);
        if (known.isPresent() && !known.get().status().hasLeft()) {
            Member member = known.get();
            if (member.status() != as || !member.pillar().equals(pillar)) {
                throw new InvalidInput(member.name() + " is a member already (" + member.pillar() + ", "
                        + member.status() + "): change its status instead");
            }
            return;
        }
        organisations.register(organisation, "member", name);
        if (known.isEmpty()) {
            jdbc.sql("insert into member (organisation, name, pillar, status, changed_at) values (?, ?, ?, ?, ?)")
                    .params(organisation, name, pillar, as.name(), Timestamp.from(clock.instant()))
                    .update();
        } else {
            jdbc.sql("update member set name = ?, pillar = ?, engaged_since = null, full_since = null"
                            + " where organisation = ?")
                    .params(name, pillar, organisation)
                    .update();
        }
        note(organisation, known.map(Member::status).orElse(null), as, caseNumber, reason, by);
    }

    private void write(Member member, Status to, @Nullable String caseNumber, String reason, String by) {
        if (to.hasLeft()) {
            terms.endAllOf(member.organisation(), by, reason);
        }
        note(member.organisation(), member.status(), to, caseNumber, reason, by);
        if (member.status().takesPart() && !to.takesPart()) {
            events.publishEvent(new StandingLost(member.organisation()));
        }
        if (to.hasLeft()) {
            events.publishEvent(new MemberLeft(member.organisation(), caseNumber));
        }
    }

    private void note(
            String organisation,
            @Nullable Status from,
            Status to,
            @Nullable String caseNumber,
            String reason,
            String by) {
        Timestamp now = Timestamp.from(clock.instant());
        jdbc.sql("update member set status = ?, changed_at = ? where organisation = ?")
                .params(to.name(), now, organisation)
                .update();
        if (to == Status.ENGAGED) {
            since("engaged_since", organisation);
        } else if (to == Status.FULL) {
            since("full_since", organisation);
        }
        jdbc.sql(
                        """
                        insert into member_status_change
                            (organisation, case_number, from_status, to_status, reason, changed_by, changed_at)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(organisation, caseNumber, from == null ? null : from.name(), to.name(), reason, by, now)
                .update();
        if (terms.holdsOffice(organisation)) {
            offices.passOn();
        }
    }

    private void since(String column, String organisation) {
        jdbc.sql("update member set " + column + " = coalesce(" + column + ", ?) where organisation = ?")
                .params(day.today(), organisation)
                .update();
    }

    /** The status that an inactive member had. */
    private Status before(String organisation) {
        return jdbc.sql("select from_status from member_status_change where organisation = ? and to_status = 'INACTIVE'"
                        + " and from_status <> 'INACTIVE' order by id desc limit 1")
                .param(organisation)
                .query(String.class)
                .optional()
                .map(Status::valueOf)
                .orElseThrow(() ->
                        new IllegalStateException(organisation + " is inactive, and nothing says what it was before"));
    }

    /**
     * Why an inactive member is so, as it was recorded: what a Plenary decided, as long as that stands, before what it can
     * cure itself; empty for any other.
     */
    Optional<String> inactiveBecause(String organisation) {
        if (find(organisation)
                .filter(member -> member.status() == Status.INACTIVE)
                .isEmpty()) {
            return Optional.empty();
        }
        Set<String> open = openReasons(organisation);
        return open.contains(PLENARY_DECISION)
                ? Optional.of(PLENARY_DECISION)
                : open.stream().findFirst();
    }

    /** For what an inactive member is so: one reason of its own at most, and beside it the decision of a Plenary. */
    private Set<String> openReasons(String organisation) {
        Set<String> open = new LinkedHashSet<>();
        jdbc.sql("select from_status, reason from member_status_change where organisation = ?"
                        + " and to_status = 'INACTIVE' order by id")
                .param(organisation)
                .query((row, index) -> Map.entry(String.valueOf(row.getString("from_status")), row.getString("reason")))
                .list()
                .forEach(entry -> {
                    if (!entry.getKey().equals(Status.INACTIVE.name())) {
                        open.clear();
                        open.add(entry.getValue());
                    } else if (entry.getValue().equals(PLENARY_DECISION)) {
                        open.add(PLENARY_DECISION);
                    } else if (entry.getValue().equals(LIFTED_BY_PLENARY)) {
                        open.remove(PLENARY_DECISION);
                    } else {
                        open.retainAll(Set.of(PLENARY_DECISION));
                    }
                });
        return open;
    }

    private static String refusal(Member member, Status to) {
        String name = member.name() + " (" + member.status() + ")";
        if (member.status().hasLeft()) {
            return name + " has left: it is admitted again first";
        }
        if (member.status() == Status.OBSERVER && (to == Status.FULL || to == Status.ENGAGED)) {
            return name + " has no way to membership: it applies in a pillar";
        }
        return name + " cannot become " + to
                + (member.status() == Status.INACTIVE ? ": it goes back to the status that it had" : "");
    }

    private static Status status(String text) {
        return Arrays.stream(Status.values())
                .filter(each -> each.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("There is no status " + text + ": choose one of "
                        + Arrays.stream(Status.values()).map(Enum::name).collect(Collectors.joining(", "))));
    }

    private static Member read(ResultSet row, int index) throws SQLException {
        return new Member(
                row.getString("organisation"),
                row.getString("name"),
                row.getString("pillar"),
                Status.valueOf(row.getString("status")),
                row.getObject("engaged_since", LocalDate.class),
                row.getObject("full_since", LocalDate.class));
    }
}
