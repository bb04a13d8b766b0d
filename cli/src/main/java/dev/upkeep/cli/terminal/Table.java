package dev.upkeep.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rows whose columns are as wide as they need to be. Not safe for use by several threads. */
public final class Table {

    private static final String GAP = "  ";

    /**
     * A cell.
     *
     * @param text without line breaks
     * @param paint puts colour around the text, which takes no width
     */
    public record Cell(String text, UnaryOperator<String> paint) {

        /** A cell without colour. */
        public static Cell of(String text) {
            return new Cell(text, UnaryOperator.identity());
        }
    }

    private final List<List<Cell>> rows = new ArrayList<>();

    /** Adds a row of plain texts. */
    public Table row(String... texts) {
        return row(List.of(texts).stream().map(Cell::of).toList());
    }

    /** Adds a row. */
    public Table row(List<Cell> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    /**
     * The rows as lines.
     *
     * @param indent put before each
     */
    public List<String> lines(String indent) {
        return rows.stream().map(row -> indent + line(row)).toList();
    }

    private String line(List<Cell> row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            Cell cell = row.get(column);
            line.append(cell.paint().apply(cell.text()));
            if (column < row.size() - 1) {
                line.append(" ".repeat(width(column) - columns(cell.text()))).append(GAP);
            }
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> column < row.size())
                .mapToInt(row -> columns(row.get(column).text()))
                .max()
                .orElse(0);
    }

    private static int columns(String text) {
        return text.codePointCount(0, text.length());
    }
}
