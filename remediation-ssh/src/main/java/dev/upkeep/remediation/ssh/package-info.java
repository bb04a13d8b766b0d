/**
 * A shell over SSH: which host, which of its keys are believed, which of ours are offered, and what OpenSSH's configuration says about it. The only package
 * that knows SSHJ, of which nothing shows outside. Knows {@code shell} and nothing else of this module.
 *
 * <p>Threads: each connection has one that SSHJ reads it with, and one that keeps it alive; while it is being made, one more. All end when it is closed.
 * What a command prints is taken by the reading thread, so a command needs none of its own.
 */
@NullMarked
package dev.upkeep.remediation.ssh;

import org.jspecify.annotations.NullMarked;
