package dev.upkeep.infra.aws.connect;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The fingerprints of the host keys that cloud-init
 * <a href="https://cloudinit.readthedocs.io/en/latest/reference/modules.html#keys-to-console">writes to the console</a> when it has made them. Only root of the
 * instance can write there, and only AWS can be asked for it.
 */
final class ConsoleHostKeys {

    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN SSH HOST KEY FINGERPRINTS-----(.*?)-----END SSH HOST KEY FINGERPRINTS-----", Pattern.DOTALL);
    private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");

    private ConsoleHostKeys() {}

    /** None if the console has lost that part, which happens when much was written since. */
    static List<String> in(String console) {
        return BLOCK.matcher(console)
                .results()
                .flatMap(block -> FINGERPRINT.matcher(block.group(1)).results())
                .map(MatchResult::group)
                .distinct()
                .toList();
    }
}
