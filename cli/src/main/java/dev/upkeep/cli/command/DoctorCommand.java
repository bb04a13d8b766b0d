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
                        "  0 nothing is wrong, as far as it could be checked   1 something is wrong, here or in the file",
                        "  64 wrong usage");
    }

    @Override
    public Integer call() throws InterruptedException {
        List<Finding> findings = new Doctor(terminal, file).findings();
        findings.forEach(this::print);
        long wrong = count(findings, Finding.Grade.PROBLEM);
        terminal.out().println(sum(wrong, count(findings, Finding.Grade.UNKNOWN)));
        return wrong == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private static long count(List<Finding> findings, Finding.Grade grade) {
        return findings.stream().filter(finding -> finding.grade() == grade).count();
    }

    /** What was not looked at may be well or not. */
    static String sum(long wrong, long unknown) {
        if (wrong == 0 && unknown == 0) {
            return "All is well.";
        }
        String found = wrong == 0 ? "Nothing to put right" : wrong + " to put right";
        return found + (unknown == 0 ? "" : ", but " + unknown + " not checked") + ".";
    }

    private void print(Finding finding) {
        Colour colour = switch (finding.grade()) {
            case OK -> Colour.GREEN;
            case NOTE, UNKNOWN -> Colour.YELLOW;
            case PROBLEM -> Colour.RED;
        };
        String word = String.format("%-7s", finding.grade().name().toLowerCase(Locale.ROOT));
        terminal.out().println(terminal.outPalette().paint(colour, word) + "  " + finding.text());
        if (!finding.next().isEmpty()) {
            terminal.out().println("         -> " + finding.next());
        }
    }
}
