package dev.upkeep.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.ScriptedServer;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.output.CheckOutput;
import dev.upkeep.cli.output.CheckReport;
import dev.upkeep.cli.output.OutputFormat;
import dev.upkeep.cli.terminal.Palette;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.inventory.Application;
import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.InstanceHealth;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Problem;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.inventory.Serving;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.shell.CommandFailure;
import dev.upkeep.infra.shell.CommandResult;
import dev.upkeep.infra.shell.RemoteShell;
import dev.upkeep.infra.shell.ScriptedShell;
import dev.upkeep.infra.spec.StackName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is asked of a stack on AWS, by how the platform finds it. */
class StackTargetsTest {

    private static final StackName SHOP = StackName.of("shop");
    private static final Problem NO_SERVERS = new Problem("shop", "there are no servers", "run upkeep apply to go on");

    private final ScriptedServer edge = ScriptedServer.start(Behaviour.version("1.0.6"));

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        edge.close();
    }

    private static StackStatus found(StackState state, Optional<Operation> operation, List<Problem> problems) {
        return new StackStatus(
                SHOP,
                state,
                Serving.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                0,
                operation,
                Optional.empty(),
                List.of(),
                problems);
    }

    /** With servers behind an edge: some of them answer, and some are missing. */
    private StackStatus standing(int missing, Rotation... rotations) {
        List<Instance> instances = new ArrayList<>();
        for (Rotation rotation : rotations) {
            instances.add(new Instance(
                    InstanceId.of("i-" + instances.size()),
                    "eu-west-1a",
                    Optional.empty(),
                    new Release("1.0.6", Optional.empty(), new Application.None()),
                    InstanceHealth.UNKNOWN,
                    rotation,
                    ""));
        }
        return new StackStatus(
                SHOP,
                StackState.RUNNING,
                Serving.UNKNOWN,
                Optional.of(edge.uri()),
                Optional.empty(),
                instances,
                missing,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    /** Its instances cannot be asked, so that only what the platform says of them counts. */
    private static Platform platform(StackStatus status) {
        RemoteShell shell =
                new ScriptedShell((instance, line) -> new CommandResult.Failed(CommandFailure.UNREACHABLE, "no agent"));
        return (Platform) Proxy.newProxyInstance(
                Platform.class.getClassLoader(),
                new Class<?>[] {Platform.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "status" -> status;
                    case "shell" -> Optional.of(shell);
                    case "close" -> null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private StackTargets targets(String more, Supplier<Platform> platforms) {
        try {
            Files.writeString(
                    folder.resolve("upkeep.yaml"),
                    "stack: shop\nplatform: aws\nregion: eu-west-1\nversion: 1.0.6\n" + more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Terminal terminal =
                Terminal.of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), Map.of(), folder);
        CheckOptions options = new CheckOptions();
        return new StackTargets(options, options.config(terminal), platforms, terminal);
    }

    private String url() {
        return "check: { url: \"" + edge.uri() + "\", ready: [] }\n";
    }

    private CheckReport check(Platform platform) throws InterruptedException {
        return check(() -> platform);
    }

    private CheckReport check(Supplier<Platform> platforms) throws InterruptedException {
        try (VersionChecker checker = VersionChecker.create();
                CheckTarget target = targets(url(), platforms).find()) {
            return target.report(checker.check(target.fleet()));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = StackState.class,
            names = {"PLANNED", "ADOPTED", "INTERRUPTED", "ROLLBACK_FAILED"})
    void whereThereAreNoServersNothingIsAskedThoughSomebodyAnswers(StackState state) {
        List<Problem> problems = state == StackState.INTERRUPTED ? List.of(NO_SERVERS) : List.of();
        String next = state == StackState.INTERRUPTED ? "run upkeep apply to go on" : "stand it up with upkeep apply";

        assertThatThrownBy(() -> targets(url(), () -> platform(found(state, Optional.empty(), problems)))
                        .find())
                .isInstanceOf(FailedException.class)
                .hasMessage(
                        "stack shop is " + state.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                                + ", and no server of it is known, so there is nothing to check; " + next)
                .extracting(thrown -> ((FailedException) thrown).exitCode())
                .isEqualTo(ExitCode.UNKNOWN);
        assertThat(edge.connections()).isZero();
    }

    @Test
    void whereThePlatformHasNoInstanceAnEdgeThatServesIsNotAllThatThereIs() throws InterruptedException {
        CheckReport report = check(platform(standing(2)));

        assertThat(report.exitCode()).isEqualTo(ExitCode.WARNING);
        assertThat(human(report))
                .startsWith("DEGRADED  stack shop: serves users, but missing-1, missing-2 are not in service\n")
                .contains("  missing-1 is down: it is not in service (the platform has 0 of 2 instances)\n");
    }

    @Test
    void oneInstanceThatIsMissingIsMissedThoughTheOthersCannotBeAsked() throws InterruptedException {
        CheckReport report = check(platform(standing(1, Rotation.IN)));

        assertThat(report.status()).isEqualTo(Status.DEGRADED);
        assertThat(report.note()).hasValueSatisfying(note -> assertThat(note).contains("no agent"));
    }

    @Test
    void oneThatOnlyStartsIsNotMissed() throws InterruptedException {
        assertThat(check(platform(standing(0, Rotation.IN, Rotation.DRAINED))).exitCode())
                .isZero();
        assertThat(check(platform(standing(0, Rotation.DRAINED))).status())
                .as("nobody else serves")
                .isEqualTo(Status.DEGRADED);
    }

    private static String human(CheckReport report) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CheckOutput.of(OutputFormat.HUMAN, Palette.PLAIN)
                .write(report, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whereNobodyMayAskAwsTheReportSaysThatTheEdgeAloneWas() throws InterruptedException {
        AwsException expired =
                new AwsException("find the stack shop", "the session has expired", "log in again", "", null);

        CheckReport report = check(() -> {
            throw expired;
        });

        assertThat(report.exitCode()).isZero();
        assertThat(report.note()).hasValue("only the edge was asked, not the stack: " + expired.getMessage());
        assertThatThrownBy(() -> targets("", () -> {
                            throw expired;
                        })
                        .find())
                .isSameAs(expired);
    }

    @Test
    void whileTheyAreMadeTheUrlOfTheFileIsAsked() throws InterruptedException {
        Operation apply =
                new Operation("1", SHOP, Operation.Kind.APPLY, "me", 1, Instant.parse("2026-11-27T10:00:00Z"));
        Platform platform = platform(found(StackState.IN_PROGRESS, Optional.of(apply), List.of()));

        assertThat(check(platform).exitCode()).isZero();
        assertThatThrownBy(() -> targets("", () -> platform).find())
                .hasMessage("nobody knows where stack shop is reached: " + apply.describe()
                        + ". Ask a URL, or see upkeep status");
    }
}
