package dev.upkeep.cli.command;

import java.util.concurrent.Callable;

/** A word after {@code upkeep}: what it understands, and what it does. Used for one run. */
interface Command extends Callable<Integer> {

    Syntax syntax();
}
