package dev.upkeep.cli.graph;

import dev.upkeep.cli.graph.PlanGraph.Node;
import java.util.List;

/** Writes a graph in the <a href="https://graphviz.org/doc/info/lang.html">DOT language</a>. */
final class DotText {

    private DotText() {}

    static String of(PlanGraph graph) {
        StringBuilder text = new StringBuilder("digraph plan {\n");
        text.append("  rankdir=LR; ranksep=0.7; nodesep=0.2; labelloc=t; labeljust=l; fontname=\"sans-serif\";"
                + " fontsize=16;\n");
        text.append("  label=")
                .append(quoted(graph.title() + "\n" + graph.summary() + ". " + PlanGraph.ARROWS + "\n")
                        .replace("\\n", "\\l"));
        text.append(";\n  node [shape=box, style=\"filled,rounded\", fontname=\"sans-serif\", fontsize=11];\n");
        text.append("  edge [color=\"#6e7781\", arrowsize=0.7];\n");
        List<String> areas = graph.areas();
        for (int i = 0; i < areas.size(); i++) {
            String area = areas.get(i);
            text.append("  subgraph cluster_")
                    .append(i)
                    .append(" {\n    label=")
                    .append(quoted(area));
            text.append("; style=rounded; color=\"#afb8c1\"; fontsize=12;\n");
            graph.nodes().stream()
                    .filter(node -> node.area().equals(area))
                    .forEach(node -> text.append("    ").append(line(node)));
            text.append("  }\n");
        }
        graph.edges().forEach(edge -> text.append("  n" + edge.from() + " -> n" + edge.to() + ";\n"));
        return text.append("}\n").toString();
    }

    private static String line(Node node) {
        Fate fate = node.fate();
        String kind = node.kind().isEmpty() ? "" : "\n" + node.kind();
        String style = fate.dashes().isEmpty() ? "" : ", style=\"filled,rounded,dashed\"";
        String details = node.details().isEmpty() ? node.name() : String.join("\n", node.details());
        return "n" + node.number() + " [label=" + quoted(node.name() + kind + "\n" + fate.label()) + ", fillcolor=\""
                + fate.onLight().fill() + "\", color=\"" + fate.onLight().border() + "\", fontcolor=\""
                + fate.onLight().text() + "\"" + style + ", tooltip=" + quoted(details) + "];\n";
    }

    /** In quotes, where a backslash begins an escape and an ampersand the name of a character. */
    private static String quoted(String text) {
        return "\""
                + PlainText.of(text)
                        .replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("&", "&amp;")
                        .replace("\n", "\\n")
                + "\"";
    }
}
