/**
 * The recipes of {@code docker/} with a real Docker engine, which the tests start themselves. A test that needs it has the tag
 * {@code docker}: {@code ./verify} leaves it out where no engine may be started.
 */
package dev.upkeep.system.container;
