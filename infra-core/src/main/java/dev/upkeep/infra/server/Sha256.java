package dev.upkeep.infra.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest by which content is known: of sites, of layers and manifests of images. */
public final class Sha256 {

    private Sha256() {}

    /**
     * A digest of nothing yet, for what is read anyway.
     *
     * @return to be fed by the caller
     */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /**
     * The digest of a text.
     *
     * @param text digested in UTF-8
     * @return 64 hexadecimal digits
     */
    public static String ofText(String text) {
        return HexFormat.of().formatHex(begin().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The digest of a file.
     *
     * @param file read once, from its beginning to its end
     * @return 64 hexadecimal digits
     * @throws IOException if it cannot be read
     */
    public static String of(Path file) throws IOException {
        MessageDigest digest = begin();
        add(file, digest, OutputStream.nullOutputStream());
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Adds the content of a file.
     *
     * @param file read once, from its beginning to its end
     * @param digest what it is added to
     * @param copy where it goes besides; closed at the end
     * @throws IOException if it cannot be read, or the copy cannot be written
     */
    public static void add(Path file, MessageDigest digest, OutputStream copy) throws IOException {
        try (OutputStream sink = new DigestOutputStream(copy, digest)) {
            Files.copy(file, sink);
        }
    }
}
