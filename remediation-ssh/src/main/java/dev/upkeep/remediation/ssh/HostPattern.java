package dev.upkeep.remediation.ssh;

import java.util.List;
import java.util.regex.Pattern;

/** Patterns of ssh_config: {@code *}, {@code ?}, and {@code !} in front of what is left out. */
final class HostPattern {
    private HostPattern() {}

    /** Whether one fits, and none that leaves it out. */
    static boolean anyFits(List<String> patterns, String name) {
        boolean fits = false;
        for (String pattern : patterns) {
            boolean isLeftOut = pattern.startsWith("!");
            if (fits(isLeftOut ? pattern.substring(1) : pattern, name)) {
                if (isLeftOut) {
                    return false;
                }
                fits = true;
            }
        }
        return fits;
    }

    private static boolean fits(String pattern, String name) {
        String expression = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return Pattern.matches(expression, name);
    }
}
