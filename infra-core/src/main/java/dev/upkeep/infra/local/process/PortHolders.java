package dev.upkeep.infra.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out who listens on a port, from {@code /proc}; elsewhere, or for the processes of others, it knows nobody. */
public final class PortHolders {

    /** The state LISTEN in /proc/net/tcp. */
    private static final String LISTEN = "0A";

    private final ProcessTable table;

    /**
     * Works on the given table.
     *
     * @param table where processes are looked up
     */
    public PortHolders(ProcessTable table) {
        this.table = table;
    }

    /**
     * Looks for the process that listens on a port.
     *
     * @param port 1 to 65535
     * @return one of the processes that hold the port, empty if nobody does or it may not be seen
     */
    public Optional<ProcessFacts> of(int port) {
        return all(port).findFirst();
    }

    /**
     * Whether somebody else has a port that was meant for a server of a folder. Only meaningful if that server failed.
     *
     * @param port 1 to 65535
     * @param ours the processes that may have it
     * @return true if somebody has it, and none of ours does as far as can be seen
     */
    public boolean lost(int port, Ownership ours) {
        return !Ports.isFree(port) && all(port).noneMatch(ours::covers);
    }

    private Stream<ProcessFacts> all(int port) {
        Set<String> sockets = new HashSet<>();
        for (String file : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            lines(Path.of(file)).forEach(line -> socket(line, port).ifPresent(sockets::add));
        }
        return sockets.isEmpty()
                ? Stream.empty()
                : table.all().stream().filter(process -> holdsAny(process.pid(), sockets));
    }

    /**
     * Says for people who listens on a port.
     *
     * @param port 1 to 65535
     * @return such as {@code python3 (pid 4711)}, empty if that cannot be found out
     */
    public String describe(int port) {
        return of(port).map(process -> process.program() + " (pid " + process.pid() + ")")
                .orElse("");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException notThisSystem) {
            return List.of();
        }
    }

    /** One line is: slot, local address:port in hexadecimal, remote, state, six more fields, inode. */
    private static Optional<String> socket(String line, int port) {
        String[] fields = line.trim().split(" +", -1);
        boolean listens = fields.length > 9
                && fields[3].equals(LISTEN)
                && fields[1].endsWith(String.format(Locale.ROOT, ":%04X", port));
        return listens ? Optional.of("socket:[" + fields[9] + "]") : Optional.empty();
    }

    private static boolean holdsAny(long pid, Set<String> sockets) {
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path descriptor : descriptors) {
                if (sockets.contains(target(descriptor))) {
                    return true;
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException notOursToSee) {
            return false;
        }
        return false;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
