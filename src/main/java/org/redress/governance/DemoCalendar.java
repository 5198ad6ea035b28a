package org.redress.governance;

import java.time.LocalDate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A few invented members, seats for three pillars and the annual Plenary of next year, made once for the first look. */
@Component
@ConditionalOnExpression("${redress.demo:false} and ${redress.demo-cases:true}")
class DemoCalendar {

    private static final String BY = "demo";
    private static final String WHY = "Invented, for the first look";

    private final Governance governance;
    private final Windows windows;
    private final Terms terms;
    private final Members members;
    private final ChangeLog changes;
    private final Day day;

    DemoCalendar(Governance governance, Windows windows, Terms terms, Members members, ChangeLog changes, Day day) {
        this.governance = governance;
        this.windows = windows;
        this.terms = terms;
        this.members = members;
        this.changes = changes;
        this.day = day;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Transactional
    public void make() {
        changes.lock();
        if (!members.all().isEmpty()) {
            return;
        }
        LocalDate today = day.today();
        member("org-member-gov", "Government of Valdara", "government", "FULL");
        member("org-ostrenia", "Government of Ostrenia", "government", "ENGAGED");
        member("org-member", "Tarnwick Minerals", "corporate", "FULL");
        member("org-brackenfell", "Brackenfell Energy", "corporate", "FULL");
        member("org-member-ngo", "Lanternlight Rights Network", "ngo", "FULL");
        member("org-harrowmere", "Harrowmere Legal Aid", "ngo", "FULL");
        member("org-upland-miners", "Association of Upland Miners", "observer", "OBSERVER");
        terms.give(Term.Office.CHAIR, members.get("org-member-gov"), today, null, BY, WHY);
        for (String seated : new String[] {"org-member-gov", "org-member", "org-member-ngo"}) {
            terms.give(Term.Office.COMMITTEE_SEAT, members.get(seated), today, null, BY, WHY);
        }
        int next = today.getYear() + 1;
        governance.plan(next + "-03-18", next + "-03-21", BY, WHY);
        windows.set(next + "-spring", null, next + "-03-31", next + "-03", BY, WHY);
        windows.set(next + "-autumn", null, next + "-09-15", next + "-09", BY, WHY);
    }

    private void member(String organisation, String name, String pillar, String status) {
        members.admit(organisation, name, pillar, status, null, "DEMO", BY);
    }
}
