package dev.upkeep.system.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The command that this build made, as a user starts it without the launcher. */
public final class Upkeep {
    /** The one jar. */
    public static final Path JAR =
            Path.of("../cli/target/upkeep.jar").toAbsolutePath().normalize();

    /** The Java that this test runs on. */
    public static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    /** The flags of ./upkeep. */
    private static final String[] FLAGS = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"};

    private Upkeep() {}

    /**
     * The command.
     *
     * @param home where it works, and below which it keeps its state
     * @param words what is typed behind its name
     */
    public static Program in(Path home, String... words) {
        return Program.of(home, JAVA.toString())
                .and(FLAGS)
                .and("-XX:SharedArchiveFile=" + Archive.FILE, "-jar", JAR.toString())
                .and(words)
                .with("HOME", home.toString())
                .with("XDG_STATE_HOME", home.resolve("state").toString());
    }

    /** The classes of the jar as Java has loaded them once, which halves what the many starts cost. Made by the first of them. */
    private static final class Archive {
        static final Path FILE = make();

        private Archive() {}

        private static Path make() {
            if (!Files.isReadable(JAR)) {
                throw new IllegalStateException(JAR + " is missing; build it: mvn -pl cli -am package -DskipTests");
            }
            try {
                Path folder = Files.createDirectories(Path.of("target/start-up").toAbsolutePath());
                Path archive = folder.resolve("upkeep.jsa");
                Files.deleteIfExists(archive);
                Files.writeString(folder.resolve("upkeep.yaml"), """
                        stack: shop
                        platform: aws
                        region: eu-west-1
                        version: 1.0.6
                        """);
                // It reaches nobody, but has loaded what reads files and asks AWS.
                Ended training = Program.of(folder, JAVA.toString())
                        .and(FLAGS)
                        .and("-XX:ArchiveClassesAtExit=" + archive, "-jar", JAR.toString(), "status")
                        .with("HOME", folder.toString())
                        .with("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
                        .with("AWS_ACCESS_KEY_ID", "nobody")
                        .with("AWS_SECRET_ACCESS_KEY", "nothing")
                        .run();
                if (!Files.isReadable(archive)) {
                    throw new IllegalStateException("no start-up archive was made: " + training);
                }
                return archive;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
