/**
 * What every server runs, on whatever platform: nginx, set up from templates that know no blanks.
 *
 * <p>It exists so that the local platform, container images and machine images render the same configuration, and so
 * that an unset variable is an error and not an empty word in it; the only user of the template engine.
 */
@NullMarked
package dev.upkeep.infra.server;

import org.jspecify.annotations.NullMarked;
