package org.redress.governance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.redress.RedressApplication;
import org.redress.engine.People;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The first look, on H2 as it comes: a calendar to try, and the same promises. */
class FirstLookTest {

    @Test
    void thereIsACalendarToTry() {
        try (ConfigurableApplicationContext house = new SpringApplicationBuilder(RedressApplication.class)
                .run(
                        "--spring.datasource.url=jdbc:h2:mem:first-look;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000",
                        "--server.port=0",
                        "--camunda.bpm.generate-unique-process-engine-name=true",
                        "--camunda.bpm.generate-unique-process-application-name=true",
                        "--camunda.bpm.job-execution.enabled=false",
                        "--camunda.bpm.webapp.enabled=false")) {
            Governance governance = house.getBean(Governance.class);
            Day day = house.getBean(Day.class);
            int next = day.today().getYear() + 1;
            assertThat(governance.nextAnnualPlenary(day.today().toString())).isEqualTo("P-" + next);
            assertThat(house.getBean(Windows.class).all())
                    .extracting(Window::id)
                    .contains(next + "-spring");
            Committee committee = house.getBean(Committee.class);
            assertThat(committee.groups(List.of("org-member")))
                    .containsExactlyInAnyOrder(
                            "steering-committee.org-member-gov", "steering-committee.org-member-ngo");
            assertThat(committee.chair()).isEqualTo("org-member-gov");
            assertThat(house.getBean(People.class)
                            .find("government-chair")
                            .orElseThrow()
                            .groups())
                    .as("the account of the chair presides")
                    .contains("government-chair", committee.chair());
            assertThat(committee.presiding(null)).isEqualTo("government-chair.org-member-gov");
            house.getBean(OfficeSweep.class).sweep();
            assertThat(house.getBean(RosterTasks.class).electors("PLENARY").elements())
                    .hasSize(5);

            governance.movePlenary("P-" + next, next + "-04-14", next + "-04-16", "anna", "The hall is free only then");
            assertThat(governance.dayOf("P-" + next)).isEqualTo(next + "-04-14");
            house.getBean(DemoCalendar.class).make();
            assertThat(governance.plenaries()).as("made once").hasSize(1);
        }
    }
}
