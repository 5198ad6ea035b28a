package org.redress.membership;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A register with one Full member of each pillar, each with a seat, the chair with the government, and the annual Plenaries that a test names. */
public final class CommitteeOfThree {

    private final JdbcClient jdbc;

    public CommitteeOfThree(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void begin() {
        end();
        seated("org-member-gov", "Government of Valdara", "government");
        seated("org-member", "Tarnwick Minerals", "corporate");
        seated("org-member-ngo", "Lanternlight Rights Network", "ngo");
        jdbc.sql("insert into term (office, organisation, pillar, from_day)"
                        + " values ('CHAIR', 'org-member-gov', 'government', '2015-01-01')")
                .update();
    }

    private void seated(String organisation, String name, String pillar) {
        jdbc.sql("insert into member (organisation, name, pillar, status, full_since, changed_at)"
                        + " values (?, ?, ?, 'FULL', '2015-01-01', now())")
                .params(organisation, name, pillar)
                .update();
        jdbc.sql(
                        "insert into term (office, organisation, pillar, from_day) values ('COMMITTEE_SEAT', ?, ?, '2015-01-01')")
                .params(organisation, pillar)
                .update();
    }

    public void plenary(int year, String day) {
        jdbc.sql("insert into plenary (id, kind, annual_year, starts_on, ends_on, state, changed_by)"
                        + " values (?, 'ANNUAL', ?, ?::date, ?::date, 'PLANNED', 'test')")
                .params("P-" + year, year, day, day)
                .update();
    }

    /** Takes everything away, and each of the organisations out of the register. */
    public void end(String... organisations) {
        for (String table : List.of("term", "member_status_change", "member", "plenary", "intake_window")) {
            jdbc.sql("delete from " + table).update();
        }
        for (String organisation : organisations) {
            jdbc.sql("delete from organisation_role where organisation = ?")
                    .param(organisation)
                    .update();
        }
    }
}
