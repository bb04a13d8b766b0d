package dev.upkeep.infra.shell;

import dev.upkeep.infra.inventory.InstanceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A way to run commands on instances, as their administrator and without a terminal or input. Safe for use by several threads.
 *
 * <p>A command may be run twice where the answer to the first sending was lost, so it has to be one that may be repeated.
 */
public interface RemoteShell {

    /**
     * Runs a command on an instance. Blocks until it has ended, or a limit has passed.
     *
     * @param instance where
     * @param command what; it must hold no secret
     * @param limits how long it may take
     * @return how it ended, or why it did not run
     * @throws InterruptedException if the calling thread is interrupted; the command is then taken back or stopped, as far as that can be done
     */
    CommandResult run(InstanceId instance, CommandLine command, CommandLimits limits) throws InterruptedException;

    /**
     * Runs a command on several instances: at the same time where the way in can do that, otherwise one after the other.
     *
     * @param instances where; none is there twice
     * @param command what; it must hold no secret
     * @param limits how long it may take on each
     * @return a result for each instance, in their order
     * @throws InterruptedException as {@link #run}
     */
    default Map<InstanceId, CommandResult> runOnAll(
            List<InstanceId> instances, CommandLine command, CommandLimits limits) throws InterruptedException {
        Map<InstanceId, CommandResult> results = new LinkedHashMap<>();
        for (InstanceId instance : instances) {
            results.put(instance, run(instance, command, limits));
        }
        return results;
    }
}
