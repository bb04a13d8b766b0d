package dev.upkeep.remediation;

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

@AnalyzeClasses(packages = "dev.upkeep.remediation", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("dev.upkeep.remediation.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodyUsesTheEntryPackage = noClasses()
            .that()
            .resideInAPackage("dev.upkeep.remediation.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.upkeep.remediation");

    @ArchTest
    static final ArchRule onlyOnePackageKnowsSshj = noClasses()
            .that()
            .resideOutsideOfPackage("dev.upkeep.remediation.ssh")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("net.schmizz..", "com.hierynomus..", "org.bouncycastle..");

    @ArchTest
    static final ArchRule onlyConnectionsStartThreads = noClasses()
            .that()
            .resideOutsideOfPackage("dev.upkeep.remediation.ssh")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Executors.class)
            .orShould()
            .callConstructorWhere(
                    JavaCall.Predicates.target(HasOwner.Predicates.With.owner(assignableTo(Thread.class))));

    @ArchTest
    static final ArchRule timeComesFromThePorts = noClasses()
            .that()
            .resideOutsideOfPackage("dev.upkeep.remediation.port")
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
                "are public", type -> type.getModifiers().contains(JavaModifier.PUBLIC));
    }

    private static DescribedPredicate<JavaClass> foreign() {
        return DescribedPredicate.describe(
                "a foreign type",
                type -> !type.isPrimitive()
                        && !type.isArray()
                        && !type.getPackageName().startsWith("java")
                        && !type.getPackageName().startsWith("dev.upkeep.remediation"));
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
