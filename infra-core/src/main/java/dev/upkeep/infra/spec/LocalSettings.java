package dev.upkeep.infra.spec;

import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.failure.SpecProblem;
import java.util.ArrayList;
import java.util.List;

/**
 * The stack stands on this machine.
 *
 * @param port the port users reach, 0 to 65535; 0 lets the platform choose one and remember it
 * @param engine what runs its releases
 * @param network the network of Docker that containers join, never the machine's own; only Docker has one
 */
public record LocalSettings(int port, Engine engine, String network) implements PlatformSettings {

    /** The word that configuration files use for it. */
    public static final String PLATFORM = "local";

    /** The network of containers unless told otherwise: the one that Docker itself makes. */
    public static final String DEFAULT_NETWORK = "bridge";

    /** What runs a release on this machine. */
    public enum Engine {
        /** Processes of the machine: nginx serves the site from a folder, and the application is a program. */
        PROCESSES("processes"),
        /** Docker: the images of a release, web and application, in containers behind an nginx of the machine. */
        DOCKER("docker");

        private final String text;

        Engine(String text) {
            this.text = text;
        }

        /**
         * The word that configuration files use for it.
         *
         * @return such as {@code docker}
         */
        public String text() {
            return text;
        }
    }

    /**
     * Checks the port and the network.
     *
     * @throws InvalidSpecException if the port is out of range, or the network cannot be
     */
    public LocalSettings {
        List<SpecProblem> problems = new ArrayList<>();
        SpecRules.localPort(port).ifPresent(problems::add);
        SpecRules.network(network).ifPresent(problems::add);
        SpecRules.throwIfAny(problems);
    }

    /**
     * With processes of the machine.
     *
     * @param port the port users reach, 0 to 65535; 0 lets the platform choose one and remember it
     */
    public LocalSettings(int port) {
        this(port, Engine.PROCESSES, DEFAULT_NETWORK);
    }

    @Override
    public String platform() {
        return PLATFORM;
    }
}
