/** Machine images of the account itself, and who uses them. */
@NullMarked
package dev.upkeep.infra.aws.machine;

import org.jspecify.annotations.NullMarked;
