package dev.upkeep.remediation.inspection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a script has printed: lines with a key, a tab, and what was found. Other lines are none of its own. */
public final class Facts {

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    /**
     * Reads them.
     *
     * @param printed by the script
     */
    public Facts(String printed) {
        for (String line : printed.lines().toList()) {
            int tab = line.indexOf('\t');
            if (tab > 0) {
                values.computeIfAbsent(line.substring(0, tab), key -> new ArrayList<>())
                        .add(line.substring(tab + 1));
            }
        }
    }

    /**
     * All that was found under a key.
     *
     * @param key as the script has it
     * @return in order, possibly none
     */
    public List<String> all(String key) {
        return values.getOrDefault(key, List.of());
    }

    /**
     * What was found first under a key.
     *
     * @param key as the script has it
     * @return empty if nothing was
     */
    public Optional<String> first(String key) {
        return all(key).stream().findFirst();
    }

    /** Of what should be a whole number; 0 if it is none. */
    static long number(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    /** Of lines such as {@code NAME=VALUE} under a key. */
    String property(String key, String name) {
        return all(key).stream()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }
}
