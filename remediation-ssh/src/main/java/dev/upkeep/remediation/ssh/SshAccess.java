package dev.upkeep.remediation.ssh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The way into one host: through which others, and how into each. Each host on the way has its own user, keys and host key check.
 *
 * @param target where a command runs
 * @param settings how to get in there
 * @param jumps the hosts on the way, the first one first; without jumps of their own
 */
public record SshAccess(SshTarget target, SshSettings settings, List<SshAccess> jumps) {

    /**
     * Copies the jumps.
     *
     * @throws IllegalArgumentException if one of them has jumps of its own
     */
    public SshAccess {
        jumps = List.copyOf(jumps);
        for (SshAccess jump : jumps) {
            if (!jump.jumps().isEmpty()) {
                throw new IllegalArgumentException(
                        "jump host " + jump.target() + " has jump hosts of its own; name all of them in their order");
            }
        }
    }

    /**
     * Straight to a host.
     *
     * @param target where a command runs
     * @param settings how to get in there
     * @return a way without jumps
     */
    public static SshAccess to(SshTarget target, SshSettings settings) {
        return new SshAccess(target, settings, List.of());
    }

    /**
     * The same target through other hosts.
     *
     * @param others the hosts on the way, the first one first
     * @return a way with these jumps
     * @throws IllegalArgumentException if one of them has jumps of its own
     */
    public SshAccess through(SshAccess... others) {
        return new SshAccess(target, settings, Arrays.asList(others));
    }

    /** All hosts in the order in which they are reached, the target last. */
    List<SshAccess> hops() {
        List<SshAccess> hops = new ArrayList<>(jumps);
        hops.add(new SshAccess(target, settings, List.of()));
        return hops;
    }

    /** For all of it. */
    Duration longest() {
        return hops().stream().map(hop -> hop.settings().connect()).reduce(Duration.ZERO, Duration::plus);
    }

    /** Where it goes, and through which hosts. */
    @Override
    public String toString() {
        StringBuilder shown = new StringBuilder(target.toString());
        for (SshAccess jump : jumps) {
            shown.append(shown.indexOf(" through ") < 0 ? " through " : ", ").append(jump.target());
        }
        return shown.toString();
    }
}
