package dev.upkeep.checker;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Instant;
import java.util.concurrent.Executors;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "dev.upkeep.checker", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("dev.upkeep.checker.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodyUsesTheEntryPackage = noClasses()
            .that()
            .resideInAPackage("dev.upkeep.checker.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.upkeep.checker");

    @ArchTest
    static final ArchRule onlyTheProbeKnowsOkHttp = noClasses()
            .that()
            .resideOutsideOfPackage("dev.upkeep.checker.http")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("okhttp3..", "okio..", "kotlin..");

    @ArchTest
    static final ArchRule onlyAttemptsKnowsResilience4j = noClasses()
            .that()
            .resideOutsideOfPackage("dev.upkeep.checker.attempts")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.github.resilience4j..");

    @ArchTest
    static final ArchRule onlyVersionsKnowJsonAndSemver = noClasses()
            .that()
            .resideOutsideOfPackage("dev.upkeep.checker.version")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml..", "org.semver4j..");

    @ArchTest
    static final ArchRule onlyOnePackageStartsThreads = noClasses()
            .that()
            .resideOutsideOfPackages("dev.upkeep.checker.threads", "dev.upkeep.checker.testing")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Executors.class)
            .orShould()
            .callConstructorWhere(
                    JavaCall.Predicates.target(HasOwner.Predicates.With.owner(assignableTo(Thread.class))));

    @ArchTest
    static final ArchRule timeComesFromThePorts = noClasses()
            .that()
            .resideOutsideOfPackages("dev.upkeep.checker.port", "dev.upkeep.checker.testing")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now");

    @ArchTest
    static final ArchRule namesSayWhatThingsAre = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Impl");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes().should(beInANullMarkedPackage());

    @ArchTest
    static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule nothingIsLoggedPastSlf4j = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule publicSignaturesUseOnlyTypesOfTheJdkAndOurOwn = noCodeUnits()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat(areExported())
            .should()
            .haveRawReturnType(foreign())
            .orShould()
            .haveRawParameterTypes(DescribedPredicate.anyElementThat(foreign()));

    private static DescribedPredicate<JavaClass> areExported() {
        return DescribedPredicate.describe(
                "are exported",
                type -> type.getModifiers().contains(JavaModifier.PUBLIC)
                        && !type.getPackageName().endsWith(".http")
                        && !type.getPackageName().endsWith(".attempts")
                        && !type.getPackageName().endsWith(".cache")
                        && !type.getPackageName().endsWith(".decision")
                        && !type.getPackageName().endsWith(".threads"));
    }

    private static DescribedPredicate<JavaClass> foreign() {
        return DescribedPredicate.describe(
                "a foreign type",
                type -> !type.isPrimitive()
                        && !type.isArray()
                        && !type.getPackageName().startsWith("java")
                        && !type.getPackageName().startsWith("dev.upkeep.checker"));
    }

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
