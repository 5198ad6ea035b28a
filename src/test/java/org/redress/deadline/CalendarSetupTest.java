package org.redress.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class CalendarSetupTest {

    private final ApplicationContextRunner start =
            new ApplicationContextRunner().withUserConfiguration(CalendarSetup.class);

    @Test
    void byDefaultDaysAreWeekdaysInUtc(CapturedOutput log) {
        start.run(context ->
                assertThat(calendar(context)).isEqualTo(Map.of("zone", "UTC", "businessDays", "weekdays only")));
        assertThat(log).doesNotContain("WARN");
    }

    @Test
    void theOperatorNamesZoneAndCountry(CapturedOutput log) {
        start.withPropertyValues("redress.zone=Africa/Lubumbashi", "redress.calendar.country=CD")
                .run(context -> assertThat(calendar(context))
                        .isEqualTo(Map.of(
                                "zone", "Africa/Lubumbashi",
                                "businessDays", "weekdays and the public holidays of CD")));
        assertThat(log).doesNotContain("WARN");
    }

    @Test
    void aCountryWithoutHolidayDataWarnsAtStartAndShowsInTheInfo(CapturedOutput log) {
        start.withPropertyValues("redress.calendar.country=cn").run(context -> assertThat(calendar(context))
                .containsEntry("businessDays", "weekdays only: no holiday data for CN"));
        assertThat(log).contains("WARN").contains("No holiday data for redress.calendar.country=CN");
    }

    @ParameterizedTest
    @CsvSource({"redress.zone, Mars/Base", "redress.calendar.country, UK"})
    void whatDoesNotExistStopsTheStartAndNamesTheSetting(String setting, String value) {
        start.withPropertyValues(setting + "=" + value).run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, refused -> {
                    assertThat(refused.getName()).isEqualTo(setting);
                    assertThat(refused.getValue()).isEqualTo(value);
                    assertThat(refused.getReason()).contains("There is no");
                }));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> calendar(ApplicationContext context) {
        Info.Builder info = new Info.Builder();
        context.getBean(InfoContributor.class).contribute(info);
        return info.build().get("calendar", Map.class);
    }
}
