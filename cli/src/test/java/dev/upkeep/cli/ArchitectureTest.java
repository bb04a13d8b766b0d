package dev.upkeep.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "dev.upkeep.cli", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("dev.upkeep.cli.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodyUsesTheEntryPackage = noClasses()
            .that()
            .resideInAPackage("dev.upkeep.cli.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.upkeep.cli");

    @ArchTest
    static final ArchRule onlyTheEntryPackageUsesCommands = noClasses()
            .that()
            .resideOutsideOfPackages("dev.upkeep.cli", "dev.upkeep.cli.command")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.upkeep.cli.command");

    @ArchTest
    static final ArchRule onlyCommandsKnowPicocli = noClasses()
            .that()
            .resideOutsideOfPackages("dev.upkeep.cli", "dev.upkeep.cli.command")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    /** Reading annotations takes a third of the time of a check: docs/adr/0009. */
    @ArchTest
    static final ArchRule commandsAreDescribedWithoutAnnotations = noClasses()
            .should()
            .dependOnClassesThat(describe(
                    "are annotations of picocli",
                    type -> type.isAnnotation() && type.getPackageName().equals("picocli")));

    @ArchTest
    static final ArchRule onlyTheConfigurationKnowsYaml = noClasses()
            .that()
            .resideOutsideOfPackage("dev.upkeep.cli.config")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.yaml.snakeyaml..");

    @ArchTest
    static final ArchRule nobodyBindsJsonToClasses =
            noClasses().should().dependOnClassesThat().resideInAPackage("com.fasterxml.jackson.databind..");

    /** What a check of one URL loads must not drag in the stack's libraries: it is to start fast. */
    @ArchTest
    static final ArchRule theShortWayOfACheckKnowsNoStack = noClasses()
            .that()
            .haveSimpleName("CheckCommand")
            .or()
            .haveSimpleName("CheckReport")
            .or()
            .haveSimpleName("HumanOutput")
            .or()
            .haveSimpleName("CheckConfig")
            .or()
            .haveSimpleName("CommandRun")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.upkeep.infra..", "com.fasterxml..", "org.yaml..");

    @ArchTest
    static final ArchRule onlyTheTerminalKnowsStandardStreams = noClasses()
            .that()
            .resideOutsideOfPackages("dev.upkeep.cli.terminal")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "getenv");

    @ArchTest
    static final ArchRule onlyTheEntryExits = noClasses()
            .that()
            .doNotHaveSimpleName("Upkeep")
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class);

    @ArchTest
    static final ArchRule namesSayWhatThingsAre = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes().should(beInANullMarkedPackage());

    @ArchTest
    static final ArchRule nothingIsLoggedPastSlf4j = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a package with @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(type, marked, type.getPackageName() + " is not @NullMarked"));
            }
        };
    }
}
