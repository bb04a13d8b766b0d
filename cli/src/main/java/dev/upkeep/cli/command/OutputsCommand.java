package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.output.StackJsonWriter;
import dev.upkeep.cli.output.StackText;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.inventory.Output;
import dev.upkeep.infra.inventory.StackStatus;
import java.util.List;
import java.util.stream.Collectors;

/** Says what whoever uses a stack has to know: where it is reached, and what its parts are called. */
final class OutputsCommand implements Command {

    private final Terminal terminal;

    private final StackOptions options = new StackOptions();

    private final Argument<String> name =
            Argument.operand("NAME", "0..1", "Print the value of this one alone, for scripts.");

    OutputsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("outputs", this)
                .about("Prints where the stack is reached, and what its parts are called.")
                .arguments(List.of(name))
                .arguments(options.all())
                .closing(
                        "Examples:",
                        "  upkeep outputs",
                        "  curl \"$$(upkeep outputs url)/version.txt\"",
                        "  upkeep outputs --output json",
                        "",
                        "Exit codes:",
                        "  0 printed   1 failed, or there is no such output   64 wrong usage   78 bad configuration");
    }

    @Override
    public Integer call() throws InterruptedException {
        StackStatus status = StackReading.of(options.config(terminal), terminal, Platform::status);
        List<Output> outputs = status.outputs();
        if (outputs.isEmpty()) {
            throw new FailedException("stack " + status.stack() + " has no outputs; upkeep status says how it stands");
        }
        if (name.isGiven()) {
            terminal.out().println(one(outputs, name.value().orElseThrow()));
        } else {
            options.print(
                    out -> StackText.outputs(outputs, out, terminal.columns()),
                    json -> StackJsonWriter.outputs(status.stack(), outputs, json),
                    terminal);
        }
        return ExitCode.OK;
    }

    private static String one(List<Output> outputs, String name) {
        return outputs.stream()
                .filter(output -> output.name().equals(name))
                .findFirst()
                .map(Output::value)
                .orElseThrow(() -> new FailedException("there is no output " + name + "; there are "
                        + outputs.stream().map(Output::name).collect(Collectors.joining(", "))));
    }
}
