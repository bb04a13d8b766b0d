package dev.upkeep.cli.output;

import dev.upkeep.infra.inventory.Output;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The outputs of a stack for people: one to a line, and what is too long for that, as the names of resources on AWS are, with what it
 * means below it. A value is never broken, so that it can be copied; several values in one have a line each.
 */
final class OutputsText {

    /** Longer lines are hard to read, also where they fit. */
    private static final int WIDEST = 120;

    private static final String INDENT = "  ";
    private static final String GAP = "  ";

    private final List<Output> outputs;
    private final int columns;
    private final int nameWidth;
    private final List<Output> inOneLine;

    OutputsText(List<Output> outputs, int columns) {
        this.outputs = outputs;
        this.columns = Math.min(columns, WIDEST);
        this.nameWidth = outputs.stream()
                .mapToInt(output -> output.name().length())
                .max()
                .orElse(0);
        this.inOneLine = inOneLine();
    }

    /** As many as there can be, given that the descriptions begin below each other. */
    private List<Output> inOneLine() {
        List<Output> kept = new ArrayList<>(outputs);
        while (kept.stream()
                .anyMatch(output ->
                        before(valueWidth(kept)) + output.description().length() > columns)) {
            kept.remove(kept.stream()
                    .max(Comparator.comparing((Output output) -> output.value().length()))
                    .orElseThrow());
        }
        return kept;
    }

    private static int valueWidth(List<Output> outputs) {
        return outputs.stream()
                .mapToInt(output -> output.value().length())
                .max()
                .orElse(0);
    }

    private int before(int valueWidth) {
        return INDENT.length() + nameWidth + GAP.length() + valueWidth + GAP.length();
    }

    void print(PrintStream out) {
        int width = valueWidth(inOneLine);
        for (Output output : outputs) {
            String name = INDENT + padded(output.name(), nameWidth) + GAP;
            if (inOneLine.contains(output)) {
                out.println((name + padded(output.value(), width) + GAP + output.description()).stripTrailing());
            } else {
                List<String> lines = new ArrayList<>(List.of(output.value().split(",", -1)));
                lines.add(output.description());
                out.println(name + lines.get(0));
                lines.stream().skip(1).forEach(line -> out.println((" ".repeat(name.length()) + line).stripTrailing()));
            }
        }
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
