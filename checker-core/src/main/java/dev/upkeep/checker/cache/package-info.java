/** A bounded memory for what is expensive to make and may be made again. Knows nothing of checks; not exported. */
@NullMarked
package dev.upkeep.checker.cache;

import org.jspecify.annotations.NullMarked;
