package dev.upkeep.cli.graph;

import dev.upkeep.cli.graph.PlanGraph.Node;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Draws a graph as <a href="https://www.w3.org/TR/SVG11/">SVG</a>. It has a background of its own, light or dark as the reader's system is,
 * loads nothing, and runs no script.
 */
final class SvgText {

    private static final int HEADING = 84;
    private static final int LEAST_WIDTH = 640;
    private static final int NAME_LETTERS = 27;
    private static final int KIND_LETTERS = 34;
    private static final int LEGEND_STEP = 120;

    private final PlanGraph graph;
    private final Layout layout;
    private final StringBuilder text = new StringBuilder();

    private SvgText(PlanGraph graph) {
        this.graph = graph;
        this.layout = new Layout(graph, HEADING);
    }

    static String of(PlanGraph graph) {
        return new SvgText(graph).draw();
    }

    private String draw() {
        int width = Math.max(LEAST_WIDTH, layout.width());
        int height = layout.height();
        line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        line("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + width + " " + height + "\" width=\"" + width
                + "\" height=\"" + height + "\" role=\"img\" aria-labelledby=\"title summary\">");
        line("<title id=\"title\">" + escaped(graph.title()) + "</title>");
        line("<desc id=\"summary\">" + escaped(graph.summary() + ". " + PlanGraph.ARROWS) + "</desc>");
        style();
        line("<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\""
                + " orient=\"auto\"><path class=\"tip\" d=\"M0 0 L8 4 L0 8 Z\"/></marker></defs>");
        line("<rect class=\"page\" width=\"" + width + "\" height=\"" + height + "\"/>");
        heading();
        lanes(width);
        layout.routes().forEach(this::edge);
        graph.nodes().forEach(this::node);
        line("</svg>");
        return text.toString();
    }

    private void line(String content) {
        text.append(content).append('\n');
    }

    private void style() {
        line("<style>");
        line("text { font-family: system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', sans-serif;"
                + " font-size: 11px }");
        line(".name { font-weight: 600; font-size: 13px } .title { font-weight: 600; font-size: 18px }");
        line(".lane text { font-weight: 600; font-size: 12px } .edge { fill: none; stroke-width: 1.3 }");
        line(".lane rect { stroke-width: 1 } .node rect { stroke-width: 1.6 }");
        colours("#ffffff", "#1f2328", "#fafbfc", "#d1d9e0", "#6e7781");
        for (Fate fate : Fate.values()) {
            colours(fate, fate.onLight());
            if (!fate.dashes().isEmpty()) {
                line("." + fate.word() + " rect { stroke-dasharray: " + fate.dashes() + " }");
            }
        }
        line("@media (prefers-color-scheme: dark) {");
        colours("#0d1117", "#e6edf3", "#151b23", "#3d444d", "#9198a1");
        for (Fate fate : Fate.values()) {
            colours(fate, fate.onDark());
        }
        line("}");
        line("</style>");
    }

    private void colours(String page, String letters, String lane, String border, String edge) {
        line(".page { fill: " + page + " } text { fill: " + letters + " } .lane rect { fill: " + lane + "; stroke: "
                + border + " }");
        line(".edge { stroke: " + edge + " } .tip { fill: " + edge + " }");
    }

    private void colours(Fate fate, Fate.Colours colours) {
        line("." + fate.word() + " rect { fill: " + colours.fill() + "; stroke: " + colours.border() + " } ."
                + fate.word() + " text { fill: " + colours.text() + " }");
    }

    private void heading() {
        line(text("title", Layout.MARGIN, 34, graph.title()));
        line(text("", Layout.MARGIN, 52, graph.summary() + ". " + PlanGraph.ARROWS));
        int x = Layout.MARGIN;
        for (Fate fate : graph.fates()) {
            line("<g class=\"" + fate.word() + "\"><rect x=\"" + x + "\" y=\"60\" width=\"" + (LEGEND_STEP - 14)
                    + "\" height=\"18\" rx=\"4\"/>" + text("", x + 8, 73, fate.label()) + "</g>");
            x += LEGEND_STEP;
        }
    }

    private void lanes(int width) {
        for (Layout.Lane lane : layout.lanes()) {
            line("<g class=\"lane\"><rect x=\"" + Layout.MARGIN + "\" y=\"" + lane.top() + "\" width=\""
                    + (width - 2 * Layout.MARGIN) + "\" height=\"" + lane.height() + "\" rx=\"8\"/>"
                    + text("", Layout.MARGIN + Layout.LANE_PADDING, lane.top() + 16, lane.area()) + "</g>");
        }
    }

    private void edge(List<Layout.Slot> route) {
        StringBuilder path = new StringBuilder();
        for (int i = 1; i < route.size(); i++) {
            Layout.Slot from = route.get(i - 1);
            Layout.Slot to = route.get(i);
            int middle = (from.right() + to.left()) / 2;
            if (i == 1) {
                path.append("M").append(from.right()).append(' ').append(from.middle());
            } else {
                path.append(" H").append(from.right());
            }
            path.append(" C" + middle + " " + from.middle() + " " + middle + " " + to.middle() + " " + to.left() + " "
                    + to.middle());
        }
        line("<path class=\"edge\" d=\"" + path + "\" marker-end=\"url(#arrow)\"/>");
    }

    private void node(Node node) {
        Layout.Slot slot = layout.slot(node);
        int x = slot.left();
        int y = slot.middle() - Layout.BOX_HEIGHT / 2;
        Fate fate = node.fate();
        String whole = node.name() + "\n" + node.kind() + "\n" + fate.label()
                + node.details().stream().map(detail -> "\n" + detail).collect(Collectors.joining());
        line("<g class=\"node " + fate.word() + "\"><title>" + escaped(whole) + "</title><rect x=\"" + x + "\" y=\"" + y
                + "\" width=\"" + Layout.BOX_WIDTH + "\" height=\"" + Layout.BOX_HEIGHT + "\" rx=\"6\"/>"
                + text("name", x + 10, y + 17, shortened(node.name(), NAME_LETTERS))
                + text("", x + 10, y + 31, shortened(node.kind(), KIND_LETTERS))
                + text("name", x + 10, y + 45, fate.label()) + "</g>");
    }

    private static String text(String style, int x, int y, String content) {
        String attribute = style.isEmpty() ? "" : " class=\"" + style + "\"";
        return "<text" + attribute + " x=\"" + x + "\" y=\"" + y + "\">" + escaped(content) + "</text>";
    }

    /** What is left out is in the title of the box, which a browser shows when somebody points at it. */
    private static String shortened(String text, int letters) {
        int[] all = text.codePoints().toArray();
        return all.length <= letters ? text : new String(all, 0, letters - 1) + "\u2026";
    }

    private static String escaped(String text) {
        return PlainText.of(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
