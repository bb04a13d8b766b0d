package dev.upkeep.infra.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A range of ports.
 *
 * @param first the lowest port
 * @param last the highest port
 */
record PortRange(int first, int last) {

    /** Where Linux says from which range it takes the ports of outgoing connections. */
    private static final Path EPHEMERAL = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    /** Below what Linux takes for outgoing connections unless told otherwise, 32768 to 60999. */
    private static final PortRange USUAL = new PortRange(20000, 31999);

    /** Below are the ports of well-known services. */
    private static final int LOWEST = 10000;

    private static final int HIGHEST = 65535;

    /** With fewer ports than this, stacks would soon have none left. */
    private static final int ENOUGH = 200;

    /** The range for servers of ours on this machine. */
    static PortRange ofThisMachine() {
        return ephemeral().map(PortRange::outside).orElse(USUAL);
    }

    private static Optional<PortRange> ephemeral() {
        try {
            return parse(Files.readString(EPHEMERAL));
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    /** Two numbers, as Linux writes them. */
    static Optional<PortRange> parse(String text) {
        String[] numbers = text.strip().split("\\s+", -1);
        try {
            return numbers.length == 2
                    ? Optional.of(new PortRange(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])))
                    : Optional.empty();
        } catch (NumberFormatException unknownFormat) {
            return Optional.empty();
        }
    }

    /**
     * Where a server's port cannot be taken by somebody's outgoing connection. If such connections may have nearly every
     * port, it is the usual range: then a port can be lost before the server has it.
     *
     * @param ephemeral the ports of outgoing connections
     * @return the usual range if it is free of them, otherwise the larger one of what is left below and above
     */
    static PortRange outside(PortRange ephemeral) {
        if (ephemeral.last < USUAL.first || ephemeral.first > USUAL.last) {
            return USUAL;
        }
        PortRange below = new PortRange(LOWEST, ephemeral.first - 1);
        PortRange above = new PortRange(ephemeral.last + 1, HIGHEST);
        PortRange larger = below.size() >= above.size() ? below : above;
        return larger.size() >= ENOUGH ? larger : USUAL;
    }

    int size() {
        return last - first + 1;
    }
}
