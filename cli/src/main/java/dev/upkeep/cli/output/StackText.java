package dev.upkeep.cli.output;

import dev.upkeep.cli.terminal.Colour;
import dev.upkeep.cli.terminal.Palette;
import dev.upkeep.cli.terminal.Prose;
import dev.upkeep.cli.terminal.Table;
import dev.upkeep.cli.terminal.Table.Cell;
import dev.upkeep.infra.drift.Drift;
import dev.upkeep.infra.inventory.FailedOperation;
import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.InstanceHealth;
import dev.upkeep.infra.inventory.Output;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.plan.Action;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.Estimate;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Impact;
import dev.upkeep.infra.plan.Money;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.ProgressEvent;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Plans and stacks for people. */
public final class StackText {

    /** What stands before the sentences of a status. */
    private static final int LABEL_WIDTH = 11;

    private static final int LONGEST_IN_LINE = 100;

    private static final String UNCHECKED = "  unchecked  ";

    private static final String PRICES = ", by the public prices of November 2026, without traffic and credits";

    private final Palette palette;
    private final int columns;

    /**
     * A writer of lines of any width.
     *
     * @param palette whether it is coloured
     */
    public StackText(Palette palette) {
        this(palette, Integer.MAX_VALUE);
    }

    /**
     * A writer.
     *
     * @param palette whether it is coloured
     * @param columns how many characters fit into a line, where sentences are broken
     */
    public StackText(Palette palette, int columns) {
        this.palette = palette;
        this.columns = columns;
    }

    /** What an apply would do. */
    public void plan(Plan plan, PrintStream out) {
        count(plan, out);
        changes(plan.changes(), out);
        notes(plan, out);
    }

    /** What a plan says beside its changes, for whoever sees these elsewhere. */
    public void remarks(Plan plan, PrintStream out) {
        count(plan, out);
        notes(plan, out);
    }

