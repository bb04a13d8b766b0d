package dev.upkeep.infra.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an nginx can do, by its version.
 *
 * @param major the first number
 * @param minor the second
 * @param patch the third
 */
public record NginxVersion(int major, int minor, int patch) {

    private static final Pattern BANNER = Pattern.compile("nginx/(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})");

    /**
     * Reads the version from what {@code nginx -v} prints.
     *
     * @param banner what it prints
     * @return the version, 0.0.0 if there is none in it
     */
    public static NginxVersion parse(String banner) {
        Matcher matcher = BANNER.matcher(banner);
        return matcher.find()
                ? new NginxVersion(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3)))
                : new NginxVersion(0, 0, 0);
    }

    /**
     * Whether {@code keepalive_min_timeout} exists: nginx 1.27.4, change log of 2025-02-05.
     *
     * @return true if a reload can spare idle connections
     */
    public boolean hasKeepaliveMinTimeout() {
        return atLeast(1, 27, 4);
    }

    /**
     * Whether {@code http2 on} exists, which replaces the parameter of {@code listen}: nginx 1.25.1.
     *
     * @return true if it does
     */
    public boolean hasHttp2Directive() {
        return atLeast(1, 25, 1);
    }

    private boolean atLeast(int otherMajor, int otherMinor, int otherPatch) {
        return number(major, minor, patch) >= number(otherMajor, otherMinor, otherPatch);
    }

    private static long number(int major, int minor, int patch) {
        return major * 100_000_000L + minor * 10_000L + patch;
    }
}
