package dev.upkeep.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * What a command understands and what its help says, put together by calls, not by picocli's annotations
 * (docs/adr/0009-commands-without-annotations.md).
 */
final class Syntax {

    private final CommandSpec spec;
    private final Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();

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

    /**
     * What the command is for. The first line also stands in the list of commands, by itself. The others flow together, as wide as the terminal is, but
     * for those that are indented.
     */
    Syntax about(String first, String... others) {
        List<String> lines = new ArrayList<>(List.of(first));
        boolean flows = false;
        for (String line : others) {
            boolean isProse = !line.startsWith(" ");
            if (flows && isProse) {
                lines.add(lines.remove(lines.size() - 1) + " " + line);
            } else {
                lines.add(line);
            }
            flows = isProse;
        }
        spec.usageMessage().description(lines.toArray(String[]::new));
        return this;
    }

    /** Arguments without a heading, in the order of the help. */
    Syntax arguments(List<Argument<?>> more) {
        more.forEach(argument -> spec.add(argument.spec()));
        return this;
    }

    /** Options under a heading, after those without one. Only the help knows of the heading. */
    Syntax group(String heading, List<Argument<?>> options) {
        groups.put(
                heading,
                options.stream().map(option -> (OptionSpec) option.spec()).toList());
        spec.usageMessage().sectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, this::optionList);
        return arguments(options);
    }

    private String optionList(Help help) {
        List<OptionSpec> others = new ArrayList<>(spec.options());
        groups.values().forEach(others::removeAll);
        StringBuilder list = new StringBuilder(help.optionListExcludingGroups(others));
        groups.forEach((heading, options) ->
                list.append(help.createHeading("%n" + heading + "%n")).append(help.optionListExcludingGroups(options)));
        return list.toString();
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
