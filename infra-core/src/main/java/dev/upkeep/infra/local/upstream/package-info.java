/**
 * The application behind each nginx.
 *
 * <p>It exists so that an application is started, recognised and stopped in one place; it depends on processes.
 */
@NullMarked
package dev.upkeep.infra.local.upstream;

import org.jspecify.annotations.NullMarked;
