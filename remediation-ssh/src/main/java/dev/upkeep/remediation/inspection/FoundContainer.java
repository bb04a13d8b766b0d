package dev.upkeep.remediation.inspection;

import dev.upkeep.remediation.service.Service;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A container as its engine describes it. */
record FoundContainer(
        String engine,
        String id,
        String name,
        String status,
        long exitCode,
        boolean wasOutOfMemory,
        String started,
        long restarts,
        String image,
        String stack,
        String part,
        String project,
        String network,
        String restartPolicy,
        List<String> ports,
        List<String> argv) {

    private static final int FIELDS = 17;

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
                fields[1],
                fields[2].replaceFirst("^/", ""),
                fields[3],
                Facts.number(fields[4]),
                fields[5].equals("true"),
                fields[6],
                Facts.number(fields[7]),
                fields[8],
                label(fields[9]),
                label(fields[10]),
                label(fields[11]),
                fields[12],
                fields[13],
                words(fields[14]),
                words(fields[15] + " " + fields[16]));
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

    /** Whether its engine keeps it from ending, even if it does nothing now. */
    boolean isUp() {
        return List.of("running", "paused", "restarting").contains(status);
    }

    /** Empty if its engine says it in another way than expected. */
    Optional<Instant> startedAt() {
        String text = started.replaceFirst("^(\\S+) (\\S+) \\+0000 UTC.*", "$1T$2Z");
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    boolean isNginxOnHostNetwork() {
        return network.equals("host") && isNginx();
    }

    /** Whether it has no network of its own, but is in that of the other one. */
    boolean isInNetworkOf(FoundContainer other) {
        return network.equals("container:" + other.id) || network.equals("container:" + other.name);
    }

    boolean isNginx() {
        return image.contains("nginx")
                || part.equals("edge")
                || (!argv.isEmpty() && argv.get(0).endsWith("nginx"));
    }

    boolean hasPort(int port) {
        return ports.contains(Integer.toString(port));
    }

    /** Whether it has ended as a job does, which is not to be done again. */
    boolean isDone() {
        return status.equals("exited")
                && exitCode == 0
                && part.isEmpty()
                && (restartPolicy.isEmpty() || restartPolicy.equals("no"));
    }

    /** Whether both were stood up as parts of one thing. */
    boolean belongsTo(FoundContainer other) {
        return !name.equals(other.name)
                && ((!stack.isEmpty() && stack.equals(other.stack))
                        || (!project.isEmpty() && project.equals(other.project)));
    }
}
