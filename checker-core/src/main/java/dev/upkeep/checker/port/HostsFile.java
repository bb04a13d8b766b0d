package dev.upkeep.checker.port;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Names that are known without asking a name server. */
final class HostsFile {
    private static final Path HOSTS = Path.of("/etc/hosts");

    /** With this the Java runtime looks into one file and asks nobody. */
    private static final String INSTEAD = "jdk.net.hosts.file";

    private HostsFile() {}

    /** Whether the Java runtime looks into a file of its own, and nowhere else. */
    static boolean isAllThereIs() {
        return System.getProperty(INSTEAD) != null;
    }

    /** Whether a name stands in the file; also if that cannot be told, as on systems without one. */
    static boolean mayName(String host) {
        if (isAllThereIs()) {
            return true;
        }
        try (Stream<String> lines = Files.lines(HOSTS, StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(line -> names(line).stream().anyMatch(host::equalsIgnoreCase));
        } catch (IOException noSuchFile) {
            return true;
        }
    }

    private static List<String> names(String line) {
        int comment = line.indexOf('#');
        return Arrays.asList((comment < 0 ? line : line.substring(0, comment)).split("\\s+"));
    }
}
