package dev.upkeep.remediation.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where a private key is read from, and what opens it. */
final class KeySource {
    /** A key of RSA with 16384 bits is some 13 kB. */
    private static final int LARGEST = 65_536;

    private final String name;
    private final @Nullable Path file;
    private final @Nullable String pem;
    private final @Nullable FreshKey made;
    private final @Nullable Supplier<char[]> passphrase;

    private KeySource(
            String name,
            @Nullable Path file,
            @Nullable String pem,
            @Nullable FreshKey made,
            @Nullable Supplier<char[]> passphrase) {
        this.made = made;
        this.name = name;
        this.file = file;
        this.pem = pem;
        this.passphrase = passphrase;
    }

    static KeySource file(Path file, @Nullable Supplier<char[]> passphrase) {
        return new KeySource(file.toString(), file, null, null, passphrase);
    }

    static KeySource text(String name, String pem, @Nullable Supplier<char[]> passphrase) {
        return new KeySource(name, null, pem, null, passphrase);
    }

    static KeySource made(FreshKey key) {
        return new KeySource("the key of this session", null, null, key, null);
    }

    Optional<FreshKey> made() {
        return Optional.ofNullable(made);
    }

    String name() {
        return name;
    }

    Optional<Supplier<char[]>> passphrase() {
        return Optional.ofNullable(passphrase);
    }

    String read() throws IOException {
        if (file == null) {
            return pem == null ? "" : pem;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LARGEST), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no such file", e);
        } catch (IOException e) {
            throw new IOException("it cannot be read", e);
        }
    }

    /** The fingerprint of the public half that lies beside the file; readable where the private one is locked. */
    Optional<String> besideFingerprint() {
        if (file == null) {
            return Optional.empty();
        }
        try {
            String line = Files.readString(Path.of(file + ".pub"), StandardCharsets.ISO_8859_1);
            return Optional.of(Fingerprint.of(Base64.getDecoder().decode(line.split("\\s+", -1)[1])));
        } catch (IOException | RuntimeException notThere) {
            return Optional.empty();
        }
    }

    /** No secret. */
    @Override
    public String toString() {
        return name;
    }
}
