/**
 * A plan as a picture: what a stack consists of, what needs what, and what happens to each part. Depends on plans alone, and draws without
 * another program or library.
 */
@NullMarked
package dev.upkeep.cli.graph;

import org.jspecify.annotations.NullMarked;
