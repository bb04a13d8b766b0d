package dev.upkeep.remediation.ssh;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts.KnownHostEntry;

/** What known_hosts files say about one host. */
final class KnownHosts {
    private final List<Line> lines;
    private final String looked;

    private KnownHosts(List<Line> lines, String looked) {
        this.lines = lines;
        this.looked = looked;
    }

    /** What one line says. */
    record Line(Path file, int number, KnownHostEntry entry) {

        boolean isRevoked() {
            return entry.getLine().startsWith(OpenSSHKnownHosts.Marker.REVOKED.getMarkerString());
        }

        boolean isAuthority() {
            return entry.getLine().startsWith(OpenSSHKnownHosts.Marker.CA_CERT.getMarkerString());
        }

        boolean isFor(PublicKey key, String host) {
            try {
                return entry.appliesTo(KeyType.fromKey(key), host);
            } catch (IOException unreadable) {
                return false;
            }
        }

        boolean has(PublicKey key) {
            try {
                return entry.verify(key);
            } catch (IOException unreadable) {
                return false;
            }
        }

        /** SSHJ's own comparison is false for a revoked key, whichever it is. */
        boolean revokes(PublicKey key) {
            String encoded = Base64.getEncoder()
                    .encodeToString(new Buffer.PlainBuffer().putPublicKey(key).getCompactData());
            return isRevoked() && entry.getLine().contains(" " + encoded);
        }

        @Override
        public String toString() {
            return "line " + number + " of " + file;
        }
    }

    /** Reads what applies to a host, by the name that the files have for it. */
    static KnownHosts read(List<Path> files, String host) {
        List<Line> lines = new ArrayList<>();
        List<String> looked = new ArrayList<>();
        for (Path file : files) {
            looked.add(file + read(file, host, lines));
        }
        return new KnownHosts(lines, String.join(", ", looked));
    }

    /** Gives what to say about the file, if something was wrong with it. */
    private static String read(Path file, String host, List<Line> into) {
        try {
            List<String> all = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
            for (int i = 0; i < all.size(); i++) {
                for (KnownHostEntry entry : entries(all.get(i))) {
                    if (applies(entry, host)) {
                        into.add(new Line(file, i + 1, entry));
                    }
                }
            }
            return "";
        } catch (NoSuchFileException e) {
            return " (which is not there)";
        } catch (IOException e) {
            return " (which cannot be read)";
        }
    }

    /** None for a comment, a type of key that SSHJ does not know, or a broken line. */
    private static List<KnownHostEntry> entries(String line) {
        try {
            return new OpenSSHKnownHosts(new StringReader(line), DebugLogger.FACTORY).entries();
        } catch (IOException | RuntimeException broken) {
            return List.of();
        }
    }

    private static boolean applies(KnownHostEntry entry, String host) {
        try {
            return entry.appliesTo(host);
        } catch (IOException broken) {
            return false;
        }
    }

    /** The lines about this host. */
    List<Line> lines() {
        return lines;
    }

    /** Where was looked, for people. */
    String looked() {
        return looked;
    }

    /** The names of the algorithms by which the host can show a key that is known. Those for RSA are not called like its keys. */
    List<String> algorithms() {
        List<String> names = new ArrayList<>();
        for (Line line : lines) {
            if (line.isAuthority()) {
                for (KeyType type : KeyType.values()) {
                    if (type.getParent() != null) {
                        names.add(type.toString());
                    }
                }
            } else if (!line.isRevoked()) {
                KeyType type = line.entry().getType();
                names.addAll(type == KeyType.RSA ? SshjConfig.RSA : List.of(type.toString()));
            }
        }
        return names;
    }

    /** The types of the keys that are known, for people. */
    String types() {
        return lines.stream()
                .filter(line -> !line.isRevoked())
                .map(line -> line.entry().getType().toString().toLowerCase(Locale.ROOT) + " (" + line + ")")
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
