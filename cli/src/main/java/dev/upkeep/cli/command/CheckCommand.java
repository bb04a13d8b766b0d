package dev.upkeep.cli.command;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.verdict.ShownUri;
import dev.upkeep.cli.output.CheckOutput;
import dev.upkeep.cli.output.CheckReport;
import dev.upkeep.cli.terminal.InterruptibleWork;
import dev.upkeep.cli.terminal.Progress;
import dev.upkeep.cli.terminal.Terminal;

/** Asks once and says what it found. */
final class CheckCommand implements Command {

    private static final String FAREWELL = "Interrupted; nothing was changed.";

    private final Terminal terminal;

    private final CheckOptions options = new CheckOptions();

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return options.declareOn(Syntax.of("check", this))
                .about(
                        "Asks a server which version it serves, and says whether that is the right one.",
                        "With a URL, it asks that URL. Without one, it asks the edge and every instance of the stack in",
                        "upkeep.yaml. They must serve the version that was deployed last, unless --expect names another.",
                        "Instances on AWS are asked through Run Command; if none can be, only the edge is, with a note.")
                .closing(
                        "Examples:",
                        "  upkeep check https://www.example.org/version.txt",
                        "      What is served there?",
                        "  upkeep check https://www.example.org/version.txt --expect 1.0.6",
                        "      Is it 1.0.6? The exit code says so too.",
                        "  upkeep check https://www.example.org/version.txt -e 1.0.6 --all-addresses",
                        "      Does every address of the name agree?",
                        "  upkeep check https://www.example.org/version.txt -e 1.0.6 --also /health",
                        "      Is it 1.0.6, and does the application answer?",
                        "  upkeep check https://api.example.org/health --expect-json-field version --expect-range '^2.1'",
                        "  upkeep check https://www.example.org/version.txt -e 1.0.6 --output nagios",
                        "  upkeep check",
                        "      The stack of upkeep.yaml: edge and instances.",
                        "",
                        "Exit codes, as for Nagios plugins:",
                        "  0  OK        UP",
                        "  1  WARNING   STALE (another version), MIXED (instances disagree), DEGRADED (an instance is down, not",
                        "               ready or missing), or UP with a warning, such as a certificate that ends soon",
                        "  2  CRITICAL  DOWN, or serving the version but not ready",
                        "  3  UNKNOWN   could not be measured; with --output nagios also 64 and 78",
                        "  64 wrong usage   78 bad configuration   130 interrupted");
    }

    @Override
    public Integer call() throws InterruptedException {
        CheckReport report = options.isSingle()
                ? InterruptibleWork.reading(terminal, FAREWELL, this::single)
                : InterruptibleWork.changing(terminal, () -> FAREWELL, this::together);
        CheckOutput.of(options.format(), terminal.outPalette()).write(report, terminal.out());
        return report.exitCode();
    }

    /** A single URL is checked without any class of the stack (docs/start-up.md). */
    private CheckReport single() throws InterruptedException {
        try (VersionChecker checker = VersionChecker.create()) {
            VersionCheck check = options.single(options.url().orElseThrow(), terminal);
            return Progress.during(
                    terminal, "for " + ShownUri.of(check.uri()), progress -> CheckReport.of(checker.check(check)));
        }
    }

    /** What runs on instances meanwhile is taken back on Ctrl-C, which needs a moment. */
    private CheckReport together() throws InterruptedException {
        try (VersionChecker checker = VersionChecker.create();
                CheckTarget target = CheckTarget.of(options, terminal)) {
            return Progress.during(
                    terminal, "for " + target.subject(), progress -> target.report(checker.check(target.fleet())));
        }
    }
}
