package dev.upkeep.system.container;

import dev.upkeep.system.Waiting;
import dev.upkeep.system.command.Ended;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A machine like those of EC2, in a container. Closing it ends and removes it. */
final class Ec2Machine implements AutoCloseable {
    private static final Duration BOOT_LIMIT = Duration.ofSeconds(150);

    private final DockerEngine engine;
    private final String name;
    private int read;

    Ec2Machine(DockerEngine engine, String name) {
        this.engine = engine;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** What it has said on its console since the last reboot. */
    String console() {
        return all().substring(read);
    }

    private String all() {
        return engine.docker("logs", name).with(0).out().replace("\r", "");
    }

    /** When it was started. */
    Instant started() {
        return Instant.parse(engine.inspect(name, "{{.State.StartedAt}}"));
    }

    /** What it has said on its console, each line after the time at which it was said. */
    String timedConsole() {
        return engine.docker("logs", "--timestamps", name).with(0).out();
    }

    /** Waits until its console says something, and returns all of it. */
    String awaitConsole(String text) {
        try {
            Waiting.until(
                    "the console says: " + text, BOOT_LIMIT, () -> console().contains(text));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; it says " + console(), e);
        }
        return console();
    }

    /** Waits until the unit has ended. */
    void awaitUnit(String state) {
        Waiting.until(
                "the unit is " + state,
                () -> run("systemctl", "is-active", "upkeep-boot").out().strip().equals(state));
    }

    /** Runs a program on it. */
    Ended run(String... words) {
        List<String> all = new ArrayList<>(List.of("exec", name));
        all.addAll(List.of(words));
        return engine.docker(all.toArray(String[]::new));
    }

    /** Shuts it down and starts it again. */
    void reboot() {
        engine.docker("stop", "--time=30", name).with(0);
        read = all().length();
        engine.docker("start", name).with(0);
    }

    /** Makes an image of its root disk as it is now, while it runs. */
    void commit(String image) {
        engine.docker("commit", "--pause=false", name, image).with(0);
    }

    /** Copies the disk on which its own engine keeps images, as it is now, to a volume. */
    void copyDisk(String image, String volume) {
        engine.docker(
                        "run",
                        "--rm",
                        "--network=none",
                        // Without it, attributes of overlays are lost.
                        "--cap-add=SYS_ADMIN",
                        "--volumes-from=" + name + ":ro",
                        "--volume=" + volume + ":/copy",
                        image,
                        "cp",
                        "-a",
                        "/var/lib/docker/.",
                        "/copy")
                .with(0);
    }

    /** Removes it with its own disk, so that no other machine finds what this one has pulled. */
    @Override
    public void close() {
        engine.docker("rm", "--force", "--volumes", name).with(0);
    }
}
