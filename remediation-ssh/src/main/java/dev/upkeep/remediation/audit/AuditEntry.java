package dev.upkeep.remediation.audit;

import dev.upkeep.remediation.shell.CommandLine;
import java.time.Duration;
import java.time.Instant;

/**
 * One command that was run on a host.
 *
 * @param at when it was begun, by the clock of whoever ran it
 * @param who ran it
 * @param host where
 * @param purpose why, in a few words, such as {@code find out what is wrong}
 * @param command what
 * @param result how it ended, such as {@code exit code 0}
 * @param output the last lines that it printed, errors after the rest, without what looks like a secret; possibly empty
 * @param took how long it took
 */
public record AuditEntry(
        Instant at,
        String who,
        String host,
        String purpose,
        CommandLine command,
        String result,
        String output,
        Duration took) {}
