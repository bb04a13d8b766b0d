/**
 * The commands, one class each, as thin as they can be.
 *
 * <p>It exists to bring options, configuration, libraries and output together; only {@link dev.upkeep.cli} imports it.
 */
@NullMarked
package dev.upkeep.cli.command;

import org.jspecify.annotations.NullMarked;
