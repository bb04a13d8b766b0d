package dev.upkeep.remediation.ssh;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What ssh_config says about one host. The first line that applies wins, except for keys, of which all count. */
final class HostOptions {
    private static final Set<String> ONCE = Set.of(
            "hostname",
            "user",
            "port",
            "identitiesonly",
            "userknownhostsfile",
            "globalknownhostsfile",
            "connecttimeout",
            "serveraliveinterval");
    private static final Set<String> WAYS = Set.of("proxyjump", "proxycommand");
    private static final String KEYS = "identityfile";
    private static final String WAY = "way";

    private final String name;
    private final Map<String, ConfigLine> first = new HashMap<>();
    private final List<String> identityFiles = new ArrayList<>();

    private HostOptions(String name) {
        this.name = name;
    }

    static HostOptions of(String name, List<List<ConfigLine>> files) {
        HostOptions options = new HostOptions(name);
        for (List<ConfigLine> file : files) {
            options.take(file, Applies.YES);
        }
        return options;
    }

    /** Whether the lines of a block are for this host; nobody knows after a {@code Match} that is not understood. */
    private enum Applies {
        YES,
        NO,
        UNKNOWN
    }

    private void take(List<ConfigLine> lines, Applies around) {
        Applies applies = around;
        for (ConfigLine line : lines) {
            switch (line.keyword()) {
                case "host" ->
                    applies = around == Applies.NO ? around : when(HostPattern.anyFits(line.arguments(), name));
                case "match" -> applies = around == Applies.NO ? around : match(line);
                case "include" -> include(line, applies);
                default -> take(line, applies);
            }
        }
    }

    private void include(ConfigLine line, Applies applies) {
        for (List<ConfigLine> file : line.included()) {
            take(file, applies);
        }
    }

    private static Applies when(boolean fits) {
        return fits ? Applies.YES : Applies.NO;
    }

    /** {@code final} and {@code canonical} are for a second reading, which is not done here. */
    private Applies match(ConfigLine line) {
        List<String> words = line.arguments();
        if (words.equals(List.of("all"))) {
            return Applies.YES;
        }
        if (words.contains("final") || words.contains("canonical")) {
            return Applies.NO;
        }
        if (words.size() == 2 && words.get(0).equals("originalhost")) {
            return when(HostPattern.anyFits(List.of(words.get(1).split(",", -1)), name));
        }
        return Applies.UNKNOWN;
    }

    private void take(ConfigLine line, Applies applies) {
        String keyword = WAYS.contains(line.keyword()) ? WAY : line.keyword();
        boolean counts = keyword.equals(KEYS)
                || ((keyword.equals(WAY) || ONCE.contains(keyword)) && !first.containsKey(keyword));
        if (!counts || applies == Applies.NO) {
            return;
        }
        if (applies == Applies.UNKNOWN) {
            throw new SshConfigException(
                    line.place() + " may be for " + name
                            + ", but stands after a Match that is not understood here; say it under Host, or Match originalhost");
        }
        if (keyword.equals(KEYS)) {
            identityFiles.add(line.value());
        } else {
            first.put(keyword, line);
        }
    }

    Optional<String> value(String keyword) {
        return Optional.ofNullable(first.get(keyword)).map(ConfigLine::value);
    }

    Optional<List<String>> values(String keyword) {
        return Optional.ofNullable(first.get(keyword)).map(ConfigLine::arguments);
    }

    List<String> identityFiles() {
        return identityFiles;
    }

    /** The hosts on the way, as they are written. */
    List<String> jumps() {
        ConfigLine way = first.get(WAY);
        if (way == null || way.value().equalsIgnoreCase("none")) {
            return List.of();
        }
        if (way.keyword().equals("proxycommand")) {
            throw new SshConfigException(way.place() + " says that " + name
                    + " is reached through a command (ProxyCommand), which is not supported; use ProxyJump");
        }
        return List.of(way.value().split(",", -1));
    }

    /** Where a keyword stands, for messages. */
    String place(String keyword) {
        ConfigLine line = first.get(keyword);
        return line == null ? "nowhere" : line.place();
    }
}
