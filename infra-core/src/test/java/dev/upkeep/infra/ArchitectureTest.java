package dev.upkeep.infra;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.upkeep.infra.local.probe.LocalProbe;
import dev.upkeep.infra.local.sample.SampleApp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "dev.upkeep.infra", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("dev.upkeep.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyPlatformsStandOnTheEntryPackage = noClasses()
            .that()
            .resideOutsideOfPackages("dev.upkeep.infra", "dev.upkeep.infra.local", "dev.upkeep.infra.aws")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.upkeep.infra");

    @ArchTest
    static final ArchRule onlyTheProcessPackageStartsProcesses = noClasses()
            .that()
            .resideOutsideOfPackage("..infra.local.process")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.ProcessBuilder");

    @ArchTest
    static final ArchRule onlyTheServerPackageUsesTheTemplateEngine = noClasses()
            .that()
            .resideOutsideOfPackage("..infra.server")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.samskivert..");

    @ArchTest
    static final ArchRule onlyWhatIsKeptInFilesOrSentUsesJson = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "..infra.aws",
                    "..infra.aws.template",
                    "..infra.json",
                    "..infra.plan",
                    "..infra.release",
                    "..infra.local.state",
                    "..infra.image.registry",
                    "..infra.image.dockerfile")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml..");

    @ArchTest
    static final ArchRule onlyTheImageBuildUsesJib = noClasses()
            .that()
            .resideOutsideOfPackage("..infra.image.jib")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.cloud..");

    @ArchTest
    static final ArchRule onlyTheAwsPackagesUseTheAwsSdk = noClasses()
            .that()
            .resideOutsideOfPackage("..infra.aws..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..");

    @ArchTest
    static final ArchRule onlyTheDnsPackageUsesDnsjava = noClasses()
            .that()
            .resideOutsideOfPackage("..infra.dns")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.xbill..");

    @ArchTest
    static final ArchRule onlyTheRegistryPackageSpeaksWithRegistries = noClasses()
            .that()
            .resideInAPackage("..infra.image..")
            .and()
            .resideOutsideOfPackage("..infra.image.registry")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http");

    @ArchTest
    static final ArchRule onlySystemSleeperSleeps = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.upkeep.infra.time.SystemSleeper")
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", long.class, int.class);

    /** The limit of a probe is one of real sockets, which no other clock can move. */
    @ArchTest
    static final ArchRule nobodyReadsAHiddenClock = noClasses()
            .that()
            .areNotAssignableTo(LocalProbe.class)
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now");

    @ArchTest
    static final ArchRule namesSayWhatAThingIs =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)(\\$.*)?");

    @ArchTest
    static final ArchRule nobodyPrintsButAProgramOfItsOwn = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(SampleApp.class.getName())
            .should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule nobodyThrowsGenericExceptions = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

    @ArchTest
    static final ArchRule nobodyUsesTheJdksLogging = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule exceptionsHaveOneRoot = classes()
            .that()
            .areAssignableTo(Exception.class)
            .should()
            .beAssignableTo("dev.upkeep.infra.failure.InfraException");

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses classes) {
        List<String> unmarked = classes.stream()
                .map(type -> type.getPackage())
                .distinct()
                .filter(each -> !isNullMarked(each))
                .map(JavaPackage::getName)
                .toList();
        assertThat(unmarked).isEmpty();
    }

    private static boolean isNullMarked(JavaPackage each) {
        return each.tryGetPackageInfo()
                .filter(info -> info.isAnnotatedWith(NullMarked.class))
                .isPresent();
    }
}
