/**
 * A shell on a host: one command in, one result out, whatever the way in is. It exists so that what has to be done on a host does not depend on how it is
 * reached. It knows nothing else of this module.
 */
@NullMarked
package dev.upkeep.remediation.shell;

import org.jspecify.annotations.NullMarked;
