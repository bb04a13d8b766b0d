package dev.upkeep.system.command;

import java.nio.file.Files;
import java.nio.file.Path;

/** The command that this build made, as a user starts it without the launcher. */
public final class Upkeep {
    /** The one jar. */
    public static final Path JAR =
            Path.of("../cli/target/upkeep.jar").toAbsolutePath().normalize();

    /** The Java that this test runs on. */
    public static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private Upkeep() {}

    /**
     * The command.
     *
     * @param home where it works, and below which it keeps its state
     * @param words what is typed behind its name
     */
    public static Program in(Path home, String... words) {
        if (!Files.isReadable(JAR)) {
            throw new IllegalStateException(JAR + " is missing; build it: mvn -pl cli -am package -DskipTests");
        }
        // The flags of ./upkeep, without its archive.
        return Program.of(home, JAVA.toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", JAR.toString())
                .and(words)
                .with("HOME", home.toString())
                .with("XDG_STATE_HOME", home.resolve("state").toString());
    }
}
