package dev.upkeep.cli.graph;

import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Impact;
import dev.upkeep.infra.plan.Part;
import dev.upkeep.infra.plan.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The parts of a stack, and which of them leads to which: from what is made first to what needs it. What follows from other edges is left
 * out.
 *
 * @param title one line
 * @param summary how many parts have which fate, such as {@code 31 create}
 * @param nodes numbered from 0, in the order of the plan
 * @param edges in the order of the nodes to which they lead
 */
record PlanGraph(String title, String summary, List<Node> nodes, List<Edge> edges) {

    /** How the reader has to take an edge. */
    static final String ARROWS = "An arrow leads from what is made first to what needs it.";

    /**
     * One part.
     *
     * @param number its place among all
     * @param name as plans give it
     * @param kind what it is
     * @param area what it belongs to
     * @param fate what happens to it
     * @param details what else the plan says of it, a line each
     */
    record Node(int number, String name, String kind, String area, Fate fate, List<String> details) {}

    /** From the number of a node to that of another. */
    record Edge(int from, int to) {}

    static PlanGraph of(Plan plan) {
        Map<String, Change> changes = new LinkedHashMap<>();
        plan.changes().forEach(change -> changes.put(change.resource(), change));
        List<Part> parts = new ArrayList<>(plan.parts());
        changes.keySet().stream()
                .filter(name -> parts.stream().noneMatch(part -> part.resource().equals(name)))
                .forEach(name -> parts.add(Part.of(name, "", "other", List.of())));
        List<Node> nodes = new ArrayList<>();
        parts.forEach(
                part -> nodes.add(node(nodes.size(), part, Optional.ofNullable(changes.get(part.changesWith())))));
        String verb = plan.goal().isPresent() ? "apply" : "destroy";
        return new PlanGraph(
                "What " + verb + " would do to stack " + plan.stack(),
                summary(nodes),
                nodes,
                Reduction.of(edges(parts)));
    }

    private static Node node(int number, Part part, Optional<Change> change) {
        Fate fate = change.map(Change::action).map(Fate::of).orElse(Fate.UNCHANGED);
        List<String> details = change.map(PlanGraph::details).orElse(List.of());
        return new Node(number, part.resource(), part.kind(), part.area(), fate, details);
    }

    private static List<String> details(Change change) {
        List<String> details = new ArrayList<>();
        change.fields().forEach(field -> details.add(field(field)));
        if (!change.reason().isEmpty()) {
            details.add("why: " + change.reason());
        }
        if (change.impact().level() != Impact.Level.NONE) {
            details.add("users notice: " + change.impact().sentence());
        }
        return details;
    }

    private static String field(FieldChange field) {
        String from = field.from().isEmpty() ? "" : field.from() + " -> ";
        return field.field() + ": " + from + (field.to().isEmpty() ? "none" : field.to());
    }

    private static String summary(List<Node> nodes) {
        return Arrays.stream(Fate.values())
                .filter(fate -> nodes.stream().anyMatch(node -> node.fate() == fate))
                .map(fate -> nodes.stream().filter(node -> node.fate() == fate).count() + " " + fate.word())
                .collect(Collectors.joining(", "));
    }

    private static List<List<Integer>> edges(List<Part> parts) {
        Map<String, Integer> numbers = new HashMap<>();
        parts.forEach(part -> numbers.put(part.resource(), numbers.size()));
        return parts.stream()
                .map(part -> part.needs().stream()
                        .filter(numbers::containsKey)
                        .map(numbers::get)
                        .sorted()
                        .toList())
                .toList();
    }

    /** The areas in the order in which they are met. */
    List<String> areas() {
        return nodes.stream().map(Node::area).distinct().toList();
    }

    /** The fates that occur, in their order. */
    List<Fate> fates() {
        return Arrays.stream(Fate.values())
                .filter(fate -> nodes.stream().anyMatch(node -> node.fate() == fate))
                .toList();
    }
}
