package dev.upkeep.cli.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Leaves out the edges that follow from others: what A needs is not shown of B if B needs A. */
final class Reduction {

    private final List<List<Integer>> needs;
    private final BitSet[] reached;

    private Reduction(List<List<Integer>> needs) {
        this.needs = needs;
        this.reached = new BitSet[needs.size()];
    }

    /**
     * The edges that remain.
     *
     * @param needs for each node the numbers of those that it needs; no node needs itself in the end
     */
    static List<PlanGraph.Edge> of(List<List<Integer>> needs) {
        Reduction reduction = new Reduction(needs);
        List<PlanGraph.Edge> edges = new ArrayList<>();
        for (int node = 0; node < needs.size(); node++) {
            for (int needed : needs.get(node)) {
                if (!reduction.followsFromOthers(node, needed)) {
                    edges.add(new PlanGraph.Edge(needed, node));
                }
            }
        }
        return edges;
    }

    private boolean followsFromOthers(int node, int needed) {
        return needs.get(node).stream()
                .anyMatch(other -> other != needed && reached(other).get(needed));
    }

    private BitSet reached(int node) {
        if (reached[node] == null) {
            // Set before it is filled, so that a circle, which no platform makes, would end here.
            reached[node] = new BitSet();
            for (int needed : needs.get(node)) {
                reached[node].set(needed);
                reached[node].or(reached(needed));
            }
        }
        return reached[node];
    }
}
