package dev.upkeep.remediation.ssh;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a channel ended.
 *
 * @param exitCode what the command ended with, or 128 and the number of the signal that ended it; null if nobody said
 * @param isRefused whether the host did not begin
 * @param lost why the connection ended; null if it did not
 */
record Ending(
        @Nullable Integer exitCode,
        boolean isRefused,
        @Nullable String lost) {
    static final Ending REFUSED = new Ending(null, true, null);

    private static final int BY_SIGNAL = 128;

    /** The names of RFC 4254, 6.10; their numbers of POSIX, and on Linux where POSIX gives none. */
    private static final Map<String, Integer> SIGNALS = Map.ofEntries(
            Map.entry("HUP", 1),
            Map.entry("INT", 2),
            Map.entry("QUIT", 3),
            Map.entry("ILL", 4),
            Map.entry("ABRT", 6),
            Map.entry("FPE", 8),
            Map.entry("KILL", 9),
            Map.entry("USR1", 10),
            Map.entry("SEGV", 11),
            Map.entry("USR2", 12),
            Map.entry("PIPE", 13),
            Map.entry("ALRM", 14),
            Map.entry("TERM", 15));

    static Ending of(@Nullable Integer status, @Nullable String signal) {
        Integer exitCode = signal == null ? status : Integer.valueOf(BY_SIGNAL + SIGNALS.getOrDefault(signal, 0));
        return new Ending(exitCode, false, null);
    }

    static Ending lost(Exception error) {
        return new Ending(null, false, PlainText.of(error.getMessage()));
    }
}
