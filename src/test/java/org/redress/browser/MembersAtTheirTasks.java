package org.redress.browser;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redress.ProcessTest;
import org.redress.membership.CommitteeOfThree;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Three members, one a pillar and each with a seat, who do their tasks by hand in Tasklist; a picture is kept of each. */
@SuppressWarnings("NullAway.Init")
abstract class MembersAtTheirTasks extends ProcessTest {

    @RegisterExtension
    static final Browsers people = new Browsers();

    @Autowired
    private JdbcClient jdbc;

    protected CommitteeOfThree register;
    private int pictured;

    /** @param firstPicture number of the first picture but one */
    MembersAtTheirTasks(int firstPicture) {
        pictured = firstPicture;
    }

    @BeforeEach
    void threeMembersSitOnTheCommittee() {
        register = new CommitteeOfThree(jdbc);
        register.begin();
        register.plenary(2026, "2026-05-12");
    }

    @AfterEach
    void nothingStays() {
        register.end("org-brackenfell");
    }

    /** Does the one visible task of this element, the fields in the order in which they show. */
    @SafeVarargs
    protected final void does(String user, String element, Map<String, Object>... entered) {
        Tasklist tasklist = people.tasklist(user).choose("All open");
        FormOnScreen form = tasklist.open(as(user).task(element).getId()).readsWell();
        tasklist.claim();
        for (Map<String, Object> fields : entered) {
            form.fill(fields);
        }
        pictured++;
        form.picture(pictured + "-" + element.replace("task_", "")).complete();
        tasklist.rest();
        fireDueJobs();
    }
}
