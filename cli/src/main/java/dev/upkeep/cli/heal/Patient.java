package dev.upkeep.cli.heal;

import dev.upkeep.remediation.outside.OutsideCheck;
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
public record Patient(String name, RemoteShell shell, WebHost host, OutsideCheck outside) {}
