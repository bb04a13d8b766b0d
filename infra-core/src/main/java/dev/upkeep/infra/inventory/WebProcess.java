package dev.upkeep.infra.inventory;

import java.util.List;

/**
 * How the web server of an instance is run on its host, for whoever goes in to repair it.
 *
 * @param port on which it listens there
 * @param argv the command that starts it and returns; with {@code -t}, {@code -s reload} or {@code -s stop} behind it, nginx tests, reloads or stops that one
 */
public record WebProcess(int port, List<String> argv) {

    /** Copies the arguments. */
    public WebProcess {
        argv = List.copyOf(argv);
    }
}
