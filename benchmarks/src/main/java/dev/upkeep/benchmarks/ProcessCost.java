package dev.upkeep.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a process has used, as Linux counts it. */
final class ProcessCost {
    /** The unit of the times in /proc/PID/stat is a hundredth of a second on every Linux that Java runs on (proc(5), USER_HZ). */
    private static final int TICK_MILLIS = 10;

    private static final int UTIME = 14;
    private static final int CUTIME = 16;

    private ProcessCost() {}

    /** Time on a processor since the start, in user and in kernel mode, of all threads: compilers and collectors too. */
    static Duration cpu(long pid) throws IOException {
        return cpu(Files.readString(file(pid, "stat")));
    }

    static Duration cpu(String stat) {
        return twoTimes(stat, UTIME);
    }

    /** That of the processes which this one has started, and which have ended. */
    static Duration endedChildren() throws IOException {
        return twoTimes(Files.readString(Path.of("/proc/self/stat")), CUTIME);
    }

    /** In user and in kernel mode, which stand side by side. */
    private static Duration twoTimes(String stat, int field) {
        // The name of the program, field 2, may hold blanks; it ends with the last parenthesis.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        int first = field - 3;
        long ticks = Long.parseLong(fields[first]) + Long.parseLong(fields[first + 1]);
        return Duration.ofMillis(ticks * TICK_MILLIS);
    }

    /** The most memory that was resident at any time, in MiB. */
    static long peakMebibytes(long pid) throws IOException {
        return peakMebibytes(Files.readString(file(pid, "status")));
    }

    static long peakMebibytes(String status) {
        String line = status.lines()
                .filter(candidate -> candidate.startsWith("VmHWM:"))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no VmHWM in the status of the process; has it ended?"));
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
    }

    private static Path file(long pid, String name) {
        return Path.of("/proc", String.valueOf(pid), name);
    }
}
