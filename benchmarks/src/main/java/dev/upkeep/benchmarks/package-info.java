/**
 * Programs that measure what checks cost in a process that stays. {@link dev.upkeep.benchmarks.ResidentBenchmark} measures;
 * {@link dev.upkeep.benchmarks.ResidentProber} is what it measures, in a process of its own.
 */
@NullMarked
package dev.upkeep.benchmarks;

import org.jspecify.annotations.NullMarked;
