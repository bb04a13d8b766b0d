package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.terminal.Colour;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.preflight.Finding;
import java.util.List;
import java.util.Locale;

/** Says whether everything is there that is needed. */
final class DoctorCommand implements Command {

    private final Terminal terminal;

    private final FileOption file = new FileOption();

    DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("doctor", this)
                .about(
                        "Shows what is in order on this machine, what is wrong, and what to do about it.",
                        "It looks at this machine, at upkeep.yaml and at the stack. It changes nothing.")
                .arguments(List.of(file.argument()))
                .closing(
                        "Examples:",
                        "  upkeep doctor",
                        "  upkeep doctor --file staging.yaml",
                        "",
                        "Exit codes:",
                        "  0 all is well   1 something is wrong, here or in the file   64 wrong usage");
    }

    @Override
    public Integer call() throws InterruptedException {
        List<Finding> findings = new Doctor(terminal, file).findings();
        findings.forEach(this::print);
        long wrong = findings.stream()
                .filter(finding -> finding.grade() == Finding.Grade.PROBLEM)
                .count();
        terminal.out().println(wrong == 0 ? "All is well." : wrong + " to put right.");
        return wrong == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private void print(Finding finding) {
        Colour colour = switch (finding.grade()) {
            case OK -> Colour.GREEN;
            case NOTE -> Colour.YELLOW;
            case PROBLEM -> Colour.RED;
        };
        String word = String.format("%-7s", finding.grade().name().toLowerCase(Locale.ROOT));
        terminal.out().println(terminal.outPalette().paint(colour, word) + "  " + finding.text());
        if (!finding.next().isEmpty()) {
            terminal.out().println("         -> " + finding.next());
        }
    }
}
