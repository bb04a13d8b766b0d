package dev.upkeep.remediation.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.remediation.shell.CommandLimits;
import dev.upkeep.remediation.shell.CommandLine;
import dev.upkeep.remediation.shell.CommandResult;
import dev.upkeep.remediation.shell.ShellFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LocalShellTest {

    private static final CommandLimits LIMITS = new CommandLimits(Duration.ofSeconds(10), 100);

    private static CommandResult run(CommandLimits limits, String... argv) throws InterruptedException {
        return new LocalShell().run(CommandLine.of(argv), limits);
    }

    private static CommandResult.Ended ended(String... argv) throws InterruptedException {
        return (CommandResult.Ended) run(LIMITS, argv);
    }

    @Test
    void whatAProgramPrintsAndItsExitCodeComeBack() throws InterruptedException {
        assertThat(ended("sh", "-c", "echo out; echo err >&2; exit 7"))
                .isEqualTo(new CommandResult.Ended(7, "out\n", "err\n", false));
    }

    @Test
    void aProgramThatIsNotThereIsAsAShellHasIt() throws InterruptedException {
        assertThat(ended("no-such-program").exitCode()).isEqualTo(127);
    }

    @Test
    void moreThanTheLimitIsCut() throws InterruptedException {
        CommandResult.Ended ended = ended("sh", "-c", "head -c 1000000 /dev/zero | tr '\\0' x");

        assertThat(ended.stdout()).hasSize(100);
        assertThat(ended.isCut()).isTrue();
    }

    @Test
    void whatHangsIsEndedWithAllThatItStarted() throws InterruptedException {
        CommandResult result =
                run(LIMITS.within(Duration.ofMillis(300)), "sh", "-c", "echo begun; echo slow >&2; sleep 4711 & wait");

        assertThat(result).isInstanceOfSatisfying(CommandResult.Failed.class, failed -> {
            assertThat(failed.failure()).isEqualTo(ShellFailure.TIMED_OUT);
            assertThat(failed.stdout()).isEqualTo("begun\n");
            assertThat(failed.stderr()).isEqualTo("slow\n");
            assertThat(failed.isCut()).isFalse();
        });
        assertThat(ended("pgrep", "-f", "sleep 4711").exitCode()).isEqualTo(1);
    }

    @Test
    void whatGoesOnInTheBackgroundHoldsNobodyUp() throws InterruptedException {
        long before = System.nanoTime();

        assertThat(ended("sh", "-c", "sleep 4 & echo done").stdout()).isEqualTo("done\n");

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
    }
}
