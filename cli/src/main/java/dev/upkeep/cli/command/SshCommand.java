package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.heal.InstanceShells;
import dev.upkeep.cli.terminal.Durations;
import dev.upkeep.cli.terminal.InterruptibleWork;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.remediation.shell.CommandLimits;
import dev.upkeep.remediation.shell.CommandLine;
import dev.upkeep.remediation.shell.RemoteShell;
import dev.upkeep.remediation.ssh.SshShell;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs one command on an instance of a stack, or on a host, by the way in that a repair takes. */
final class SshCommand implements Command {

    /** More than any person reads. */
    private static final int MOST_OUTPUT = 10_000_000;

    private final Terminal terminal;
    private final FileOption file = new FileOption();
    private final SshOptions ssh = new SshOptions();

    /** The ids that EC2 gives are no names of hosts. */
    private static final Pattern AS_USER = Pattern.compile("([^:]+)@(i-[0-9a-f]{8,17})");

    private final Argument<String> where = Argument.operand(
            "WHERE", "1", "An instance of the stack, USER@INSTANCE, or USER@HOST, or ssh://USER@HOST:PORT.");

    private final Argument<List<String>> command = Argument.rest(
            "COMMAND", "The program and its arguments, behind --. No shell reads them: they come as they are.");

    private final Argument<Duration> limit =
            Argument.option("--within").help("How long it may run (1m).").taking("TIME", Durations::parse);

    SshCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("ssh", this)
                .about(
                        "Runs a command on an instance of the stack in upkeep.yaml, or on any host over SSH.",
                        "It takes the way in that upkeep heal takes: Run Command on AWS, without an open port or a key, or SSH through the",
                        "endpoint of the stack if its file says ssh-endpoint: true; the shell of this machine for the platform local; SSH",
                        "for USER@HOST. There is no terminal and no input,",
                        "and output is text, of which at most 10 million characters come back.")
                .arguments(List.of(where, command, file.argument(), limit))
                .group("The way in:", ssh.all())
                .closing(
                        "Examples:",
                        "  upkeep ssh i-0123456789abcdef0 -- docker ps",
                        "  upkeep ssh admin@www1.example.org -- journalctl -u nginx -n 20",
                        "  upkeep ssh i1 -- sh -c 'df -h / && free -m'",
                        "      A pipe, or several commands, need a shell.",
                        "",
                        "Exit codes:",
                        "  that of the command   255 it did not run to its end   64 wrong usage",
                        "  78 bad configuration   130 interrupted");
    }

    @Override
    public Integer call() throws InterruptedException {
        String target = where.value().orElseThrow();
        Matcher asUser = AS_USER.matcher(target);
        Optional<String> user = asUser.matches() ? Optional.of(asUser.group(1)) : Optional.empty();
        String instance = user.isPresent() ? asUser.group(2) : target;
        boolean isHost = user.isEmpty() && (target.contains("@") || target.startsWith("ssh://"));
        List<String> argv = command.value()
                .filter(words -> !words.isEmpty())
                .orElseThrow(() -> new UsageException("the command is missing: upkeep ssh " + target
                        + " -- uptime. For a session of your own take "
                        + (isHost ? "ssh " + target : "ssh of your system, or aws ssm start-session on AWS")));
        CommandLimits limits;
        CommandLine line;
        try {
            line = new CommandLine(argv);
            limits = new CommandLimits(limit.value().orElse(CommandLimits.DEFAULT.run()), MOST_OUTPUT);
        } catch (IllegalArgumentException e) {
            throw new UsageException(Durations.asTyped(String.valueOf(e.getMessage())));
        }
        return InterruptibleWork.changingElsewhere(
                terminal,
                () -> "Interrupted; a command that had begun was told to end, and may go on: sshd takes no signals for"
                        + " root. Look there before you run it again.",
                () -> isHost ? onHost(target, line, limits) : onInstance(instance, user, line, limits));
    }

    private int onHost(String target, CommandLine line, CommandLimits limits) throws InterruptedException {
        try (SshShell shell = ssh.shell(target, terminal)) {
            return run(shell, line, limits);
        }
    }

    private int onInstance(String instance, Optional<String> user, CommandLine line, CommandLimits limits)
            throws InterruptedException {
        Config config = file.read(terminal);
        InstanceShells.Login login = new InstanceShells.Login(user, ssh.hostKeys(terminal));
        try (Platform platform = Platforms.open(config, terminal)) {
            InstanceId id = platform.instances(config.spec().name()).stream()
                    .map(each -> each.id())
                    .filter(each -> each.text().equals(instance))
                    .findFirst()
                    .orElseThrow(() -> FailedException.notRun("stack "
                            + config.spec().name() + " has no instance " + instance
                            + "; upkeep status lists them, and a host over SSH is written USER@HOST"));
            try (InstanceShells shells = InstanceShells.of(platform, config.spec(), login)) {
                return run(shells.on(id), line, limits);
            }
        } catch (InfraException unasked) {
            throw FailedException.notRun(String.valueOf(unasked.getMessage()));
        }
    }

    private int run(RemoteShell shell, CommandLine line, CommandLimits limits) throws InterruptedException {
        return shell.run(line, limits)
                .match(
                        ended -> {
                            print(ended.stdout(), ended.stderr(), ended.isCut());
                            return ended.exitCode();
                        },
                        failed -> {
                            print(failed.stdout(), failed.stderr(), failed.isCut());
                            endLine(failed.stderr());
                            throw FailedException.notRun(failed.message());
                        });
    }

    private void print(String stdout, String stderr, boolean isCut) {
        terminal.out().print(stdout);
        terminal.flush();
        terminal.err().print(stderr);
        if (isCut) {
            endLine(stderr);
            terminal.err().println("upkeep: the output is cut: the command printed more than this way in brings back");
        }
    }

    /** So that what we say begins a line of its own. */
    private void endLine(String printed) {
        if (!printed.isEmpty() && !printed.endsWith("\n")) {
            terminal.err().println();
        }
    }
}
