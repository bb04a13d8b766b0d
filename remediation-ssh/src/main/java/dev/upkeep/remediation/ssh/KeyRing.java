package dev.upkeep.remediation.ssh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys that were named, opened once; those that could not be are kept with why. */
final class KeyRing {
    private final SshKeys keys;
    private final List<Identity> opened;
    private final List<String> leftOut;
    private final Set<String> named;

    private KeyRing(SshKeys keys, List<Identity> opened, List<String> leftOut, Set<String> named) {
        this.keys = keys;
        this.opened = opened;
        this.leftOut = leftOut;
        this.named = named;
    }

    /** Reads files, and may ask for passphrases. */
    static KeyRing open(SshKeys keys) {
        List<Identity> opened = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (KeySource source : keys.sources()) {
            source.besideFingerprint().ifPresent(named::add);
            try {
                Identity identity = KeyReader.read(source, keys.unlocking());
                opened.add(identity);
                named.add(identity.fingerprint());
            } catch (IOException e) {
                leftOut.add(source.name() + ": " + e.getMessage());
            }
        }
        return new KeyRing(keys, opened, leftOut, named);
    }

    SshKeys keys() {
        return keys;
    }

    List<String> leftOut() {
        return leftOut;
    }

    /** Those of the agent first, and of them the ones that were named; each key once, and not too many. */
    List<Identity> inOrder(List<Identity> agents) {
        Map<String, Identity> order = new LinkedHashMap<>();
        agents.stream()
                .filter(identity -> named.contains(identity.fingerprint()))
                .forEach(identity -> order.put(identity.fingerprint(), identity));
        if (!keys.isOnlyNamed()) {
            agents.forEach(identity -> order.putIfAbsent(identity.fingerprint(), identity));
        }
        opened.forEach(identity -> order.putIfAbsent(identity.fingerprint(), identity));
        return order.values().stream().limit(SshKeys.MOST).toList();
    }
}
