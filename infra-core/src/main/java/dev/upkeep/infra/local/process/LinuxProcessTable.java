package dev.upkeep.infra.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Reads {@code /proc}: see proc(5). What may not be read of a process is left empty. */
final class LinuxProcessTable implements ProcessTable {

    /** The kernel appends it to the name of a working directory that was removed. */
    private static final String DELETED = " (deleted)";

    /**
     * How often, and in what distance, a process without an environment is looked at: a second in all, because one that turns into
     * another program may have to wait for a processor in the middle of it.
     */
    private static final int LOOKS = 5000;

    /** After so many looks that find it calm it has no environment. */
    private static final int CALM_LOOKS = 5;

    private static final Duration BETWEEN_LOOKS = Duration.ofNanos(200_000);

    /** The numbers of fields of /proc/PID/stat, counted from the one behind the name. */
    private static final int MEMORY = 20;

    private static final int ENVIRONMENT_END = 48;

    private final Path proc;

    LinuxProcessTable(Path proc) {
        this.proc = proc;
    }

    @Override
    public Optional<ProcessFacts> find(long pid) {
        Path entry = proc.resolve(Long.toString(pid));
        String stat = read(entry.resolve("stat"));
        int nameEnd = stat.lastIndexOf(')');
        if (nameEnd < 0) {
            return Optional.empty();
        }
        String name = stat.substring(stat.indexOf('(') + 1, nameEnd);
        String[] fields = fields(stat);
        String state = fields[0];
        if (state.equals("X") || (state.equals("Z") && !hasOtherThreads(entry))) {
            return Optional.empty();
        }
        return Optional.of(new ProcessFacts(
                pid,
                Long.parseLong(fields[19]),
                Long.parseLong(fields[1]),
                state.equalsIgnoreCase("t"),
                name,
                folder(entry),
                hasMemory(fields) ? mark(entry) : "",
                // Folder and mark say more, and reading it for every process of a machine takes its time.
                ""));
    }

    /** A first thread that is a zombie says nothing of the others: until they have ended too, the ports are still taken. */
    private static boolean hasOtherThreads(Path entry) {
        try (var threads = Files.list(entry.resolve("task"))) {
            return threads.count() > 1;
        } catch (IOException gone) {
            return false;
        }
    }

    @Override
    public List<ProcessFacts> all() {
        List<ProcessFacts> found = new ArrayList<>();
        try (var entries = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path entry : entries) {
                find(Long.parseLong(entry.getFileName().toString())).ifPresent(found::add);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("Tried to list the processes in " + proc, e);
        }
        return found;
    }

    /** Goes through text only where it must: in the C locale of cron, no path can be made from the name of a folder such as é. */
    private static Optional<Path> folder(Path entry) {
        try {
            Path target = Files.readSymbolicLink(entry.resolve("cwd"));
            String text = target.toString();
            return Optional.of(
                    text.endsWith(DELETED) ? Path.of(text.substring(0, text.length() - DELETED.length())) : target);
        } catch (IOException | InvalidPathException notOursToSee) {
            return Optional.empty();
        }
    }

    private static String mark(Path entry) {
        String prefix = Ownership.MARK + "=";
        for (String variable : environment(entry).split("\0", -1)) {
            if (variable.startsWith(prefix)) {
                return variable.substring(prefix.length());
            }
        }
        return "";
    }

    /**
     * While a process turns into another program (execve(2)), its environment is missing or breaks off for a moment. Whoever looked then
     * would take one of ours for a stranger, or for dead.
     */
    private static String environment(Path entry) {
        Path file = entry.resolve("environ");
        String environment = "";
        try {
            environment = content(file);
            int calm = 0;
            for (int look = 0; !isWhole(environment) && calm < CALM_LOOKS && look < LOOKS; look++) {
                if (isChangingProgram(read(entry.resolve("stat")))) {
                    calm = 0;
                    LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                } else {
                    // It may begin between two looks, so one that finds it calm proves nothing; without a pause it
                    // hardly ever does.
                    calm++;
                }
                environment = content(file);
            }
        } catch (IOException goneOrNotOursToSee) {
            return environment;
        }
        return environment;
    }

    private static boolean isWhole(String environment) {
        return environment.endsWith("\0");
    }

    private static String[] fields(String stat) {
        // The name stands in parentheses and may itself hold any character, so count from the last one.
        return stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    }

    /** A thread of the kernel has none, and no environment either. */
    private static boolean hasMemory(String[] fields) {
        return fields.length > MEMORY && !fields[MEMORY].equals("0");
    }

    /** By proc(5): it has memory, and the end of its environment is not set yet. */
    private static boolean isChangingProgram(String stat) {
        String[] fields = fields(stat);
        return fields.length > ENVIRONMENT_END && hasMemory(fields) && fields[ENVIRONMENT_END].equals("0");
    }

    private static String content(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static String read(Path file) {
        try {
            return content(file);
        } catch (IOException goneOrNotOursToSee) {
            return "";
        }
    }
}
