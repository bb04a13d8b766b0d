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

class OperationChartTest {

    private final List<ProgressEvent> events = new ArrayList<>();

    private void at(int second, String resource, EventKind kind) {
        events.add(new ProgressEvent(events.size() + 1L, Instant.EPOCH.plusSeconds(second), resource, kind, ""));
    }

    private String chart() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OperationChart.of(events).ifPresent(chart -> chart.print(new PrintStream(out, true, StandardCharsets.UTF_8)));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void eachResourceHasABarFromItsBeginningToItsEnd() {
        at(0, "Vpc", EventKind.STARTED);
        at(10, "Vpc", EventKind.DONE);
        at(10, "Group", EventKind.STARTED);
        at(11, "Routes", EventKind.STARTED);
        at(11, "Routes", EventKind.DONE);
        at(30, "Group", EventKind.STEP);
        at(40, "Group", EventKind.FAILED);

        assertThat(chart()).isEqualTo("""
                what took how long:
                  Vpc    10.0 s  ==========
                  Group  30.0 s            ==============================
                """);
    }

    @Test
    void whereNothingTookASecondThereIsNoChart() {
        at(5, "i1", EventKind.STARTED);
        at(5, "i1", EventKind.DONE);

        assertThat(chart()).isEmpty();
        events.clear();
        assertThat(chart()).isEmpty();
    }
}
