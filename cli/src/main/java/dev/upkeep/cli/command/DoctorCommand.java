package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.terminal.Colour;
import dev.upkeep.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says whether everything is there that is needed. */
@Command(
        name = "doctor",
        sortOptions = false,
        description = {
            "Says what is good here, what is wrong, and what to do about it.",
            "Looks at this machine, at upkeep.yaml and at the stack, and changes nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  upkeep doctor",
            "  upkeep doctor --file staging.yaml",
            "",
            "Exit codes:",
            "  0 all is well   1 something is wrong, in the file too   64 wrong usage"
        })
final class DoctorCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private FileOption file = new FileOption();

    @Mixin
    CommonOptions common = new CommonOptions();

    DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Finding> findings = new Examination(terminal, file).findings();
        findings.forEach(this::print);
        long wrong = findings.stream()
                .filter(finding -> finding.grade() == Finding.Grade.WRONG)
                .count();
        terminal.out().println(wrong == 0 ? "All is well." : wrong + " to put right.");
        return wrong == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private void print(Finding finding) {
        Colour colour = switch (finding.grade()) {
            case GOOD -> Colour.GREEN;
            case NOTE -> Colour.YELLOW;
            case WRONG -> Colour.RED;
        };
        String word = String.format("%-5s", finding.grade().word());
        terminal.out().println(terminal.outPalette().paint(colour, word) + "  " + finding.text());
        if (!finding.whatToDo().isEmpty()) {
            terminal.out().println("       -> " + finding.whatToDo());
        }
    }
}
