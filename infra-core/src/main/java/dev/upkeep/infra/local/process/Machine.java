package dev.upkeep.infra.local.process;

import dev.upkeep.infra.time.Polling;

/**
 * What is needed to work with processes of this machine.
 *
 * @param launcher starts them
 * @param processes finds and ends them
 * @param polling waits for them
 */
public record Machine(Launcher launcher, Processes processes, Polling polling) {}
