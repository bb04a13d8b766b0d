/**
 * One nginx in its own folder: configured, started, reloaded, stopped.
 *
 * <p>It exists so that the rest never deals with pid files and workers; it depends on processes, probes and templates.
 */
@NullMarked
package dev.upkeep.infra.local.nginx;

import org.jspecify.annotations.NullMarked;
