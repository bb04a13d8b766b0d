package dev.upkeep.infra.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.PlanFileException;
import dev.upkeep.infra.inventory.Application;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.spec.AppEnvironment;
import dev.upkeep.infra.spec.AppPermissions;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.SecretReference;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFileTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir
    private Path folder;

    private final Plan plan = new Plan(
                    StackName.of("shop"),
                    "local",
                    Optional.empty(),
                    NOW,
                    NOW.plus(Plan.LIFETIME),
                    Basis.of(Map.of("edge", "there")),
                    List.of())
            .costing(Optional.of(new Estimate(dollars("51.05"), dollars("67.69"))))
            .noting(List.of("takes a while"))
            .consistingOf(List.of(
                    Part.of("edge", "HAProxy", "edge", List.of("app")),
                    new Part("app", "", "applications", List.of(), "edge")));

    private static Money dollars(String amount) {
        return new Money(new BigDecimal(amount), Currency.getInstance("USD"));
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void canBeReadByItsOwnerOnly() throws IOException {
        Path file = folder.resolve("plan.json");

        PlanFile.write(plan, file);

        assertThat(rights(file)).isEqualTo("rw-------");
        assertThat(PlanFile.read(file)).isEqualTo(plan);
    }

    @Test
    void keepsTheEnvironmentOfTheApplicationWhereItsSecretsLieAndItsPermissions() {
        AppEnvironment environment = new AppEnvironment(
                Map.of("COLOR", "blue"),
                Map.of(
                        "PASSWORD",
                        SecretReference.parse("/shop/password"),
                        "KEY",
                        SecretReference.parse("secretsmanager:shop/key")));
        AppPermissions permissions = new AppPermissions(
                List.of(new AppPermissions.Policy("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")),
                List.of(new AppPermissions.Statement(List.of("sqs:SendMessage"), List.of("*"))));
        StackSpec spec = StackSpec.builder("shop", "1")
                .environment(environment)
                .permissions(permissions)
                .aws()
                .build();
        Release release =
                new Release("1", Optional.empty(), new Application.None(), environment, spec.nginx(), Optional.empty());
        isKept(spec, release);
    }

    private void isKept(StackSpec spec, Release release) {
        Plan saved = new Plan(
                spec.name(),
                "aws",
                Optional.of(new Plan.Goal(spec, release)),
                NOW,
                NOW.plus(Plan.LIFETIME),
                Basis.of(Map.of()),
                List.of());
        Path file = folder.resolve("plan.json");

        PlanFile.write(saved, file);

        assertThat(PlanFile.read(file)).isEqualTo(saved);
    }

    @Test
    void keepsTheAddressThatIsBroughtAlong() {
        StackSpec spec = StackSpec.builder("shop", "1")
                .aws(AwsSettings.standard(Optional.empty())
                        .with(new AwsSettings.Access(
                                Optional.empty(), false, Optional.of("eipalloc-0123456789abcdef0"))))
                .build();
        Release release = new Release(
                "1", Optional.empty(), new Application.None(), AppEnvironment.none(), spec.nginx(), Optional.empty());
        isKept(spec, release);
    }

    @Test
    void whenItExpiresIsSaidToTheSecond() {
        Plan late = new Plan(
                plan.stack(), "local", Optional.empty(), NOW, NOW.plusNanos(123_456_789), plan.basis(), List.of());

        assertThat(late.expiresAt()).isEqualTo(NOW);
        assertThatThrownBy(() -> late.checkStartable("local", NOW.plusSeconds(1)))
                .hasMessageContaining("it expired at 2026-11-22T10:00:00Z");
    }

    @Test
    void aFolderThatIsMissingIsNamed() {
        Path file = folder.resolve("nowhere/change.plan");

        assertThatThrownBy(() -> PlanFile.write(plan, file))
                .isInstanceOf(PlanFileException.class)
                .hasMessage("Tried to use " + file + " as a saved plan, found: there is no folder " + file.getParent()
                        + "; make it first, or name another file");
    }

    @Test
    void theRightsThatSomebodyGaveAFileStay() throws IOException {
        Path file = Files.writeString(folder.resolve("plan.json"), "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        PlanFile.write(plan, file);

        assertThat(rights(file)).isEqualTo("rw-r-----");
    }

    @Test
    void keepsWhereTheStackIsAndWhereUsersReachIt() {
        Plan saved = plan.madeIn("eu-west-1").askedAt(Optional.of(URI.create("https://shop.example.org/version.txt")));
        Path file = folder.resolve("plan.json");

        PlanFile.write(saved, file);

        assertThat(PlanFile.read(file).reach()).isEqualTo(saved.reach());
    }

    @Test
    void oneOfAnEarlierUpkeepThatDoesNotSayWhereTheStackIsIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("plan.json"), "{\"type\": \"upkeep-plan\", \"format\": 1}");

        assertThatThrownBy(() -> PlanFile.read(file))
                .hasMessageContaining(
                        "its format is 1, this Upkeep reads 2; name a file that upkeep plan --out has saved");
    }

    /** The system says of it what it says of a folder that is missing. */
    @Test
    void aFolderThatTakesNoFilesIsNotCalledMissing() {
        Path file = Path.of("/proc/upkeep.plan");

        assertThatThrownBy(() -> PlanFile.write(plan, file))
                .isInstanceOf(PlanFileException.class)
                .hasMessage("Tried to use /proc/upkeep.plan as a saved plan, found: no file can be made in /proc;"
                        + " name another file");
    }
}
