package org.redress.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules of the house over the rooms below one root package, so that the product and the broken classes of the tests go
 * through the same rules.
 */
final class Architecture {

    private static final String[] PROCESSES = {"remedy", "membership", "complaint"};
    private static final String[] SHARED = {"ballot", "governance", "notification", "deadline", "vault", "oversight"};
    private static final String[] DOORS = {"intake", "reporter"};

    private final String root;

    Architecture(String root) {
        this.root = root;
    }

    ArchRule enginePackageKnowsNobody() {
        return noClasses()
                .that(resideInAPackage(rooms("engine")[0]))
                .should()
                .dependOnClassesThat(resideInAPackage(root + "..").and(DescribedPredicate.not(inside("engine"))))
                .because("everybody stands on it")
                .allowEmptyShould(true);
    }

    ArchRule processesDoNotKnowEachOther() {
        return slices().matching(root + ".(*)..")
                .namingSlices("$1")
                .that(DescribedPredicate.describe(
                        "are processes", slice -> Arrays.asList(PROCESSES).contains(slice.getNamePart(1))))
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true);
    }

    ArchRule nobodyKnowsTheProcesses() {
        return noClasses()
                .that(inside(SHARED).or(inside(DOORS)))
                .should()
                .dependOnClassesThat(inside(PROCESSES))
                .because("a process is reached through the engine, by a message and a business key")
                .allowEmptyShould(true);
    }

    ArchRule doorsUseOnlyCasesOfTheEngine() {
        return noClasses()
                .that(inside(DOORS))
                .should()
                .dependOnClassesThat(inside("engine")
                        .and(DescribedPredicate.not(
                                DescribedPredicate.describe("are Cases and what it gives", type -> Set.of(
                                                "Cases", "StartedCase", "InvalidInput", "FormProblem", "Suspended")
                                        .contains(outermost(type).getSimpleName())))))
                .because("intake and reporter start, tell and ask for a case, and know nothing else of the engine")
                .allowEmptyShould(true);
    }

    ArchRule fewClassesKnowTheEngine() {
        return noClasses()
                .that(resideInAPackage(root + "..")
                        .and(DescribedPredicate.not(inside("engine", "vault", "deadline", "oversight", "notification")))
                        .and(DescribedPredicate.not(DescribedPredicate.describe(
                                "are named *Process, *Tasks or *Workflow",
                                type -> outermost(type).getSimpleName().matches(".*(Process|Tasks|Workflow)")))))
                .should()
                .dependOnClassesThat(resideInAPackage("org.camunda.."))
                .because("the engine will be replaced by a maintained fork one day")
                .allowEmptyShould(true);
    }

    ArchRule oneClassOfNotificationKnowsTheEngine() {
        return classes()
                .that(inside("notification"))
                .should(new ArchCondition<JavaClass>("leave the engine to one class of theirs") {
                    private final Set<String> found = new TreeSet<>();

                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean knows = type.getDirectDependenciesFromSelf().stream()
                                .anyMatch(dependency -> dependency
                                        .getTargetClass()
                                        .getPackageName()
                                        .startsWith("org.camunda"));
                        if (knows) {
                            found.add(outermost(type).getName());
                        }
                    }

                    @Override
                    public void finish(ConditionEvents events) {
                        if (found.size() > 1) {
                            events.add(
                                    SimpleConditionEvent.violated(found, "more than one knows the engine: " + found));
                        }
                    }
                })
                .allowEmptyShould(true);
    }

    ArchRule timeComesFromTheClock() {
        return noClasses()
                .that(resideInAPackage(root + "..")
                        .and(DescribedPredicate.not(DescribedPredicate.describe(
                                "are the engine's clock",
                                type -> outermost(type).getSimpleName().equals("EngineClock")))))
                .should()
                .callCodeUnitWhere(target(DescribedPredicate.describe("reads the machine's time", Architecture::isNow)))
                .because("tests travel in time; inject java.time.Clock")
                .allowEmptyShould(true);
    }

    ArchRule onlyDeadlineCountsDays() {
        return noClasses()
                .that(resideInAPackage(root + "..").and(DescribedPredicate.not(inside("deadline"))))
                .should()
                .callCodeUnitWhere(target(DescribedPredicate.describe("counts days", Architecture::countsDays)))
                .because("weekends, holidays and the end of a day are known in one place")
                .allowEmptyShould(true);
    }

    ArchRule packagesAreNullMarked() {
        return classes()
                .that(resideInAPackage(root + ".."))
                .should(new ArchCondition<JavaClass>("live in a package that is @NullMarked") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean marked = type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked");
                        if (!marked) {
                            events.add(SimpleConditionEvent.violated(
                                    type, type.getPackageName() + " has no package-info with @NullMarked"));
                        }
                    }
                });
    }

    ArchRule roomsFormNoCycle() {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    ArchRule namesAreNounsOfTheDomain() {
        return noClasses()
                .that(resideInAPackage(root + "..")
                        .and(DescribedPredicate.not(DescribedPredicate.describe(
                                "replace a class of the engine",
                                type -> type.getAllRawSuperclasses().stream().anyMatch(parent -> parent.getPackageName()
                                        .startsWith("org.camunda"))))))
                .should()
                .haveNameMatching(".*(Manager|Helper|Utils?|Impl)")
                .allowEmptyShould(true);
    }

    List<ArchRule> handling() {
        return List.of(
                GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION,
                GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
    }

    private DescribedPredicate<JavaClass> inside(String... rooms) {
        return resideInAnyPackage(rooms(rooms));
    }

    private String[] rooms(String... rooms) {
        return Arrays.stream(rooms).map(room -> root + "." + room + "..").toArray(String[]::new);
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(Architecture::outermost).orElse(type);
    }

    private static boolean isNow(CodeUnitCallTarget target) {
        String owner = target.getOwner().getName();
        String name = target.getName();
        boolean clockGiven = target.getRawParameterTypes().stream()
                .anyMatch(type -> type.getName().equals("java.time.Clock"));
        return (owner.startsWith("java.time.") && name.equals("now") && !clockGiven)
                || (owner.equals("java.time.Clock") && (name.startsWith("system") || name.startsWith("tick")))
                || (owner.equals("java.lang.System") && name.equals("currentTimeMillis"))
                || (owner.equals("java.util.Calendar") && name.equals("getInstance"))
                || (owner.equals("java.util.Date")
                        && name.equals("<init>")
                        && target.getRawParameterTypes().isEmpty())
                || owner.equals("org.camunda.bpm.engine.impl.util.ClockUtil");
    }

    private static boolean countsDays(CodeUnitCallTarget target) {
        return target.getOwner().getPackageName().equals("java.time")
                && target.getName().matches("(plus|minus)(Days|Weeks|Months|Years)")
                && !Set.of("Duration", "Period").contains(target.getOwner().getSimpleName());
    }
}
