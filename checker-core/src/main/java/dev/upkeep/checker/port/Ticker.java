package dev.upkeep.checker.port;

/** Monotonic time, for durations. The wall clock may be set back and forth while a check runs; this one may not. */
@FunctionalInterface
public interface Ticker {

    /** Nanoseconds since some moment of the past. Only differences mean something. */
    long read();

    /** {@link System#nanoTime}. */
    static Ticker system() {
        return System::nanoTime;
    }
}
