package dev.upkeep.system;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports of loopback that nobody listens on. */
public final class Ports {
    /** Below those that the kernel hands out for outgoing connections, so that none is taken between looking and listening. */
    private static final int FIRST = 20_000;

    private static final int LAST = 32_000;
    private static final int TRIES = 100;

    private Ports() {}

    /** A port that is free on 127.0.0.1 and, if this machine has it, on ::1. */
    public static int free() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("found no free port in " + TRIES + " tries");
    }

    /** The wildcard address is in use if any address is. */
    private static boolean isFree(int port) {
        try (ServerSocket wildcard = new ServerSocket(port)) {
            return wildcard.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
