package dev.upkeep.remediation.ssh;

import com.hierynomus.sshj.userauth.keyprovider.OpenSSHKeyV1KeyFile;
import java.io.IOException;
import java.security.KeyPair;
import java.util.Arrays;
import net.schmizz.sshj.userauth.keyprovider.BaseFileKeyProvider;
import net.schmizz.sshj.userauth.keyprovider.PKCS8KeyFile;
import net.schmizz.sshj.userauth.password.PasswordFinder;
import net.schmizz.sshj.userauth.password.Resource;
import org.jspecify.annotations.Nullable;

/** Reads one private key: OpenSSH's own form, PKCS #1 and PKCS #8, with or without a passphrase. */
final class KeyReader implements PasswordFinder {
    private static final String OPENSSH = "BEGIN OPENSSH PRIVATE KEY";

    private final KeySource source;
    private final String unlocking;
    private boolean isEncrypted;
    private char @Nullable [] given;

    private KeyReader(KeySource source, String unlocking) {
        this.source = source;
        this.unlocking = unlocking;
    }

    /** Throws with a message that says why, of what is not named in it. */
    static OwnIdentity read(KeySource source, String unlocking) throws IOException {
        if (source.made().isPresent()) {
            return OwnIdentity.of(source.name(), source.made().get().pair());
        }
        return new KeyReader(source, unlocking).identity();
    }

    private OwnIdentity identity() throws IOException {
        String text = source.read();
        if (!text.contains("PRIVATE KEY-----")) {
            throw new IOException("it holds no private key in the form of OpenSSH or PEM");
        }
        BaseFileKeyProvider provider = text.contains(OPENSSH) ? new OpenSSHKeyV1KeyFile() : new PKCS8KeyFile();
        provider.init(text, null, this);
        try {
            return OwnIdentity.of(source.name(), new KeyPair(provider.getPublic(), provider.getPrivate()));
        } catch (IOException | RuntimeException e) {
            throw new IOException(why(), e);
        } finally {
            if (given != null) {
                Arrays.fill(given, '\0');
            }
        }
    }

    private String why() {
        if (!isEncrypted) {
            return "its private key is broken, or of a kind that is not offered";
        }
        return source.passphrase().isPresent()
                ? "the passphrase does not open it"
                : "it is encrypted, and no passphrase was given" + (unlocking.isEmpty() ? "" : ": " + unlocking);
    }

    @Override
    public char[] reqPassword(Resource<?> resource) {
        isEncrypted = true;
        given = source.passphrase()
                .orElseThrow(() -> new IllegalStateException("no passphrase"))
                .get();
        return given;
    }

    @Override
    public boolean shouldRetry(Resource<?> resource) {
        return false;
    }
}
