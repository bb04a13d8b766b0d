package dev.upkeep.remediation.service;

import java.util.Optional;

/**
 * What a host is expected to serve with. What is left out is found out on the host.
 *
 * @param name under which the host keeps count of its repairs: small letters, digits and dashes. It tells those apart that are one machine, such as the
 *     instances of a stack on a laptop
 * @param port on which its web server listens there, 1 to 65535
 * @param web the web server; empty for the container that has the port, the unit {@code nginx.service}, or a plain nginx, in this order
 * @param app the application behind it; empty for the containers that belong to that of the web server
 */
public record WebHost(String name, int port, Optional<Service> web, Optional<Service> app) {

    /** What the host of one web server is called. */
    private static final String ONLY = "host";

    private static final int LAST_PORT = 65_535;

    /**
     * Checks the name and the port.
     *
     * @throws IllegalArgumentException if the name has other characters, or there is no such port
     */
    public WebHost {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,99}")) {
            throw new IllegalArgumentException(
                    "the name of a host has small letters, digits and dashes, unlike \"" + name + "\"");
        }
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("a port is a number from 1 to " + LAST_PORT + ", not " + port);
        }
    }

    /**
     * A host of which everything else is found out.
     *
     * @param port on which its web server listens there
     * @return a host without any hints
     * @throws IllegalArgumentException if there is no such port
     */
    public static WebHost on(int port) {
        return new WebHost(ONLY, port, Optional.empty(), Optional.empty());
    }

    /**
     * The same as one of several on a machine.
     *
     * @param other under which name it keeps count
     * @return a new value
     * @throws IllegalArgumentException if it has other characters than small letters, digits and dashes
     */
    public WebHost called(String other) {
        return new WebHost(other, port, web, app);
    }

    /**
     * The same with a web server that is known.
     *
     * @param service the web server
     * @return a new value
     */
    public WebHost servedBy(Service service) {
        return new WebHost(name, port, Optional.of(service), app);
    }

    /**
     * The same with an application that is known.
     *
     * @param service the application behind the web server
     * @return a new value
     */
    public WebHost inFrontOf(Service service) {
        return new WebHost(name, port, web, Optional.of(service));
    }
}
