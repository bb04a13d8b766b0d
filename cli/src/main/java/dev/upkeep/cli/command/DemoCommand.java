package dev.upkeep.cli.command;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.cli.demo.Demo;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows everything on this machine. */
@Command(
        name = "demo",
        sortOptions = false,
        description = {
            "Shows the whole story on this machine, in half a minute.",
            "Stands up three web servers behind a load balancer, checks them, breaks one, repairs it, ships a new",
            "version, and takes everything down. Needs no account, and listens on 127.0.0.1 only.",
            "Needs nginx and haproxy; for root on Debian it installs them. Leaves nothing else behind."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  upkeep demo",
            "  NO_COLOR=1 upkeep demo | tee story.txt",
            "",
            "Exit codes:",
            "  0 went as told   1 did not   64 wrong usage   130 interrupted, and cleaned up"
        })
final class DemoCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    CommonOptions common = new CommonOptions();

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (VersionChecker checker = Checkers.create()) {
            new Demo(terminal, StateFolders.demo(terminal), checker).run();
            return ExitCode.OK;
        }
    }
}
