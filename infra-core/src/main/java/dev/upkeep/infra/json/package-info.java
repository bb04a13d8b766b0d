/**
 * The values of this module in files, field by field.
 *
 * <p>It exists so that a saved plan and a recorded state write a value in one form, and so that renaming a class never
 * changes what lies on a disk. It is not exported, because JSON is no part of this module's interface.
 */
@NullMarked
package dev.upkeep.infra.json;

import org.jspecify.annotations.NullMarked;
