package dev.upkeep.cli.heal;

import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.shell.CommandFailure;
import dev.upkeep.remediation.shell.CommandLimits;
import dev.upkeep.remediation.shell.CommandLine;
import dev.upkeep.remediation.shell.CommandResult;
import dev.upkeep.remediation.shell.RemoteShell;
import dev.upkeep.remediation.shell.ShellFailure;
import java.time.Duration;

/** The way that a platform has into one of its instances, in the words of the remediator. */
final class InstanceShell implements RemoteShell {

    /** An agent that is online takes a command within seconds. */
    private static final Duration START = Duration.ofMinutes(1);

    private final dev.upkeep.infra.shell.RemoteShell shell;
    private final InstanceId instance;

    InstanceShell(dev.upkeep.infra.shell.RemoteShell shell, InstanceId instance) {
        this.shell = shell;
        this.instance = instance;
    }

    @Override
    public String host() {
        return instance.text();
    }

    @Override
    public CommandResult run(CommandLine command, CommandLimits limits) throws InterruptedException {
        return shell.run(
                        instance,
                        new dev.upkeep.infra.shell.CommandLine(command.argv()),
                        new dev.upkeep.infra.shell.CommandLimits(START, limits.run()))
                .match(
                        ended -> new CommandResult.Ended(
                                ended.exitCode(),
                                head(ended.stdout(), limits.output()),
                                head(ended.stderr(), limits.output()),
                                ended.isCut() || isLonger(ended.stdout(), ended.stderr(), limits.output())),
                        failed -> new CommandResult.Failed(
                                failure(failed.failure()),
                                failed.message(),
                                head(failed.stdout(), limits.output()),
                                head(failed.stderr(), limits.output()),
                                failed.isCut() || isLonger(failed.stdout(), failed.stderr(), limits.output())));
    }

    private static boolean isLonger(String stdout, String stderr, int length) {
        return stdout.length() > length || stderr.length() > length;
    }

    private static String head(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }

    private static ShellFailure failure(CommandFailure failure) {
        return switch (failure) {
            case UNREACHABLE, UNDELIVERED -> ShellFailure.UNREACHABLE;
            case DENIED -> ShellFailure.DENIED;
            case TIMED_OUT -> ShellFailure.TIMED_OUT;
            case CANCELLED, LOST -> ShellFailure.LOST;
        };
    }
}
