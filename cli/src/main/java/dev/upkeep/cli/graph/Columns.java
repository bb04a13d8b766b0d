package dev.upkeep.cli.graph;

import dev.upkeep.cli.graph.PlanGraph.Edge;
import java.util.Arrays;
import java.util.List;

/**
 * The column of each node, from 0: right of all that lead to it. Where it can, a node moves to the right, next to those that it leads to, so
 * that edges are short.
 */
final class Columns {

    private final int[] columns;
    private final List<Edge> edges;

    private Columns(int nodes, List<Edge> edges) {
        this.columns = new int[nodes];
        this.edges = edges;
    }

    static int[] of(int nodes, List<Edge> edges) {
        Columns columns = new Columns(nodes, edges);
        columns.moveBehindOthers();
        columns.moveToOthers();
        return columns.columns;
    }

    /** A path has fewer edges than there are nodes, so that many rounds are enough. */
    private void moveBehindOthers() {
        for (int round = 0; round < columns.length; round++) {
            for (Edge edge : edges) {
                columns[edge.to()] = Math.max(columns[edge.to()], columns[edge.from()] + 1);
            }
        }
    }

    private void moveToOthers() {
        for (int column = Arrays.stream(columns).max().orElse(0); column >= 0; column--) {
            for (int node = 0; node < columns.length; node++) {
                if (columns[node] == column) {
                    moveRight(node);
                }
            }
        }
    }

    /** Not if more edges would become longer than shorter; those that lead to it and nowhere else follow it. */
    private void moveRight(int node) {
        long from = edges.stream()
                .filter(edge -> edge.to() == node && count(edge.from()) > 1)
                .count();
        if (count(node) >= Math.max(1, from)) {
            edges.stream()
                    .filter(edge -> edge.from() == node)
                    .mapToInt(edge -> columns[edge.to()] - 1)
                    .min()
                    .ifPresent(column -> columns[node] = column);
        }
    }

    /** To how many a node leads. */
    private long count(int node) {
        return edges.stream().filter(edge -> edge.from() == node).count();
    }
}
