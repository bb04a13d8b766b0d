package dev.upkeep.system.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** A plan as a picture, read by programs that know its language: Graphviz, and the XML parser of the JDK. */
@Timeout(120)
class GraphSystemTest {

    @TempDir
    private Path home;

    private static Ended graph(Stack stack, String language, int code) {
        return stack.upkeep("plan", "--graph", language).run().with(code);
    }

    /** What Graphviz lays out, a line for each node and edge: https://graphviz.org/docs/outputs/plain. */
    private List<String> plain(String dot) throws Exception {
        Path file = Files.writeString(home.resolve("plan.dot"), dot);
        Ended ended = Program.of(home, "dot", "-Tplain", file.toString()).run().with(0);
        assertThat(ended.err()).isEmpty();
        return ended.out().lines().toList();
    }

    private static Document svg(String text) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void graphvizReadsThePlanOfAStackFromItsBirthToItsEnd() throws Exception {
        try (Stack stack = Stack.pair(home, "1.0.6")) {
            Ended planned = graph(stack, "dot", 2);
            assertThat(planned.err()).startsWith("stack " + stack.name() + ": 3 changes");
            assertThat(plain(planned.out()))
                    .filteredOn(line -> line.startsWith("node "))
                    .hasSize(5)
                    .allMatch(line -> line.contains("+ create"));
            assertThat(plain(planned.out()))
                    .filteredOn(line -> line.startsWith("edge "))
                    .hasSize(4);
            assertThat(graph(stack, "dot", 2).out()).isEqualTo(planned.out());

            stack.apply();
            Ended standing = graph(stack, "dot", 0);
            assertThat(standing.err()).isEqualTo("stack " + stack.name() + ": nothing to change\n");
            assertThat(plain(standing.out()))
                    .filteredOn(line -> line.startsWith("node "))
                    .allMatch(line -> line.contains("= unchanged"));

            Ended destroyed =
                    stack.upkeep("plan", "--destroy", "--graph", "dot").run().with(2);
            assertThat(plain(destroyed.out()))
                    .filteredOn(line -> line.startsWith("node "))
                    .hasSize(3)
                    .allMatch(line -> line.contains("- delete"));
        }
    }

    @Test
    void anSvgIsXmlAndMermaidAFlowchartAlsoWithStrangeValues() throws Exception {
        try (Stack stack = Stack.single(home, "1.0.6")) {
            stack.describe(
                    "shape: single\n" + Stack.QUICK_APP.replace("]", "], env: { MARK: '\"]]><b>&amp;\\\\ --> #35;`' }"),
                    "1.0.6");

            Document svg = svg(graph(stack, "svg", 2).out());
            NodeList titles = svg.getElementsByTagName("title");
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < titles.getLength(); i++) {
                all.append(titles.item(i).getTextContent());
            }
            assertThat(all.toString())
                    .startsWith("What apply would do to stack " + stack.name())
                    .contains("\"]]><b>&amp;\\\\ --> #35;`");
            plain(graph(stack, "dot", 2).out());
            assertThat(graph(stack, "mermaid", 2).out())
                    .startsWith("flowchart LR\n")
                    .contains("[\"<b>instance i1</b><br/>nginx<br/>+ create\"]");
        }
    }

    @Test
    void aGraphIsTheOnlyThingOnStandardOutput() {
        try (Stack stack = Stack.single(home, "1.0.6")) {
            assertThat(stack.upkeep("plan", "--graph", "svg", "--output", "json")
                            .run()
                            .with(64)
                            .err())
                    .contains("--graph and --output json are two forms of the same plan; leave one of them out");
            assertThat(stack.upkeep("plan", "--graph", "svg", "--out", "plan.svg")
                            .run()
                            .with(64)
                            .err())
                    .contains("--out saves the plan for upkeep apply, and not its graph");
            assertThat(home.resolve("plan.svg")).doesNotExist();
            assertThat(stack.upkeep("plan", "--graph", "png").run().with(64).err())
                    .contains("\"png\" is no language for graphs; expected is one of dot, mermaid, svg");
        }
    }
}
