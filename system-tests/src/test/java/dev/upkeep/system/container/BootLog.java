package dev.upkeep.system.container;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * When a machine began which part of its boot.
 *
 * @param started when it was started
 * @param marks what began since, the earliest first
 */
record BootLog(Instant started, List<Mark> marks) {

    /** What a machine does while it boots. */
    enum Part {
        SYSTEM("system and cloud-init"),
        UPDATES("updates"),
        PACKAGES("packages"),
        IMAGES("pulling images"),
        CLEANING("removing what is its own"),
        REST("the rest");

        private final String label;

        Part(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /** With which words on the console which part begins. */
    private static final Map<String, Part> WORDS = Map.of(
            "preparing a machine image", Part.REST,
            "starting stack ", Part.REST,
            "installing updates", Part.UPDATES,
            "installing Docker", Part.PACKAGES,
            "starting Docker", Part.REST,
            "logging in for ", Part.IMAGES,
            "pulling ", Part.IMAGES,
            "removing what belongs", Part.CLEANING,
            "signalling ", Part.REST);

    /** A part began, or went on. */
    record Mark(Instant at, Part part) {}

    BootLog {
        marks = List.copyOf(marks);
    }

    /** Of a machine that runs. */
    static BootLog of(Ec2Machine machine) {
        Stream<Mark> said = machine.timedConsole().lines().flatMap(BootLog::mark);
        // The console does not say when the last image was there.
        Stream<Mark> pulled = machine.run(
                        "docker", "events", "--since=0", "--until=0s", "--filter=event=pull", "--format={{.TimeNano}}")
                .out()
                .lines()
                .map(each -> new Mark(Instant.ofEpochSecond(0, Long.parseLong(each)), Part.REST));
        return new BootLog(
                machine.started(),
                Stream.concat(said, pulled)
                        .sorted((one, other) -> one.at().compareTo(other.at()))
                        .toList());
    }

    private static Stream<Mark> mark(String line) {
        return WORDS.entrySet().stream()
                .filter(each -> line.contains("upkeep-boot: " + each.getKey()))
                .map(each -> new Mark(Instant.parse(line.substring(0, line.indexOf(' '))), each.getValue()));
    }

    /** How long each part took until then. */
    Map<Part, Duration> until(Instant end) {
        Map<Part, Duration> took = new EnumMap<>(Part.class);
        Mark last = new Mark(started, Part.SYSTEM);
        for (Mark mark : marks) {
            if (mark.at().isBefore(end)) {
                took.merge(last.part(), Duration.between(last.at(), mark.at()), Duration::plus);
                last = mark;
            }
        }
        took.merge(last.part(), Duration.between(last.at(), end), Duration::plus);
        return took;
    }
}
