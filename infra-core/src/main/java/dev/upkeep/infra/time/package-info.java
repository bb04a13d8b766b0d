/**
 * How this module lets time pass and waits for something.
 *
 * <p>It exists so that every wait can be replaced in a test; it depends on nothing.
 */
@NullMarked
package dev.upkeep.infra.time;

import org.jspecify.annotations.NullMarked;
