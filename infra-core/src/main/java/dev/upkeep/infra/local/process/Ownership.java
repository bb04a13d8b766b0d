package dev.upkeep.infra.local.process;

import java.nio.file.Path;
import java.util.Set;

/**
 * The rule that tells our processes from all others. A pid file alone proves nothing: its number may belong to somebody
 * else by now. A process belongs to a folder if
 *
 * <ul>
 *   <li>its environment carries {@link #MARK} with that folder or one below, as our applications and their children do;
 *   <li>or it is an nginx or HAProxy that works in that folder or below (both wipe their environment);
 *   <li>or, where the system shows neither, it is such a server whose command line names the folder.
 * </ul>
 *
 * <p>A shell or an editor that somebody opened in the folder is not ours.
 */
public final class Ownership {

    /** The environment variable that every process we start carries. */
    public static final String MARK = "UPKEEP_INSTANCE";

    private static final Set<String> SERVERS = Set.of("nginx", "haproxy");

    private final Path folder;

    private Ownership(Path folder) {
        this.folder = folder;
    }

    /**
     * The rule for one folder.
     *
     * @param folder the real, absolute folder of an instance, an edge or a whole stack
     * @return the rule
     */
    public static Ownership of(Path folder) {
        return new Ownership(folder);
    }

    /**
     * Whether a process belongs to the folder.
     *
     * @param process what is known of it
     * @return true if it is proved to be ours
     */
    public boolean covers(ProcessFacts process) {
        if (!process.mark().isEmpty()) {
            // Compared as text: anybody may put anything there, also what is no path.
            return process.mark().equals(folder.toString()) || process.mark().startsWith(folder + "/");
        }
        if (process.folder().isPresent()) {
            return SERVERS.contains(process.program()) && process.folder().get().startsWith(folder);
        }
        return namesFolder(process);
    }

    private boolean namesFolder(ProcessFacts process) {
        boolean ours = SERVERS.contains(process.program()) || process.program().startsWith("java");
        return ours
                && (process.commandLine().contains(folder + "/")
                        || process.commandLine().endsWith(folder.toString()));
    }
}
