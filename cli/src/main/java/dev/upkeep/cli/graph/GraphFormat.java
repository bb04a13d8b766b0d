package dev.upkeep.cli.graph;

import dev.upkeep.infra.plan.Plan;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The languages in which a plan can be drawn. */
public enum GraphFormat {
    /** What Graphviz reads. */
    DOT,
    /** A flowchart of Mermaid, which GitHub and GitLab draw in Markdown. */
    MERMAID,
    /** A picture that every browser shows. */
    SVG;

    /**
     * Draws a plan.
     *
     * @param plan what to draw
     * @return the same text for the same plan, with a line break at its end
     */
    public String draw(Plan plan) {
        PlanGraph graph = PlanGraph.of(plan);
        return switch (this) {
            case DOT -> DotText.of(graph);
            case MERMAID -> MermaidText.of(graph);
            case SVG -> SvgText.of(graph);
        };
    }

    /**
     * Finds a language by its word.
     *
     * @throws IllegalArgumentException if there is none, naming those there are
     */
    public static GraphFormat parse(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + word
                        + "\" is no language for graphs; expected is one of " + String.join(", ", words())));
    }

    /** All words, in the order of the languages. */
    public static List<String> words() {
        return Arrays.stream(values()).map(GraphFormat::word).toList();
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
