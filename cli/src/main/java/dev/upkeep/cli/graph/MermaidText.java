package dev.upkeep.cli.graph;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a graph as a <a href="https://mermaid.js.org/syntax/flowchart.html">flowchart of Mermaid</a>. */
final class MermaidText {

    private MermaidText() {}

    static String of(PlanGraph graph) {
        StringBuilder text = new StringBuilder("flowchart LR\n");
        text.append("  accTitle: ").append(escaped(graph.title())).append('\n');
        text.append("  accDescr: ")
                .append(escaped(graph.summary() + ". " + PlanGraph.ARROWS))
                .append('\n');
        List<String> areas = graph.areas();
        for (int i = 0; i < areas.size(); i++) {
            String area = areas.get(i);
            text.append("  subgraph a")
                    .append(i)
                    .append("[\"")
                    .append(escaped(area))
                    .append("\"]\n");
            graph.nodes().stream()
                    .filter(node -> node.area().equals(area))
                    .forEach(node -> text.append("    n" + node.number() + "[\"" + label(node) + "\"]\n"));
            text.append("  end\n");
        }
        graph.edges().forEach(edge -> text.append("  n" + edge.from() + " --> n" + edge.to() + "\n"));
        graph.fates().forEach(fate -> text.append(style(graph, fate)));
        return text.toString();
    }

    private static String label(PlanGraph.Node node) {
        String kind = node.kind().isEmpty() ? "" : "<br/>" + escaped(node.kind());
        return "<b>" + escaped(node.name()) + "</b>" + kind + "<br/>"
                + escaped(node.fate().label());
    }

    private static String style(PlanGraph graph, Fate fate) {
        String nodes = graph.nodes().stream()
                .filter(node -> node.fate() == fate)
                .map(node -> "n" + node.number())
                .collect(Collectors.joining(","));
        String dashes = fate.dashes().isEmpty() ? "" : ",stroke-dasharray:" + fate.dashes();
        return "  classDef " + fate.word() + " fill:" + fate.onLight().fill() + ",stroke:"
                + fate.onLight().border() + ",color:" + fate.onLight().text() + dashes + "\n  class " + nodes + " "
                + fate.word() + "\n";
    }

    /** Every character that means something to Mermaid, Markdown or HTML by its number, as Mermaid wants it. */
    private static String escaped(String text) {
        return PlainText.of(text)
                .replace('\n', ' ')
                .codePoints()
                .mapToObj(each -> "#&<>\"'`;%{}[]()|\\*_~=".indexOf(each) < 0 || each > 127
                        ? Character.toString(each)
                        : "#" + each + ";")
                .collect(Collectors.joining());
    }
}
