package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** E20: a court takes the case up while people are being helped already (remedy.md A.8). */
class ProceedingsDuringRemedyTest extends UnderWay {

    /** No interview of the house is left to wait; whoever speaks with people learns that the court has questioned them. */
    @Test
    @DisplayName("E20 A court or a state takes the case up: help goes on while a court hears the case")
    void helpGoesOnWhileACourtHearsTheCase() {
        remedyBegins();
        complete("vsc", "task_followUp", VictimForms.reached(today().toString()));
        Task followUp = task("vsc", "task_followUp");
        Task service = task("vsc", "task_referToService");

        startByForm(
                "legal",
                "note-proceedings",
                Map.of(
                        "caseNumber",
                        caseNumber,
                        "proceedingsKind",
                        "CRIMINAL",
                        "proceedingsNote",
                        "The prosecutor of the province has opened a case of the same workers."));
        fireDueJobs();
        complete(
                "legal",
                "task_weighProceedings",
                Map.of(
                        "investigationWaits",
                        "YES",
                        "interviewedElsewhere",
                        "YES",
                        "courtRightsKept",
                        true,
                        "proceedingsReason",
                        "The prosecutor has asked that nobody be questioned twice."));

        assertThat(state()).as("help is no investigation").isEqualTo("IMPLEMENTING");
        assertThat(task("vsc", "task_followUp"))
                .extracting(Task::getId, Task::getDueDate)
                .containsExactly(followUp.getId(), followUp.getDueDate());
        assertThat(task("vsc", "task_referToService"))
                .extracting(Task::getId, Task::getDueDate)
                .containsExactly(service.getId(), service.getDueDate());
        assertThat(lettersTo("vsc", caseNumber)).contains("interviewed-elsewhere");
        assertThat(lettersTo("smelter", caseNumber)).doesNotContain("interviewed-elsewhere");

        complete("vsc", "task_followUp", VictimForms.reached(today().toString()));
        assertThat(task("vsc", "task_followUp").getDueDate()).isAfterOrEqualTo(followUp.getDueDate());
    }
}
