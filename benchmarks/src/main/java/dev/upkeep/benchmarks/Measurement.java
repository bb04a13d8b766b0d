package dev.upkeep.benchmarks;

import java.time.Duration;

/**
 * One measured round of checks.
 *
 * @param checks how many were made
 * @param failures how many of them did not find the version; a round with any tells nothing about speed
 * @param took wall time
 * @param cpu processor time of the prober, without what drives it
 */
record Measurement(int checks, int failures, Duration took, Duration cpu) {
    double checksPerSecond() {
        return checks / (took.toNanos() / 1e9);
    }

    double cpuMicrosPerCheck() {
        return cpu.toNanos() / 1e3 / checks;
    }
}
