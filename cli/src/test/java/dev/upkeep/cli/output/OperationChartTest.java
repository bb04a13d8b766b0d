package dev.upkeep.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.ProgressEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationChartTest {

    private final List<ProgressEvent> events = new ArrayList<>();

    private void at(int second, String resource, EventKind kind) {
        events.add(new ProgressEvent(events.size() + 1L, Instant.EPOCH.plusSeconds(second), resource, kind, ""));
    }

    private String chart(int columns, OperationChart.Signs signs) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OperationChart.of(events)
                .ifPresent(chart -> chart.print(new PrintStream(out, true, StandardCharsets.UTF_8), columns, signs));
        return out.toString(StandardCharsets.UTF_8);
    }

    private void create(String resource, int from, int until) {
        at(from, resource, EventKind.STARTED);
        at(until, resource, EventKind.DONE);
    }

    @Test
    void eachResourceHasABarFromItsBeginningToItsEndAlongTheTime() {
        create("Vpc", 0, 10);
        at(10, "Group", EventKind.STEP);
        at(11, "Group", EventKind.STARTED);
        create("Routes", 11, 11);
        at(40, "Group", EventKind.FAILED);

        assertThat(chart(65, OperationChart.Signs.ASCII)).isEqualTo("""
                what took how long:
                  Vpc    10.0 s          ==========
                  Group  30.0 s, failed            =============================x
                                         0.................................40.0 s
                  and 1 that took less
                """);
        assertThat(chart(65, OperationChart.Signs.UNICODE))
                .contains("10.0 s          \u2501\u2501\u2501", "0\u00b7\u00b7\u00b7");
    }

    @Test
    void whatIsNotDoneYetEndsWithAnArrow() {
        create("Vpc", 0, 10);
        at(10, "Group", EventKind.STARTED);
        at(20, "Group", EventKind.STEP);

        assertThat(chart(60, OperationChart.Signs.ASCII).lines())
                .anyMatch(line -> line.matches("  Group  10\\.0 s, not done  +=+>"));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 100, 120, Integer.MAX_VALUE})
    void aLineIsAsWideAsTheTerminalAtMost(int columns) {
        create("123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.0.6", 0, 3);
        create("Certificate", 3, 240);
        create("Group", 240, 611);

        assertThat(chart(columns, OperationChart.Signs.ASCII).lines())
                .allMatch(line -> line.length() <= Math.min(columns, 100))
                .anyMatch(line -> line.startsWith("  ..amazonaws.com/shop/web:1.0.6 "))
                .anyMatch(line -> line.startsWith("  Group") && line.endsWith("=="));
    }

    @Test
    void onlyTheLongestAreShownInTheOrderInWhichTheyBegan() {
        for (int i = 0; i < 30; i++) {
            create("r" + i, 100 - i, 102);
        }

        assertThat(chart(80, OperationChart.Signs.ASCII).lines())
                .hasSize(1 + 16 + 1 + 1)
                .endsWith("  and 14 that took less")
                .element(1)
                .asString()
                .startsWith("  r29  ");
    }

    @Test
    void whereNothingTookASecondThereIsNoChart() {
        create("i1", 5, 5);

        assertThat(chart(80, OperationChart.Signs.ASCII)).isEmpty();
        events.clear();
        assertThat(chart(80, OperationChart.Signs.ASCII)).isEmpty();
    }

    @Test
    void oneThingAloneIsComparedWithNothing() {
        create("shop", 0, 5);

        assertThat(chart(80, OperationChart.Signs.ASCII)).isEmpty();
    }
}
