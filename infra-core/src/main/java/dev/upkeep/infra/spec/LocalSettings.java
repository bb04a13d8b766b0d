package dev.upkeep.infra.spec;

import dev.upkeep.infra.failure.InvalidSpecException;

/**
 * The stack stands on this machine.
 *
 * @param port the port users reach, 0 to 65535; 0 lets the platform choose one and remember it
 */
public record LocalSettings(int port) implements PlatformSettings {

    /** The word that configuration files use for it. */
    public static final String PLATFORM = "local";

    /**
     * Checks the port.
     *
     * @throws InvalidSpecException if it is out of range
     */
    public LocalSettings {
        SpecRules.throwIfAny(SpecRules.localPort(port).stream().toList());
    }

    @Override
    public String platform() {
        return PLATFORM;
    }
}
