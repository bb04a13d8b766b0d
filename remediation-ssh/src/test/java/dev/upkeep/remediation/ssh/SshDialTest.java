package dev.upkeep.remediation.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.remediation.shell.CommandLimits;
import dev.upkeep.remediation.shell.CommandLine;
import dev.upkeep.remediation.shell.CommandResult;
import dev.upkeep.remediation.shell.ShellFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of a way that is not there. One that leads somewhere is in {@code SshShellSystemTest}. */
class SshDialTest {

    private static final CommandLine COMMAND = CommandLine.of("true");

    private static SshAccess access(Duration longest) {
        FreshKey key = FreshKey.make();
        return SshAccess.to(
                SshTarget.parse("ec2-user@i-0aaa"),
                SshSettings.of(HostKeys.in(), SshKeys.none().withMade(key)).connectingWithin(longest));
    }

    @Test
    void whyThereIsNoWayIsSaid() throws InterruptedException {
        try (SshShell shell = SshShell.over(access(Duration.ofSeconds(5)), longest -> {
            throw new IOException("the endpoint is closed for " + longest.toSeconds() + " s");
        })) {
            assertThat(shell.run(COMMAND, CommandLimits.DEFAULT))
                    .isEqualTo(new CommandResult.Failed(
                            ShellFailure.UNREACHABLE,
                            "cannot connect to ec2-user@i-0aaa: the endpoint is closed for 5 s"));
        }
    }

    @Test
    void aWayThatTakesTooLongIsGivenUp() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        try (SshShell shell = SshShell.over(access(Duration.ofMillis(200)), longest -> {
            try {
                new CountDownLatch(1).await();
                throw new IOException("never");
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        })) {
            assertThat(shell.run(COMMAND, CommandLimits.DEFAULT))
                    .isInstanceOfSatisfying(
                            CommandResult.Failed.class,
                            failed -> assertThat(failed.message())
                                    .startsWith("gave up to connect to ec2-user@i-0aaa after 200 ms"));
            assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aFreshKeyIsALineOfAuthorizedKeysAndShowsNothingElse() {
        FreshKey key = FreshKey.make();

        assertThat(key.publicLine()).matches("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5[A-Za-z0-9+/=]{48}");
        assertThat(key).hasToString(key.publicLine());
        assertThat(FreshKey.make().publicLine()).isNotEqualTo(key.publicLine());
        assertThat(SshKeys.none().withMade(key)).hasToString("the key of this session");
    }
}
