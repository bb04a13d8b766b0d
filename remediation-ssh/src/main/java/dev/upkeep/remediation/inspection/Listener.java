package dev.upkeep.remediation.inspection;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that listens on the port. */
record Listener(String program, String pid) {

    private static final Pattern PROCESS = Pattern.compile("\"([^\"]*)\",pid=([0-9]+)");

    static List<Listener> of(Facts facts) {
        List<Listener> listeners = new ArrayList<>();
        for (String line : facts.all("listener")) {
            Matcher process = PROCESS.matcher(line);
            while (process.find()) {
                Listener found = new Listener(process.group(1), process.group(2));
                if (!listeners.contains(found)) {
                    listeners.add(found);
                }
            }
        }
        return listeners;
    }

    boolean isNginx() {
        return program.equals("nginx");
    }

    @Override
    public String toString() {
        return program + " (pid " + pid + ")";
    }
}
