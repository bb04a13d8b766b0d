package dev.upkeep.cli.demo;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.cli.exit.CliException;
import dev.upkeep.cli.terminal.Colour;
import dev.upkeep.cli.terminal.Durations;
import dev.upkeep.cli.terminal.InterruptibleWork;
import dev.upkeep.cli.terminal.Progress;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.failure.MissingToolException;
import java.nio.file.Path;

/** Runs the whole demonstration on this machine, and takes everything down again, however it ends. */
public final class Demo {

    private final Terminal terminal;
    private final Path folder;
    private final VersionChecker checker;

    /**
     * A demonstration.
     *
     * @param folder where its state is kept while it lasts
     * @param checker closed by the caller
     */
    public Demo(Terminal terminal, Path folder, VersionChecker checker) {
        this.terminal = terminal;
        this.folder = folder;
        this.checker = checker;
    }

    /**
     * Tells it.
     *
     * @throws CliException if a scene does not end as it should; nothing is left then either
     * @throws InterruptedException if it was interrupted
     */
    public void run() throws InterruptedException {
        try (DemoStack stack = DemoStack.open(folder)) {
            InterruptibleWork.changing(terminal, () -> farewell(stack), () -> {
                Progress.during(terminal, "for the demo to begin", progress -> tell(stack, progress));
                return true;
            });
        }
    }

    private static String farewell(DemoStack stack) {
        try {
            stack.remove();
            return "Interrupted; the demo was taken down, and nothing is left of it.";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (InfraException | CliException e) {
            return "Interrupted, but taking the demo down failed: " + e.getMessage()
                    + ". The next upkeep demo cleans up.";
        }
        return "Interrupted; the next upkeep demo cleans up what is left.";
    }

    private boolean tell(DemoStack stack, Progress progress) throws InterruptedException {
        DemoOutput output = new DemoOutput(terminal, progress);
        try {
            makeRoom(stack, progress);
            new DemoScenario(stack, checker, output, progress).run();
            output.scene("Take everything down", "upkeep destroy");
            stack.remove();
            output.say("nothing is left");
        } catch (InfraException | CliException failed) {
            stack.remove();
            throw failed;
        }
        output.print("");
        output.print(terminal.outPalette().paint(Colour.GREEN, "The end") + ", after "
                + Durations.text(progress.elapsed()) + ".");
        output.print("Your own: upkeep init, upkeep apply, upkeep check.");
        return true;
    }

    private static void makeRoom(DemoStack stack, Progress progress) throws InterruptedException {
        if (stack.hasRemains()) {
            progress.line("A demo that was killed left its servers running; they are taken down first.");
            stack.clear();
        }
        try {
            stack.platform().plan(DemoStack.spec("1.0.6"));
        } catch (MissingToolException missing) {
            new ToolInstallation(progress).install(missing);
        }
    }
}
