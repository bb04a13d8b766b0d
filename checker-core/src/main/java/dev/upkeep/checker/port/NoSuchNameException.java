package dev.upkeep.checker.port;

import java.net.UnknownHostException;

/** It is proven that there is no such name, or that it has no address: who is responsible for it said so. */
public final class NoSuchNameException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    /**
     * A name that does not exist.
     *
     * @param host the name
     */
    public NoSuchNameException(String host) {
        super("no address is known for " + host);
    }
}
