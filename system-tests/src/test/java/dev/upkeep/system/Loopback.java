package dev.upkeep.system;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses of this machine that reach nobody else: all of 127.0.0.0/8, and ::1. */
final class Loopback {
    /** ::1. */
    static final InetAddress SIX = address(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

    private Loopback() {}

    /** 127.0.0.n. */
    static InetAddress four(int last) {
        return address(127, 0, 0, last);
    }

    private static InetAddress address(int... parts) {
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = (byte) parts[i];
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
