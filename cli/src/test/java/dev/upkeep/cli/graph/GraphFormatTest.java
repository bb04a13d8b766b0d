package dev.upkeep.cli.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.inventory.Application;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.plan.Action;
import dev.upkeep.infra.plan.Basis;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Impact;
import dev.upkeep.infra.plan.Part;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.plan.Replacement;
import dev.upkeep.infra.spec.StackSpec;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class GraphFormatTest {

    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

    /** All that means something to one of the languages, in one name. */
    private static final String HOSTILE =
            "a\"b'<b>&amp;&\\\\n\\]]> --> {x}|y;#35;`**_[z](u)\u0000\u0007\u001b[31m\ud800 \u00e4\u65e5 %% end\r\nsubgraph";

    private static final String SHOWN = "#\\d+;|[^#&<>\"'`;%{}\\[\\]()|\\\\*_~=\\p{Cntrl}]";

    /** Every kind of line that we write, as https://mermaid.js.org/syntax/flowchart.html describes them. */
    private static final Pattern MERMAID =
            Pattern.compile("flowchart LR|  acc(Title|Descr): (SHOWN)+".replace("SHOWN", SHOWN)
                    + "|  subgraph a\\d+\\[\"(SHOWN)+\"]|    n\\d+\\[\"<b>(SHOWN)+</b>(<br/>(SHOWN)+){1,2}\"]"
                            .replace("SHOWN", SHOWN)
                    + "|  end|  n\\d+ --> n\\d+|  class n\\d+(,n\\d+)* [a-z]+"
                    + "|  classDef [a-z]+ fill:#\\w{6},stroke:#\\w{6},color:#\\w{6}(,stroke-dasharray:\\d \\d)?");

    /** A statement of DOT, with every backslash in a text before another one, a quote, or a letter that we mean. */
    private static final Pattern DOT = Pattern.compile(
            "digraph plan \\{|  subgraph cluster_\\d+ \\{|  +}|}|  n\\d+ -> n\\d+;"
                    + "|( |    |  )*(n\\d+ |node |edge )?(\\[)?([a-z]+=([\\w.]+|\"([^\"\\\\\\p{Cntrl}]|\\\\[\\\\\"nl])*\")[,;]? ?)+]?;?");

    private static Plan plan(List<Change> changes, List<Part> parts) {
        StackSpec spec = StackSpec.builder("shop", "1.0.6").build();
        Release release = new Release("1.0.6", Optional.empty(), new Application.None());
        return new Plan(
                        spec.name(),
                        "local",
                        Optional.of(new Plan.Goal(spec, release)),
                        NOW,
                        NOW.plus(Plan.LIFETIME),
                        Basis.of(Map.of()),
                        changes)
                .consistingOf(parts);
    }

    private static Change change(String resource, Action action) {
        List<FieldChange> fields = List.of(new FieldChange("tag " + HOSTILE, HOSTILE, ""));
        return new Change(
                resource, action, fields, HOSTILE, Replacement.NEVER, Impact.downtime(HOSTILE), Optional.empty());
    }

    /** Every fate, and every text hostile. */
    private static Plan hostile() {
        List<Change> changes = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        for (Action action : Action.values()) {
            changes.add(change(action + HOSTILE, action));
            List<String> needs = parts.stream().map(Part::resource).toList();
            parts.add(Part.of(action + HOSTILE, "kind " + HOSTILE, "area " + HOSTILE, needs));
        }
        parts.add(Part.of("same", "", "rest", List.of("CREATE" + HOSTILE)));
        return plan(changes, parts);
    }

    @ParameterizedTest
    @EnumSource
    void theSamePlanIsTheSameText(GraphFormat format) {
        assertThat(format.draw(hostile())).isEqualTo(format.draw(hostile())).endsWith("\n");
    }

    @Test
    void everyLineOfMermaidIsOneOfItsGrammarWhateverANameHas() {
        assertThat(GraphFormat.MERMAID.draw(hostile()).lines())
                .hasSizeGreaterThan(20)
                .allMatch(line -> MERMAID.matcher(line).matches())
                .anyMatch(line -> line.contains("#35;35#59;"));
    }

    @Test
    void everyLineOfDotIsOneOfItsGrammarWhateverANameHas() {
        assertThat(GraphFormat.DOT.draw(hostile()).lines())
                .hasSizeGreaterThan(20)
                .allMatch(line -> DOT.matcher(line).matches());
    }

    private static Document svg(Plan plan) throws Exception {
        DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
        parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        parsers.setNamespaceAware(true);
        return parsers.newDocumentBuilder().parse(new InputSource(new StringReader(GraphFormat.SVG.draw(plan))));
    }

    @Test
    void anSvgIsXmlWithTitleAndDescriptionWhateverANameHas() throws Exception {
        Element root = svg(hostile()).getDocumentElement();

        assertThat(root.getNamespaceURI()).isEqualTo("http://www.w3.org/2000/svg");
        assertThat(root.getAttribute("role")).isEqualTo("img");
        assertThat(root.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("What apply would do to stack shop");
        assertThat(root.getElementsByTagName("desc").item(0).getTextContent())
                .isEqualTo("1 create, 1 adopt, 1 update, 1 restart, 1 replace, 1 delete, 1 unchanged."
                        + " An arrow leads from what is made first to what needs it.");
        assertThat(root.getElementsByTagName("title").item(1).getTextContent())
                .startsWith("CREATEa\"b'<b>&amp;&\\\\n\\]]> --> {x}|y;#35;`**_[z](u)\ufffd\ufffd\ufffd[31m\ufffd ")
                .contains("+ create", "users notice: a\"b'<b>");
        assertThat(root.getElementsByTagName("script").getLength()).isZero();
    }

    @Test
    void whatHappensIsSaidInWordsAndNotByColourAlone() throws Exception {
        NodeList texts = svg(hostile()).getElementsByTagName("text");
        List<String> said = new ArrayList<>();
        for (int i = 0; i < texts.getLength(); i++) {
            said.add(texts.item(i).getTextContent());
        }

        assertThat(said).contains("+ create", "~ update", "~ restart", "\u00b1 replace", "- delete", "= unchanged");
    }

    @ParameterizedTest
    @EnumSource
    void textCanBeReadOnLightAndOnDark(Fate fate) {
        assertThat(contrast(fate.onLight())).isGreaterThan(7);
        assertThat(contrast(fate.onDark())).isGreaterThan(7);
    }

    /** As WCAG 2.2 defines it. */
    private static double contrast(Fate.Colours colours) {
        double one = luminance(colours.text());
        double other = luminance(colours.fill());
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }

    private static double luminance(String colour) {
        int all = Integer.parseInt(colour.substring(1), 16);
        return 0.2126 * linear(all >> 16) + 0.7152 * linear(all >> 8 & 255) + 0.0722 * linear(all & 255);
    }

    private static double linear(int channel) {
        double part = channel / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }

    @Test
    void anEdgeThatFollowsFromOthersIsLeftOut() {
        Plan plan = plan(
                List.of(),
                List.of(
                        Part.of("a", "", "x", List.of("b", "c", "d")),
                        Part.of("b", "", "x", List.of("c", "d")),
                        Part.of("c", "", "x", List.of("d")),
                        Part.of("d", "", "x", List.of("not there"))));

        assertThat(PlanGraph.of(plan).edges())
                .containsExactly(new PlanGraph.Edge(1, 0), new PlanGraph.Edge(2, 1), new PlanGraph.Edge(3, 2));
    }

    @Test
    void aChangeOfWhatNobodyNamesAsAPartIsShownAllTheSame() {
        PlanGraph graph = PlanGraph.of(plan(List.of(change("stack", Action.DELETE)), List.of()));

        assertThat(graph.nodes()).extracting(PlanGraph.Node::name).containsExactly("stack");
        assertThat(graph.summary()).isEqualTo("1 delete");
    }

    @Test
    void aWordThatIsNoLanguageIsRefused() {
        assertThatThrownBy(() -> GraphFormat.parse("png"))
                .hasMessage("\"png\" is no language for graphs; expected is one of dot, mermaid, svg");
    }
}
