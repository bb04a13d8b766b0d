/**
 * Configuration from templates, strictly.
 *
 * <p>It exists so that an unset variable is an error and not an empty word in a server's configuration; the only user of
 * the template engine.
 */
@NullMarked
package dev.upkeep.infra.render;

import org.jspecify.annotations.NullMarked;
