package dev.upkeep.cli.demo;

import dev.upkeep.checker.fleet.FleetVerdict;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.cli.terminal.Colour;
import dev.upkeep.cli.terminal.Durations;
import dev.upkeep.cli.terminal.Progress;
import dev.upkeep.cli.terminal.Terminal;

/** Prints the scenes of the demonstration. */
final class DemoOutput {

    private final Terminal terminal;
    private final Progress progress;
    private int scene;

    DemoOutput(Terminal terminal, Progress progress) {
        this.terminal = terminal;
        this.progress = progress;
    }

    void scene(String what, String command) {
        scene++;
        print("");
        print(terminal.outPalette().paint(Colour.BOLD, scene + ". " + what));
        print("   " + terminal.outPalette().paint(Colour.CYAN, "$ " + command));
        progress.waitingFor(what);
    }

    void say(String text) {
        print("   " + text);
    }

    void verdict(FleetVerdict verdict) {
        Status status = verdict.status();
        Colour colour = status == Status.UP ? Colour.GREEN : status == Status.DOWN ? Colour.RED : Colour.YELLOW;
        say(terminal.outPalette().paint(colour, status.name()) + " after " + Durations.text(verdict.took()));
    }

    void diagram(FleetVerdict verdict) {
        new StackDiagram(terminal.outPalette()).of(verdict).forEach(this::print);
    }

    void print(String line) {
        progress.result(line);
    }
}
