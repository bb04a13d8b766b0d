package dev.upkeep.infra.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VersionOrderTest {

    @Test
    void isThatOfSemanticVersions() {
        List<String> ascending = List.of(
                "0.9.9",
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0",
                "1.0.9",
                "1.0.10",
                "v1.1.0",
                "2.0.0+build.5");

        for (int left = 0; left < ascending.size(); left++) {
            for (int right = 0; right < ascending.size(); right++) {
                assertThat(VersionOrder.isOlder(ascending.get(left), ascending.get(right)))
                        .as("%s before %s", ascending.get(left), ascending.get(right))
                        .isEqualTo(left < right);
            }
        }
    }

    @Test
    void whatIsNoSemanticVersionIsNeverOlder() {
        assertThat(VersionOrder.isOlder("2026-11-25", "1.0.0")).isFalse();
        assertThat(VersionOrder.isOlder("1.0.0", "release")).isFalse();
        assertThat(VersionOrder.isOlder("1.0.0+a", "1.0.0+b")).isFalse();
    }
}
