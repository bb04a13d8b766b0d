package dev.upkeep.checker;

import dev.upkeep.checker.port.Pause;
import dev.upkeep.checker.port.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only when something pauses, and notes each pause. */
public final class ManualTime implements InstantSource, Ticker, Pause {
    public static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private final List<Duration> pauses = new ArrayList<>();
    private long nanos;

    @Override
    public synchronized Instant instant() {
        return START.plusNanos(nanos);
    }

    @Override
    public synchronized long read() {
        return nanos;
    }

    @Override
    public synchronized void pause(Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            return;
        }
        pauses.add(duration);
        nanos += duration.toNanos();
    }

    public synchronized void pass(Duration duration) {
        nanos += duration.toNanos();
    }

    public synchronized List<Duration> pauses() {
        return List.copyOf(pauses);
    }
}
