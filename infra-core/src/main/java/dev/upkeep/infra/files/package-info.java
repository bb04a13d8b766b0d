/** Files and folders that nobody but their owner may read. Depends on nothing of Upkeep. */
@NullMarked
package dev.upkeep.infra.files;

import org.jspecify.annotations.NullMarked;
