/** Log files of this machine, read while others write them. Depends on the port's own types only. */
@NullMarked
package dev.upkeep.infra.local.logs;

import org.jspecify.annotations.NullMarked;
