package org.redress.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.ProcessTest;
import org.redress.engine.Parties;
import org.redress.engine.Reference;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** With whom whoever reported agreed to share who they are (contract, consentToShareIdentity). */
@SuppressWarnings("NullAway.Init")
class ReporterIdentityTest extends ProcessTest {

    @Autowired
    private ReporterChoices choices;

    @Autowired
    private Readers readers;

    @Autowired
    private Parties parties;

    @Autowired
    private PlatformTransactionManager transactions;

    private String caseNumber;

    @BeforeEach
    void aCase() {
        caseNumber = newCaseNumber();
        parties.add(caseNumber, "vsc", "org-vsc");
        parties.add(caseNumber, "downstream", "org-downstream");
    }

    @Test
    void howToReachWhoeverSaidNobodyIsForProtectionAlone() {
        said(ReporterChoices.Choice.NONE);
        assertThat(reads("contact", "vsc", "org-vsc")).isFalse();
        assertThat(reads("contact", "protection")).isTrue();
        assertThat(reads("whatHappened", "vsc", "org-vsc"))
                .as("what happened is read by those who work on it")
                .isTrue();
        said(ReporterChoices.Choice.NAMED_PARTIES);
        assertThat(reads("contact", "vsc", "org-vsc"))
                .as("the first word stays")
                .isFalse();
    }

    @Test
    void whoeverTrustsTheProgrammeIsReachedByTheCoordinatorOfTheCaseToo() {
        for (ReporterChoices.Choice choice :
                List.of(ReporterChoices.Choice.PROGRAMME_ONLY, ReporterChoices.Choice.NAMED_PARTIES)) {
            aCase();
            said(choice);
            assertThat(reads("contact", "vsc", "org-vsc")).as(choice.name()).isTrue();
            for (String[] stranger : new String[][] {
                {"vsc", "org-elsewhere"}, {"downstream", "org-downstream"}, {"smelter", "org-luma"}, {"audit-programme"}
            }) {
                assertThat(reads("contact", stranger)).as(stranger[0]).isFalse();
            }
        }
    }

    private void said(ReporterChoices.Choice choice) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> choices.note(caseNumber, choice));
    }

    private boolean reads(String field, String... groups) {
        return readers.with("somebody", Set.of(groups)).isAudience(entry(field, Set.of("protection", "vsc")));
    }

    private Entry entry(String field, Set<String> audience) {
        return new Entry(Reference.random(), new Subject(caseNumber, null), field, audience, "string");
    }
}
