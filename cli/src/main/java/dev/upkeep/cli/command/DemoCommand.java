package dev.upkeep.cli.command;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.cli.demo.Demo;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.terminal.Terminal;

/** Shows everything on this machine. */
final class DemoCommand implements Command {

    private final Terminal terminal;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("demo", this)
                .about(
                        "Shows what Upkeep does, on this machine, in half a minute.",
                        "It stands up three web servers behind a load balancer, checks them, breaks one, repairs it, ships a",
                        "new version, and takes everything down. It needs no account, and listens on 127.0.0.1 only.",
                        "It needs nginx and haproxy; as root on Debian it installs them. It leaves nothing else behind.")
                .closing(
                        "Examples:",
                        "  upkeep demo",
                        "  upkeep demo | tee demo.txt",
                        "",
                        "Exit codes:",
                        "  0 every scene ended as expected   1 one did not   64 wrong usage   130 interrupted, and cleaned up");
    }

    @Override
    public Integer call() throws InterruptedException {
        try (VersionChecker checker = VersionChecker.create()) {
            new Demo(terminal, StateFolders.demo(terminal), checker).run();
            return ExitCode.OK;
        }
    }
}
