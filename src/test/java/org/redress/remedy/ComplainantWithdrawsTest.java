package org.redress.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.redress.remedy.Step1.with;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redress.engine.InvalidForm;
import org.redress.engine.Parties;
import org.redress.vault.Consents;
import org.redress.vault.Purpose;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever complained takes back that others know who they are, or that authorities are told (remedy.md C.2). */
@SuppressWarnings("NullAway.Init")
class ComplainantWithdrawsTest extends StoryTest {

    private static final String WORDS = "I saw it from the roof of my own house.";

    @Autowired
    private Consents consents;

    @Autowired
    private Parties parties;

    @Autowired
    private PlatformTransactionManager transactions;

    @BeforeEach
    void somebodyComplained() {
        receive("2026-03-02T09:30:00Z", with(Scenario.of("S06").grievance(), Map.of("whatHappened", WORDS)));
        fireDueJobs();
        complete("protection", "task_safetyTriage", Step1.safe());
        new TransactionTemplate(transactions).executeWithoutResult(status -> List.of("COURT", "UNION")
                .forEach(told -> consents.give(
                        new Consents.Matter(caseNumber, "COMPLAINANT", Purpose.SHARE_WITH_AUTHORITY, told),
                        new Consents.Manner("PERSON", null, LocalDate.parse("2026-03-02"), null, null, null))));
    }

    @Test
    void inOneActionNobodyButProtectionReadsAnyMoreWhoComplainedAndTheCaseGoesOn() {
        assertThat(shown("downstream", "task_screenCredibility", "whatHappened"))
                .isEqualTo(WORDS);
        begin("protection", withdrawal("EVERYBODY"));

        assertThat(shown("downstream", "task_screenCredibility", "whatHappened"))
                .isEqualTo("•••");
        assertThat(sees("downstream")).as("the case goes on").containsExactly("task_screenCredibility");
        assertThat(lettersTo("downstream", caseNumber)).contains("complainant-consent-withdrawn");
        assertThat(lettersTo("audit-programme", caseNumber)).contains("complainant-consent-withdrawn");
        assertThat(consents.of(caseNumber, "COMPLAINANT"))
                .as("what is left is that there was a consent, and when it ended")
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.endedAs()).isEqualTo("WITHDRAWN"));
        begin("protection", withdrawal("EVERYBODY"));
        assertThat(consents.of(caseNumber, "COMPLAINANT")).hasSize(2);
    }

    @Test
    void onlyAuthoritiesAreToldNoMoreAndWhoWorksOnTheCaseStillReadsIt() {
        begin("audit-programme", withdrawal("AUTHORITIES"));
        assertThat(consents.recipients(caseNumber, "COMPLAINANT", Purpose.SHARE_WITH_AUTHORITY))
                .isEmpty();
        assertThat(shown("downstream", "task_screenCredibility", "whatHappened"))
                .isEqualTo(WORDS);
        assertThat(lettersTo("downstream", caseNumber)).doesNotContain("complainant-consent-withdrawn");
    }

    @Test
    void onlyWhoBelongsToTheCaseTakesItBackWithThem() {
        for (String stranger : List.of("smelter", "facilitator", "vsc", "provider", "member", "legal")) {
            assertThatThrownBy(() -> begin(stranger, withdrawal("EVERYBODY")))
                    .as(stranger)
                    .isInstanceOf(AuthorizationException.class);
        }
        identityService.setAuthentication("stranger", List.of("downstream", "org-elsewhere"));
        try {
            assertThatThrownBy(() -> formService.submitStartForm(door(), formValues(withdrawal("EVERYBODY"))))
                    .isInstanceOf(InvalidForm.class)
                    .hasMessageContaining("you have no such case");
        } finally {
            identityService.clearAuthentication();
        }
        assertThat(consents.recipients(caseNumber, "COMPLAINANT", Purpose.SHARE_WITH_AUTHORITY))
                .containsExactly("COURT", "UNION");
        assertThat(parties.organisations(caseNumber, "downstream")).isNotEmpty();
        begin("downstream", withdrawal("AUTHORITIES"));
        assertThat(consents.recipients(caseNumber, "COMPLAINANT", Purpose.SHARE_WITH_AUTHORITY))
                .isEmpty();
    }

    private Map<String, Object> withdrawal(String scope) {
        return Map.of(
                "caseNumber",
                caseNumber,
                "complainantScope",
                scope,
                "complainantWords",
                "My neighbour knows my hand.",
                "doorStaysOpen",
                true);
    }

    private void begin(String user, Map<String, Object> form) {
        startByForm(user, "withdraw-complainant-consent", form);
        fireDueJobs();
    }

    private String door() {
        return latest("withdraw-complainant-consent");
    }
}
