/**
 * A shell on an instance: one command in, one result out, whatever the way in is. It exists so that what has to be done on an instance does not depend
 * on how it is reached; it knows the ids of instances and nothing else of this module.
 */
@NullMarked
package dev.upkeep.infra.shell;

import org.jspecify.annotations.NullMarked;
