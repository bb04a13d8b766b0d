package dev.upkeep.cli.heal;

import dev.upkeep.infra.Platform;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.remediation.outside.OutsideCheck;
import dev.upkeep.remediation.service.Service;
import dev.upkeep.remediation.service.WebHost;
import dev.upkeep.remediation.shell.RemoteShell;

/**
 * A host that may need a repair.
 *
 * @param name what its place is called in reports
 * @param shell the way in
 * @param host what it serves with
 * @param outside how users find it
 */
public record Patient(String name, RemoteShell shell, WebHost host, OutsideCheck outside) {

    /** Where every server that Upkeep stands up listens on a machine of its own. */
    private static final int PORT = 80;

    /** What an instance serves with, as far as its platform knows. */
    public static WebHost hostOf(Platform platform, StackName stack, InstanceId instance) {
        return platform.webProcess(stack, instance)
                .map(process -> WebHost.on(process.port())
                        .called(stack + "-" + instance)
                        .servedBy(new Service.Daemon("nginx of " + instance, process.argv())))
                .orElseGet(() -> WebHost.on(PORT));
    }
}
