/** The recipes of {@code examples/} as far as they can be run without the reader's servers: by the programs that they are written for. */
package dev.upkeep.system.recipes;
