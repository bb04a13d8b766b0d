package dev.upkeep.remediation.ssh;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which keys of a host are believed to be the host's. A key that is not among them ends the connection before any key of ours is offered. Nothing is ever
 * learnt: no file is written.
 *
 * <p>A key is believed if its fingerprint is pinned, or if a known_hosts file has it for the host; not if a file has it as {@code @revoked}. Certificates
 * of hosts are believed if a file has who signed them as {@code @cert-authority}.
 */
public final class HostKeys {
    private static final Pattern PIN = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");

    private final List<Path> files;
    private final List<String> pins;
    private final String pinning;
    private final @Nullable Consumer<UnverifiedHostKey> taken;

    private HostKeys(List<Path> files, List<String> pins, String pinning, @Nullable Consumer<UnverifiedHostKey> taken) {
        this.files = List.copyOf(files);
        this.pins = List.copyOf(pins);
        this.pinning = pinning;
        this.taken = taken;
    }

    /**
     * What OpenSSH looks into: {@code ~/.ssh/known_hosts} and {@code /etc/ssh/ssh_known_hosts}.
     *
     * @return keys of these files, read at each connection; a file that is not there is empty
     */
    public static HostKeys known() {
        return in(Path.of(System.getProperty("user.home"), ".ssh", "known_hosts"), Path.of("/etc/ssh/ssh_known_hosts"));
    }

    /**
     * Files in the form of known_hosts; names in them may be hashed.
     *
     * @param files where to look
     * @return keys of these files, read at each connection; a file that is not there is empty
     */
    public static HostKeys in(Path... files) {
        return new HostKeys(Arrays.asList(files), List.of(), "", null);
    }

    /**
     * Certain keys, whatever the host is called. A host has one key for each type and shows only one of them, so pin all of them.
     *
     * @param fingerprints such as {@code SHA256:uNiVztksCsDhcc0u9e8BrrQXVUpKZIDTMczCvj3tD2s}, as {@code ssh-keygen -l} prints them
     * @return these keys
     * @throws IllegalArgumentException if one is no SHA-256 fingerprint
     */
    public static HostKeys pinned(String... fingerprints) {
        return new HostKeys(List.of(), List.of(), "", null).orPinned(fingerprints);
    }

    /**
     * Believes every host, so whoever stands between can read and change everything. For hosts that are thrown away, and never the default.
     *
     * @param taken is told of each key at each connection, on another thread; it should make people look
     * @return all keys
     */
    public static HostKeys acceptingAnyAsAskedFor(Consumer<UnverifiedHostKey> taken) {
        return new HostKeys(List.of(), List.of(), "", taken);
    }

    /**
     * The same and certain keys, whatever the host is called.
     *
     * @param fingerprints as {@code ssh-keygen -l} prints them
     * @return all of these keys
     * @throws IllegalArgumentException if one is no SHA-256 fingerprint
     */
    public HostKeys orPinned(String... fingerprints) {
        List<String> all = new ArrayList<>(pins);
        for (String fingerprint : fingerprints) {
            if (!PIN.matcher(fingerprint).matches()) {
                throw new IllegalArgumentException("\"" + fingerprint
                        + "\" is no fingerprint: that is SHA256: and 43 characters, as ssh-keygen -l prints it");
            }
            all.add(fingerprint);
        }
        return new HostKeys(files, all, pinning, taken);
    }

    /**
     * The same with what people give a fingerprint to, which the message about an unknown key then names.
     *
     * @param option of the program, such as {@code --host-key}
     * @return the same keys
     */
    public HostKeys pinnedByOption(String option) {
        return new HostKeys(files, pins, option, taken);
    }

    List<Path> files() {
        return files;
    }

    List<String> pins() {
        return pins;
    }

    /** What people give a fingerprint to; empty if nobody said. */
    String pinning() {
        return pinning;
    }

    Optional<Consumer<UnverifiedHostKey>> takingAny() {
        return Optional.ofNullable(taken);
    }

    /** Where it looks. */
    @Override
    public String toString() {
        if (taken != null) {
            return "any host key";
        }
        List<String> places = new ArrayList<>(files.stream().map(Path::toString).toList());
        if (!pins.isEmpty()) {
            places.add("the pinned fingerprints " + String.join(", ", pins));
        }
        return places.isEmpty() ? "nowhere" : String.join(", ", places);
    }
}
