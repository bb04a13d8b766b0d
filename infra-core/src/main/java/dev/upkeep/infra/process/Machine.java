package dev.upkeep.infra.process;

/**
 * What is needed to work with processes of this machine.
 *
 * @param launcher starts them
 * @param processes finds and ends them
 * @param patience waits for them
 */
public record Machine(Launcher launcher, Processes processes, Patience patience) {}