    private static void count(Plan plan, PrintStream out) {
        int count = plan.changes().size();
        String changes = count == 0 ? "nothing to change" : count(count, "change");
        out.println("stack " + plan.stack() + ": " + changes);
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private void notes(Plan plan, PrintStream out) {
        plan.changes().stream()
                .filter(change -> change.impact().level() != Impact.Level.NONE || change.action() == Action.REPLACE)
                .forEach(change -> out.println("  " + impact(change) + "  " + change.resource() + ": "
                        + change.impact().sentence()));
        monthly(plan).ifPresent(out::println);
        plan.notes().forEach(note -> out.println("  " + note));
        plan.downgrades().forEach(text -> out.println("  " + palette.paint(Colour.YELLOW, "downgrade") + "  " + text));
    }

    /** In one line each, and the fields below it where they would make it too long. */
    private void changes(List<Change> changes, PrintStream out) {
        Table table = new Table();
        changes.forEach(change -> table.row(row(change)));
        List<String> lines = table.lines("  ");
        for (int index = 0; index < changes.size(); index++) {
            out.println(lines.get(index));
            List<FieldChange> fields = changes.get(index).fields();
            if (!fitsInLine(fields)) {
                fields.forEach(field -> out.println("       " + field(field)));
            }
        }
    }

    private static boolean fitsInLine(List<FieldChange> fields) {
        return inLine(fields).length() <= LONGEST_IN_LINE;
    }

    private static String inLine(List<FieldChange> fields) {
        return fields.stream().map(StackText::field).collect(Collectors.joining(", "));
    }

    private String impact(Change change) {
        return change.impact().level() == Impact.Level.NONE
                ? "replaced"
                : palette.paint(Colour.YELLOW, lower(change.impact().level()));
    }

    private static Optional<String> monthly(Plan plan) {
        return plan.monthly()
                .filter(estimate -> estimate.before().amount().signum() > 0)
                .map(StackText::standing)
                .or(() -> added(plan));
    }

    /** Of a stack that costs something already. */
    private static String standing(Estimate estimate) {
        String before = estimate.before().amount().toPlainString();
        String currency = estimate.before().currency() + " a month";
        BigDecimal more = estimate.after().amount().subtract(estimate.before().amount());
        String costs = estimate.isChange()
                ? before + " -> " + estimate.after().amount().toPlainString() + " " + currency + ", "
                        + more.abs().toPlainString() + (more.signum() < 0 ? " less" : " more")
                : before + " " + currency + ", as before";
        return "  costs about " + costs + PRICES;
    }

    private static Optional<String> added(Plan plan) {
        List<Money> prices = plan.changes().stream()
                .flatMap(change -> change.monthly().stream())
                .toList();
        if (prices.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal sum = prices.stream().map(Money::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        String less = sum.signum() < 0 ? "less" : "more";
        return Optional.of("  costs about " + sum.abs().toPlainString() + " "
                + prices.get(0).currency() + " a month " + less + PRICES);
    }

    private List<Cell> row(Change change) {
        return List.of(
                new Cell(sign(change.action()), sign -> palette.paint(colour(change.action()), sign)),
                Cell.of(change.resource()),
                Cell.of(lower(change.action())),
                Cell.of(
                        fitsInLine(change.fields())
                                ? inLine(change.fields())
                                : count(change.fields().size(), "field")),
                new Cell(change.reason(), reason -> palette.paint(Colour.DIM, reason)));
    }

    private static String field(FieldChange field) {
        if (field.from().isEmpty()) {
            return field.field() + " " + field.to();
        }
        return field.field() + " " + field.from() + " -> " + (field.to().isEmpty() ? "none" : field.to());
    }

    private static String sign(Action action) {
        return switch (action) {
            case CREATE, ADOPT -> "+";
            case UPDATE, RESTART -> "~";
            case REPLACE -> "±";
            case DELETE -> "-";
        };
    }

    private static Colour colour(Action action) {
        return switch (action) {
            case CREATE, ADOPT -> Colour.GREEN;
            case UPDATE, RESTART -> Colour.YELLOW;
            case REPLACE, DELETE -> Colour.RED;
        };
    }

    /** What somebody has changed by hand. */
    public void drift(Drift drift, PrintStream out) {
        out.println("changed by hand: " + sum(drift));
        drift.failures().forEach(why -> out.println("  " + palette.paint(Colour.YELLOW, "failed") + "  " + why));
        drift.resources().forEach(resource -> {
            out.println("  " + palette.paint(Colour.YELLOW, lower(resource.kind())) + "  " + resource.resource() + ": "
                    + resource.next());
            resource.fields()
                    .forEach(field -> out.println("       " + field.field() + ": expected "
                            + (field.from().isEmpty() ? "none" : field.from()) + ", found "
                            + (field.to().isEmpty() ? "none" : field.to())));
        });
        if (!drift.unchecked().isEmpty()) {
            List<String> lines = lines(drift.unchecked(), Math.min(columns, LONGEST_IN_LINE) - UNCHECKED.length());
            out.println(UNCHECKED + String.join("\n" + " ".repeat(UNCHECKED.length()), lines));
        }
        drift.notes().forEach(note -> out.println("  " + note));
    }

    /** Breaks between the parts only. */
    private static List<String> lines(List<String> parts, int width) {
        List<String> lines = new ArrayList<>();
        String line = parts.get(0);
        for (String part : parts.subList(1, parts.size())) {
            String longer = line + ", " + part;
            if (longer.length() <= width) {
                line = longer;
            } else {
                lines.add(line + ",");
                line = part;
            }
        }
        lines.add(line);
        return lines;
    }

    /** Of what was not compared nobody knows. */
    private static String sum(Drift drift) {
        int unchecked = drift.unchecked().size();
        String compared = drift.compared() == 0
                ? "nothing was compared"
                : drift.resources().size() + " of "
                        + (drift.compared() == 1
                                ? "1 resource that was compared"
                                : drift.compared() + " resources that were compared");
        return compared + (unchecked == 0 ? "" : ", " + unchecked + " unchecked");
    }

    /** How a stack was found. */
    public void status(StackStatus status, PrintStream out) {
        String edge = status.edge().map(URI::toString).map(uri -> " at " + uri).orElse("");
        out.println(
                "stack " + status.stack() + ": " + palette.paint(colour(status.state()), lower(status.state())) + edge);
        Table table = new Table();
        status.instances().forEach(instance -> table.row(row(instance)));
        table.lines("  ").forEach(out::println);
        status.operation()
                .map(Operation::describe)
                .ifPresent(text -> Prose.lines(text, columns - 2).forEach(line -> out.println("  " + line)));
        status.failure()
                .map(FailedOperation::describe)
                .ifPresent(text -> out.println("  " + palette.paint(Colour.YELLOW, "failed") + "   " + indented(text)));
        status.problems()
                .forEach(problem -> out.println("  " + palette.paint(Colour.YELLOW, "problem") + "  "
                        + indented(problem.describe() + "; " + problem.next())));
    }

    /**
     * What whoever uses a stack has to know.
     *
     * @param columns how many characters fit into a line
     */
    public static void outputs(List<Output> outputs, PrintStream out, int columns) {
        new OutputsText(outputs, columns).print(out);
    }

    /** The end of a log has lines of its own. */
    private String indented(String text) {
        return String.join("\n" + " ".repeat(LABEL_WIDTH), Prose.lines(text, columns - LABEL_WIDTH));
    }

    private List<Cell> row(Instance instance) {
        Colour colour = instance.health() == InstanceHealth.HEALTHY ? Colour.GREEN : Colour.RED;
        return List.of(
                Cell.of(instance.id().text()),
                new Cell(lower(instance.health()), text -> palette.paint(colour, text)),
                Cell.of(instance.version()),
                Cell.of(instance.address().map(SocketAddressText::text).orElse("")),
                Cell.of(instance.zone()),
                Cell.of("rotation " + lower(instance.rotation())),
                Cell.of(instance.served().map(StackText::served).orElse("")));
    }

    private static String served(Instance.Served served) {
        return "serves " + served.version() + (served.isReady() ? ", ready" : ", not ready");
    }

    private static Colour colour(StackState state) {
        return switch (state) {
            case RUNNING -> Colour.GREEN;
            case ABSENT -> Colour.DIM;
            case PLANNED, ADOPTED -> Colour.DIM;
            case IN_PROGRESS, INTERRUPTED, ROLLED_BACK, DEGRADED, UNREADABLE -> Colour.YELLOW;
            case ROLLBACK_FAILED, DELETE_FAILED, DOWN -> Colour.RED;
        };
    }

    /** One step, in one line. */
    public static String event(ProgressEvent event) {
        return event.resource() + ": " + event.message();
    }

    /** A constant as people read it, such as {@code in progress}. */
    public static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
