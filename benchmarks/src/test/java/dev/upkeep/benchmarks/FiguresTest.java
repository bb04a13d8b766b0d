package dev.upkeep.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void takesTheMiddleOne() {
        assertThat(Figures.median(List.of(9, 1, 5), Integer::doubleValue)).isEqualTo(5);
        assertThat(Figures.median(List.of(4, 1, 3, 2), Integer::doubleValue)).isEqualTo(2);
    }

    @Test
    void findsWhatSoManyPercentDoNotExceed() {
        long[] values = {40, 10, 30, 20};

        assertThat(Figures.percentile(values, 50)).isEqualTo(20);
        assertThat(Figures.percentile(values, 99)).isEqualTo(40);
        assertThat(Figures.percentile(values, 1)).isEqualTo(10);
    }

    @Test
    void readsWhatLinuxTellsOfAProcessWithABlankInItsName() {
        String stat = "42 (a b) c) S 1 42 42 0 -1 4194560 1 0 0 0 250 50 0 0 20 0 1 0 1 1 1";

        assertThat(ProcessCost.cpu(stat)).isEqualTo(Duration.ofSeconds(3));
        assertThat(ProcessCost.peakMebibytes("VmPeak:\t  900 kB\nVmHWM:\t  204800 kB\n"))
                .isEqualTo(200);
    }
}
