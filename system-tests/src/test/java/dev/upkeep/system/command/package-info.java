/**
 * The {@code upkeep} command as users have it: as a process, with real servers under it, in surroundings that fail. What the test asserts
 * is what a user or a monitoring system gets to see: exit codes, output, processes and files.
 */
package dev.upkeep.system.command;
