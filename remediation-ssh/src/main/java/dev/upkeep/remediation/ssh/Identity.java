package dev.upkeep.remediation.ssh;

import java.io.IOException;

/** A key of ours that can be offered, wherever its private half is. */
interface Identity {

    /** Where it is from, for people; never a secret. */
    String source();

    /** With which it signs. */
    String algorithm();

    /** The public half in the form in which it travels (RFC 4253, 6.6). */
    byte[] publicBlob();

    /** The algorithm and the signature, in the form in which they travel. */
    byte[] sign(byte[] data) throws IOException;

    default String fingerprint() {
        return Fingerprint.of(publicBlob());
    }
}
