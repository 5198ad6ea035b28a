package org.redress.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redress.remedy.BagSorter;
import org.redress.remedy.StoryTest;

/** S01 by hand: every task of the six steps opened, claimed, filled in and completed in Tasklist by the one whose it is. */
class WholeCaseTest extends StoryTest {

    @RegisterExtension
    static final Browsers people = new Browsers();

    private final Set<String> pictured = new TreeSet<>();

    @Test
    void aBoyWhoSortedBagsGoesBackToSchoolAndEveryFormOfItCanBeUsed() throws Exception {
        post(BagSorter.story());
        walkToTheEnd();
        assertThat(state()).isEqualTo("LESSONS");
        assertThat(endOf(caseId)).isEqualTo("end_lessonsLearned");
    }

    @Override
    protected void perform(String user, Task task, Map<String, Object> values) {
        Tasklist tasklist = people.tasklist(user).choose("All open");
        FormOnScreen form = tasklist.open(task.getId());
        tasklist.claim();
        form.readsWell();
        form.fill(values);
        String element = task.getTaskDefinitionKey();
        if (pictured.add(element)) {
            form.picture("s01-%02d-%s".formatted(pictured.size(), element.replace("task_", "")));
        }
        form.complete();
        tasklist.rest();
        fireDueJobs();
    }
}
