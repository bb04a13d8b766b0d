package dev.upkeep.remediation.inspection;

import dev.upkeep.remediation.service.Service;
import java.util.Arrays;
import java.util.List;

/** A container as its engine describes it. */
record FoundContainer(
        String engine,
        String name,
        String status,
        int exitCode,
        boolean wasOutOfMemory,
        int restarts,
        String image,
        String stack,
        String part,
        String project,
        boolean isOnHostNetwork,
        List<String> ports,
        List<String> argv) {

    private static final int FIELDS = 14;

    /** Those of all engines. */
    static List<FoundContainer> of(Facts facts) {
        return facts.all("container").stream()
                .map(line -> line.split("\t", -1))
                .filter(fields -> fields.length == FIELDS)
                .map(FoundContainer::of)
                .toList();
    }

    private static FoundContainer of(String... fields) {
        return new FoundContainer(
                fields[0],
                fields[1].replaceFirst("^/", ""),
                fields[2],
                number(fields[3]),
                fields[4].equals("true"),
                number(fields[5]),
                fields[6],
                label(fields[7]),
                label(fields[8]),
                label(fields[9]),
                fields[10].equals("host"),
                words(fields[11]),
                words(fields[12] + " " + fields[13]));
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static String label(String text) {
        return text.equals("<no value>") ? "" : text;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    Service.Container service() {
        return new Service.Container(engine, name);
    }

    boolean runs() {
        return status.equals("running");
    }

    boolean isNginx() {
        return image.contains("nginx")
                || part.equals("edge")
                || (!argv.isEmpty() && argv.get(0).endsWith("nginx"));
    }

    boolean hasPort(int port) {
        return ports.contains(Integer.toString(port));
    }

    /** Whether both were stood up as parts of one thing. */
    boolean belongsTo(FoundContainer other) {
        return !name.equals(other.name)
                && ((!stack.isEmpty() && stack.equals(other.stack))
                        || (!project.isEmpty() && project.equals(other.project)));
    }
}
