package dev.upkeep.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a command understands and what its help says, put together by calls. picocli's annotations would do as well, but reading them by
 * reflection took a third of the time of a check (docs/adr/0009-commands-without-annotations.md).
 */
final class Syntax {

    private final CommandSpec spec;
    private int groups;

    private Syntax(CommandSpec spec) {
        this.spec = spec;
    }

    /**
     * Starts a command of one word.
     *
     * @param action what it does once its words are understood
     */
    static Syntax of(String word, Callable<Integer> action) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(action).name(word);
        spec.usageMessage().sortOptions(false);
        return new Syntax(spec);
    }

    /** What the command is for. The first line also stands in the list of commands, by itself. */
    Syntax about(String... lines) {
        spec.usageMessage().description(lines);
        return this;
    }

    /** Arguments without a heading, in the order of the help. */
    Syntax arguments(List<Argument<?>> more) {
        more.forEach(argument -> spec.add(argument.spec()));
        return this;
    }

    /** Options under a heading, after those without one. */
    Syntax group(String heading, List<Argument<?>> options) {
        ArgGroupSpec.Builder group =
                ArgGroupSpec.builder().validate(false).order(++groups).heading("%n" + heading + "%n");
        options.forEach(option -> group.addArg(option.spec()));
        spec.addArgGroup(group.build());
        return this;
    }

    /** What stands below the options. */
    Syntax closing(String heading, String... lines) {
        spec.usageMessage().footerHeading("%n" + heading + "%n").footer(lines);
        return this;
    }

    /** Not a command to itself: one of several words has to follow. */
    Syntax commands(String heading) {
        spec.usageMessage().synopsisSubcommandLabel("COMMAND").commandListHeading("%n" + heading + "%n");
        return this;
    }

    /** Understood, but not listed. */
    Syntax hidden() {
        spec.usageMessage().hidden(true);
        return this;
    }

    /** The finished description, for picocli. */
    CommandSpec spec() {
        return spec;
    }
}
