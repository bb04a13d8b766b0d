package dev.upkeep.cli.graph;

import dev.upkeep.cli.graph.PlanGraph.Edge;
import dev.upkeep.cli.graph.PlanGraph.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where everything stands in a picture: columns from left to right as Sugiyama's method makes them, and a lane across all of them for each
 * area. An edge that passes columns has a place in each of them, so that it runs through no box; it changes its lane between columns only.
 */
final class Layout {

    static final int BOX_WIDTH = 216;
    static final int BOX_HEIGHT = 50;
    static final int COLUMN_GAP = 84;
    static final int MARGIN = 20;
    static final int LANE_PADDING = 14;

    private static final int LANE_HEADING = 22;
    private static final int LANE_GAP = 10;
    private static final int ROW_GAP = 12;
    private static final int PASS_HEIGHT = 4;

    /** Each changes less than the one before; after these nothing moves any more in stacks of our size. */
    private static final int SWEEPS = 24;

    private final int top;
    private final int columns;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();
    private final List<List<Slot>> routes = new ArrayList<>();

    /** A place in a column of a lane: of a node, or of an edge that passes. */
    static final class Slot {

        private final int lane;
        private final int column;
        private final int height;
        private final List<Slot> before = new ArrayList<>();
        private final List<Slot> after = new ArrayList<>();
        private double middle;

        private Slot(int lane, int column, int height) {
            this.lane = lane;
            this.column = column;
            this.height = height;
        }

        int left() {
            return MARGIN + LANE_PADDING + column * (BOX_WIDTH + COLUMN_GAP);
        }

        int right() {
            return left() + BOX_WIDTH;
        }

        int middle() {
            return (int) Math.round(middle);
        }
    }

    /** What belongs to one area, over the whole width. */
    record Lane(String area, int top, int height) {}

    /**
     * Lays out a graph.
     *
     * @param top how much is left free above
     */
    Layout(PlanGraph graph, int top) {
        this.top = top;
        int[] column = Columns.of(graph.nodes().size(), graph.edges());
        this.columns = Arrays.stream(column).max().orElse(0) + 1;
        List<String> areas = graph.areas();
        for (Node node : graph.nodes()) {
            slots.add(new Slot(areas.indexOf(node.area()), column[node.number()], BOX_HEIGHT));
        }
        graph.edges().forEach(this::addRoute);
        makeLanes(areas);
        stackAll(slot -> 0);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean forward = sweep % 2 == 0;
            stackAll(slot -> mean(forward ? slot.before : slot.after, slot.middle));
        }
    }

    private void addRoute(Edge edge) {
        Slot from = slots.get(edge.from());
        Slot to = slots.get(edge.to());
        List<Slot> route = new ArrayList<>(List.of(from));
        for (int column = from.column + 1; column < to.column; column++) {
            Slot pass = new Slot(to.lane, column, PASS_HEIGHT);
            slots.add(pass);
            route.add(pass);
        }
        route.add(to);
        for (int i = 1; i < route.size(); i++) {
            route.get(i - 1).after.add(route.get(i));
            route.get(i).before.add(route.get(i - 1));
        }
        routes.add(route);
    }

    private void makeLanes(List<String> areas) {
        int y = top;
        for (int lane = 0; lane < areas.size(); lane++) {
            int number = lane;
            int tallest = IntStream.range(0, columns)
                    .map(column -> height(cell(number, column)))
                    .max()
                    .orElse(0);
            int height = LANE_HEADING + tallest + LANE_PADDING;
            lanes.add(new Lane(areas.get(lane), y, height));
            y += height + LANE_GAP;
        }
    }

    private List<Slot> cell(int lane, int column) {
        return slots.stream()
                .filter(slot -> slot.lane == lane && slot.column == column)
                .toList();
    }

    private static int height(List<Slot> cell) {
        return cell.stream().mapToInt(slot -> slot.height + ROW_GAP).sum() - ROW_GAP;
    }

    /** Where a slot would like to be. */
    @FunctionalInterface
    private interface Wish {
        double of(Slot slot);
    }

    private void stackAll(Wish wish) {
        for (int lane = 0; lane < lanes.size(); lane++) {
            for (int column = 0; column < columns; column++) {
                stack(lane, column, wish);
            }
        }
    }

    /** In the order of their wishes, one below the other in the middle of the lane. */
    private void stack(int lane, int column, Wish wish) {
        List<Slot> cell = new ArrayList<>(cell(lane, column));
        cell.sort(Comparator.comparingDouble(wish::of));
        int free = lanes.get(lane).height() - LANE_HEADING - LANE_PADDING - height(cell);
        double y = lanes.get(lane).top() + LANE_HEADING + free / 2.0;
        for (Slot slot : cell) {
            slot.middle = y + slot.height / 2.0;
            y += slot.height + ROW_GAP;
        }
    }

    private static double mean(List<Slot> others, double otherwise) {
        return others.stream().mapToDouble(slot -> slot.middle).average().orElse(otherwise);
    }

    List<Lane> lanes() {
        return lanes;
    }

    /** Where a node stands. */
    Slot slot(Node node) {
        return slots.get(node.number());
    }

    /** What an edge leads along, from its first node to its last. */
    List<List<Slot>> routes() {
        return routes;
    }

    int width() {
        return 2 * (MARGIN + LANE_PADDING) + columns * (BOX_WIDTH + COLUMN_GAP) - COLUMN_GAP;
    }

    int height() {
        return lanes.stream().mapToInt(lane -> lane.top() + lane.height()).max().orElse(top) + MARGIN;
    }
}
