package org.redress.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rooms of the house and their doors; and that each rule bites. */
class ArchitectureTest {

    private static final JavaClasses PRODUCT = new ClassFileImporter().importPath(Path.of("target/classes"));
    private static final JavaClasses PROBES =
            new ClassFileImporter().importPath(Path.of("target/test-classes/org/redress/architecture/probe"));

    private static final Pattern PROBE = Pattern.compile("\\.architecture\\.probe\\.(\\w+\\.\\w+)");

    private static final Architecture HOUSE = new Architecture("org.redress");
    private static final Architecture BROKEN = new Architecture("org.redress.architecture.probe");

    @Test
    void theEnginePackageKnowsNobody() {
        HOUSE.enginePackageKnowsNobody().check(PRODUCT);
        assertThat(breaking(BROKEN.enginePackageKnowsNobody())).containsExactly("engine.KnowsADeadline");
    }

    @Test
    void processesDoNotKnowEachOther() {
        HOUSE.processesDoNotKnowEachOther().check(PRODUCT);
        assertThat(faults(BROKEN.processesDoNotKnowEachOther()))
                .singleElement()
                .asString()
                .contains("remedy.KnowsAMembership");
    }

    @Test
    void nobodyKnowsTheProcesses() {
        HOUSE.nobodyKnowsTheProcesses().check(PRODUCT);
        assertThat(breaking(BROKEN.nobodyKnowsTheProcesses()))
                .containsExactly("intake.KnowsARemedy", "vault.KnowsARemedy");
    }

    @Test
    void intakeAndReporterUseOnlyCasesOfTheEngine() {
        HOUSE.doorsUseOnlyCasesOfTheEngine().check(PRODUCT);
        assertThat(breaking(BROKEN.doorsUseOnlyCasesOfTheEngine())).containsExactly("reporter.KnowsTheSetUp");
    }

    @Test
    void onlyFewClassesKnowTheEngine() {
        HOUSE.fewClassesKnowTheEngine().check(PRODUCT);
        assertThat(breaking(BROKEN.fewClassesKnowTheEngine()))
                .containsExactly("governance.ReadsTheMachinesTime", "remedy.PlainCase");
    }

    @Test
    void oneClassOfNotificationKnowsTheEngine() {
        HOUSE.oneClassOfNotificationKnowsTheEngine().check(PRODUCT);
        assertThat(faults(BROKEN.oneClassOfNotificationKnowsTheEngine()))
                .singleElement()
                .asString()
                .contains("FirstListener", "SecondListener");
    }

    @Test
    void timeComesFromTheClock() {
        HOUSE.timeComesFromTheClock().check(PRODUCT);
        assertThat(faults(BROKEN.timeComesFromTheClock()))
                .hasSize(6)
                .allMatch(fault -> fault.contains("governance.ReadsTheMachinesTime"));
    }

    @Test
    void onlyDeadlineCountsDays() {
        HOUSE.onlyDeadlineCountsDays().check(PRODUCT);
        assertThat(breaking(BROKEN.onlyDeadlineCountsDays())).containsExactly("governance.CountsDays");
    }

    @Test
    void everyPackageIsNullMarked() {
        HOUSE.packagesAreNullMarked().check(PRODUCT);
        assertThat(faults(BROKEN.packagesAreNullMarked()))
                .singleElement()
                .asString()
                .contains("probe.ballot has no package-info");
    }

    @Test
    void theRoomsFormNoCycle() {
        HOUSE.roomsFormNoCycle().check(PRODUCT);
        assertThat(faults(BROKEN.roomsFormNoCycle()))
                .anyMatch(fault -> fault.contains("Slice oversight") && fault.contains("Slice vault"));
    }

    @Test
    void classesAreNamedInNounsOfTheDomain() {
        HOUSE.namesAreNounsOfTheDomain().check(PRODUCT);
        assertThat(breaking(BROKEN.namesAreNounsOfTheDomain())).containsExactly("governance.TermHelper");
    }

    @Test
    void classesGetWhatTheyNeedByConstructorAndWriteToNoStream() {
        HOUSE.handling().forEach(rule -> rule.check(PRODUCT));
        assertThat(BROKEN.handling())
                .allSatisfy(rule -> assertThat(faults(rule)).isNotEmpty());
    }

    /** The rooms and classes that break a rule. */
    private static Set<String> breaking(ArchRule rule) {
        Set<String> names = new TreeSet<>();
        for (String fault : faults(rule)) {
            Matcher matcher = PROBE.matcher(fault);
            if (matcher.find()) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }

    private static List<String> faults(ArchRule rule) {
        return rule.evaluate(PROBES).getFailureReport().getDetails();
    }
}
