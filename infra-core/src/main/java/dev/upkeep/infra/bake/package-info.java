/** Machine images that are made for one stack: its instances start from them, with everything installed and pulled. */
@NullMarked
package dev.upkeep.infra.bake;

import org.jspecify.annotations.NullMarked;
