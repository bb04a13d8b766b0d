package dev.upkeep.cli.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.cli.graph.PlanGraph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {

    private static PlanGraph graph(int nodes, int areas, Random random) {
        List<Node> all = new ArrayList<>();
        List<List<Integer>> needs = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            all.add(new Node(node, "n" + node, "", "area " + random.nextInt(areas), Fate.CREATE, List.of()));
            List<Integer> needed = new ArrayList<>();
            for (int other = 0; other < node; other++) {
                if (random.nextInt(6) == 0) {
                    needed.add(other);
                }
            }
            needs.add(needed);
        }
        return new PlanGraph("", "", all, Reduction.of(needs));
    }

    private static boolean overlap(int top, int otherTop) {
        return Math.abs(top - otherTop) < Layout.BOX_HEIGHT;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noBoxLiesOnAnotherEveryEdgeLeadsToTheRightAndPassesBoxesBy(long seed) {
        PlanGraph graph = graph(30, 5, new Random(seed));
        Layout layout = new Layout(graph, 0);

        for (Node node : graph.nodes()) {
            Layout.Slot slot = layout.slot(node);
            assertThat(slot.right()).isLessThan(layout.width());
            assertThat(slot.middle() + Layout.BOX_HEIGHT / 2).isLessThan(layout.height());
            assertThat(graph.nodes().stream()
                            .map(layout::slot)
                            .filter(other -> other != slot && other.left() == slot.left())
                            .filter(other -> overlap(other.middle(), slot.middle())))
                    .isEmpty();
        }
        assertThat(layout.routes()).hasSameSizeAs(graph.edges()).isNotEmpty();
        for (List<Layout.Slot> route : layout.routes()) {
            for (int i = 1; i < route.size(); i++) {
                assertThat(route.get(i).left()).isEqualTo(route.get(i - 1).right() + Layout.COLUMN_GAP);
            }
            for (Layout.Slot pass : route.subList(1, route.size() - 1)) {
                assertThat(graph.nodes().stream()
                                .map(layout::slot)
                                .filter(box -> box.left() == pass.left())
                                .filter(box -> Math.abs(box.middle() - pass.middle()) <= Layout.BOX_HEIGHT / 2))
                        .isEmpty();
            }
        }
    }

    @Test
    void whatLeadsToOneThingOnlyStandsNextToIt() {
        List<PlanGraph.Edge> edges = List.of(
                new PlanGraph.Edge(0, 1), new PlanGraph.Edge(1, 2), new PlanGraph.Edge(2, 3), new PlanGraph.Edge(4, 3));

        assertThat(Columns.of(5, edges)).containsExactly(0, 1, 2, 3, 2);
    }

    @Test
    void aPlanOfNothingIsAPictureToo() {
        assertThat(SvgText.of(new PlanGraph("nothing", "", List.of(), List.of())))
                .contains("<title id=\"title\">nothing");
    }
}
