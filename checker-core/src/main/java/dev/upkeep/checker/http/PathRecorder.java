package dev.upkeep.checker.http;

import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Objects to nothing, and notes for the thread that verifies which certificates it was shown: those of one path, from below the authority
 * down to the server's own. Java starts a path anew by {@link #init}. Safe for use by many threads.
 */
final class PathRecorder extends PKIXCertPathChecker {
    private final ThreadLocal<List<X509Certificate>> path = ThreadLocal.withInitial(ArrayList::new);

    List<X509Certificate> path() {
        return path.get();
    }

    void clear() {
        path.remove();
    }

    @Override
    public void init(boolean forward) {
        path.get().clear();
    }

    @Override
    public boolean isForwardCheckingSupported() {
        return false;
    }

    @Override
    public @Nullable Set<String> getSupportedExtensions() {
        return null;
    }

    @Override
    public void check(Certificate certificate, Collection<String> unresolvedCriticalExtensions) {
        path.get().add((X509Certificate) certificate);
    }

    /** The same one: whoever asked for a copy is to tell this one what it sees. */
    @Override
    @SuppressWarnings("super")
    public Object clone() {
        return this;
    }
}
