package dev.upkeep.remediation.service;

import java.util.Optional;

/**
 * What a host is expected to serve with. What is left out is found out on the host.
 *
 * @param port on which its web server listens there, 1 to 65535
 * @param web the web server; empty for the container that has the port, the unit {@code nginx.service}, or a plain nginx, in this order
 * @param app the application behind it; empty for the containers that belong to that of the web server
 */
public record WebHost(int port, Optional<Service> web, Optional<Service> app) {

    private static final int LAST_PORT = 65_535;

    /**
     * Checks the port.
     *
     * @throws IllegalArgumentException if there is no such port
     */
    public WebHost {
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
        return new WebHost(port, Optional.empty(), Optional.empty());
    }

    /**
     * The same with a web server that is known.
     *
     * @param service the web server
     * @return a new value
     */
    public WebHost servedBy(Service service) {
        return new WebHost(port, Optional.of(service), app);
    }

    /**
     * The same with an application that is known.
     *
     * @param service the application behind the web server
     * @return a new value
     */
    public WebHost inFrontOf(Service service) {
        return new WebHost(port, web, Optional.of(service));
    }
}
