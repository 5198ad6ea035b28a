package org.redress.engine;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.spin.json.SpinJsonNode;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which organisation is party to which case, in which role. Models ask for candidate groups here:
 * {@code ${parties.group(execution, 'smelter')}} gives {@code smelter.org-luma} for a case of Luma.
 */
@Component("parties")
public class Parties {

    private final JdbcClient jdbc;
    private final Lists lists;
    private final Clock clock;
    private final HandOver handOver;
    private final PartiesOnRecord record;

    Parties(JdbcClient jdbc, Lists lists, Clock clock, HandOver handOver, PartiesOnRecord record) {
        this.record = record;
        this.jdbc = jdbc;
        this.lists = lists;
        this.clock = clock;
        this.handOver = handOver;
    }

    /**
     * The candidate groups of a role in the case of this execution.
     *
     * @throws IllegalStateException if nobody is party in that role: the task would be seen by no one
     */
    public List<String> group(VariableScope execution, String role) {
        String caseNumber = (String) execution.getVariable(EngineCases.CASE_NUMBER);
        List<String> groups = organisations(caseNumber, role).stream()
                .map(organisation -> Roles.ofOrganisation(role, organisation))
                .toList();
        if (groups.isEmpty()) {
            throw new IllegalStateException("No organisation is party to case " + caseNumber + " as " + role
                    + ": record one before this task can be given to somebody");
        }
        return groups;
    }

    /** The candidate group of a role in one organisation. */
    public String groupOf(String role, String organisation) {
        return Roles.ofOrganisation(role, organisation);
    }

    /** The organisations that are party to the case in this role, in the order in which they came. */
    public List<String> organisations(String caseNumber, String role) {
        return jdbc.sql(
                        "select organisation from case_party where case_number = ? and role = ? order by since, organisation")
                .params(caseNumber, role)
                .query(String.class)
                .list();
    }

    /**
     * Whether the organisation is party to the case in this role, or the process names it in a variable: a successor before it
     * took over, a member who votes.
     */
    boolean concerns(String caseNumber, String processInstanceId, String role, String organisation) {
        return organisations(caseNumber, role).contains(organisation)
                || jdbc.sql("select count(*) from ACT_RU_VARIABLE where PROC_INST_ID_ = ? and TEXT_ = ?")
                                .params(processInstanceId, organisation)
                                .query(Integer.class)
                                .single()
                        > 0;
    }

    /** The organisations that may become party in this role, as choices of a select field: {@code [{label, value}]}. */
    public SpinJsonNode choices(String role) {
        List<Map<String, String>> found = jdbc.sql(
                        "select organisation, name from organisation_role where role = ? order by name, organisation")
                .param(role)
                .query((row, index) -> Map.of("value", row.getString("organisation"), "label", row.getString("name")))
                .list();
        return Lists.json(found);
    }

    /** The name of a registered organisation; its id when it is not registered. */
    public String nameOf(String organisation) {
        return jdbc.sql("select min(name) from organisation_role where organisation = ?")
                .param(organisation)
                .query((row, index) -> java.util.Optional.ofNullable(row.getString(1)))
                .single()
                .orElse(organisation);
    }

    /** The names of all registered organisations, by their ids. */
    public Map<String, String> names() {
        Map<String, String> names = new java.util.HashMap<>();
        jdbc.sql("select organisation, min(name) as name from organisation_role group by organisation")
                .query(row -> {
                    names.put(row.getString("organisation"), row.getString("name"));
                });
        return names;
    }

    /** The names of the organisations of a Json list, with commas between; empty text for no list. */
    public String namesOf(@Nullable Object organisations) {
        return String.join(
                ", ", lists.strings(organisations).stream().map(this::nameOf).toList());
    }

    /** Makes an organisation party to the case of this execution. Twice is as good as once. */
    public void add(VariableScope execution, String role, @Nullable String organisation) {
        if (organisation == null || organisation.isBlank()) {
            throw new IllegalArgumentException("No organisation was named for the role " + role);
        }
        add((String) execution.getVariable(EngineCases.CASE_NUMBER), role, organisation);
    }

    /**
     * Makes an organisation the only party in this role. Whoever was it before, is it no more: their open tasks in the
     * case, and the processes that name them in the variable called like the role, go to the new one. Twice is as good as
     * once.
     */
    public void replace(VariableScope execution, String role, @Nullable String organisation) {
        add(execution, role, organisation);
        String caseNumber = (String) execution.getVariable(EngineCases.CASE_NUMBER);
        String next = Objects.requireNonNull(organisation);
        List<String> former = organisations(caseNumber, role).stream()
                .filter(known -> !known.equals(next))
                .toList();
        jdbc.sql("delete from case_party where case_number = ? and role = ? and organisation <> ?")
                .params(caseNumber, role, next)
                .update();
        former.forEach(known -> {
            record.note(caseNumber, role, known, false);
            handOver.from(known, next, role, caseNumber);
        });
    }

    /**
     * Puts one organisation in the place of another, whatever others are party in this role: what it has open, and the
     * processes that name it, go to the new one (E15). Repeated, it hands over what came since.
     *
     * @throws IllegalArgumentException if the new one is not registered for that role
     */
    public void handOver(String caseNumber, String role, String former, String next) {
        add(caseNumber, role, next);
        int left = jdbc.sql("delete from case_party where case_number = ? and role = ? and organisation = ?")
                .params(caseNumber, role, former)
                .update();
        if (left > 0) {
            record.note(caseNumber, role, former, false);
        }
        handOver.from(former, next, role, caseNumber);
    }

    /** Makes every organisation of a Json list party to the case of this execution. */
    public void addAll(VariableScope execution, String role, @Nullable Object organisations) {
        lists.strings(organisations).forEach(organisation -> add(execution, role, organisation));
    }

    /**
     * Makes an organisation party to a case. Twice is as good as once.
     *
     * @throws IllegalArgumentException if the organisation is not registered for that role
     */
    public void add(String caseNumber, String role, String organisation) {
        if (!isRegistered(organisation, role)) {
            throw new IllegalArgumentException(
                    "The organisation " + organisation + " is not registered as " + role + ": register it first");
        }
        boolean known = organisations(caseNumber, role).contains(organisation);
        if (known) {
            return;
        }
        try {
            jdbc.sql("insert into case_party (case_number, role, organisation, since) values (?, ?, ?, ?)")
                    .params(caseNumber, role, organisation, Timestamp.from(clock.instant()))
                    .update();
            record.note(caseNumber, role, organisation, true);
        } catch (DuplicateKeyException e) {
            throw new org.camunda.bpm.engine.OptimisticLockingException("Somebody else recorded " + organisation
                    + " as " + role + " of " + caseNumber + " at the same time");
        }
    }

    private boolean isRegistered(String organisation, String role) {
        return jdbc.sql("select count(*) from organisation_role where organisation = ? and role = ?")
                        .params(organisation, role)
                        .query(Integer.class)
                        .single()
                > 0;
    }
}
