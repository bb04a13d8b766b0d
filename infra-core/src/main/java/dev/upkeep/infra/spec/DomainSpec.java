package dev.upkeep.infra.spec;

import dev.upkeep.infra.failure.InvalidSpecException;

/**
 * The name under which users reach the stack. The local platform does not use it.
 *
 * @param name the full host name, such as {@code www.example.org}
 * @param zone the DNS zone that holds it, such as {@code example.org}
 */
public record DomainSpec(String name, String zone) {

    /**
     * Checks both names.
     *
     * @throws InvalidSpecException if one is no host name, or the name is not in the zone
     */
    public DomainSpec {
        SpecRules.throwIfAny(SpecRules.domain(name, zone));
    }
}
