/** What the public DNS says of a name: who is asked about its zone, and who may issue certificates for it. Nobody else knows the library. */
@NullMarked
package dev.upkeep.infra.dns;

import org.jspecify.annotations.NullMarked;
