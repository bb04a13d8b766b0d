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
        Archive archive = isOnAws(home) ? OnAws.ARCHIVE : Usual.ARCHIVE;
        return Program.of(home, JAVA.toString())
                .and(FLAGS)
                .and(archive.use(), "-jar", JAR.toString())
                .and(words)
                .with("HOME", home.toString())
                .with("XDG_STATE_HOME", home.resolve("state").toString());
    }

    private static boolean isOnAws(Path home) {
        Path file = home.resolve("upkeep.yaml");
        try {
            return Files.isReadable(file) && Files.readString(file).contains("platform: aws");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Classes of the jar as Java has loaded and linked them once, which takes more than half of what the many starts cost. */
    private record Archive(Path file, boolean isAotCache) {

        /** As ./upkeep does it. */
        static Archive make(String name, String... training) {
            if (!Files.isReadable(JAR)) {
                throw new IllegalStateException(JAR + " is missing; build it: mvn -pl cli -am package -DskipTests");
            }
            boolean isAotCache = Runtime.version().feature() >= 25;
            try {
                Path folder =
                        Files.createDirectories(Path.of("target/start-up", name).toAbsolutePath());
                Path file = folder.resolve(isAotCache ? "upkeep.aot" : "upkeep.jsa");
                Files.deleteIfExists(file);
                Files.writeString(folder.resolve("upkeep.yaml"), """
                        stack: shop
                        version: 1.0.6
                        """);
                Ended trained = Program.of(folder, JAVA.toString())
                        .and(FLAGS)
                        .and((isAotCache ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + file)
                        .and("-jar", JAR.toString())
                        .and(training)
                        .with("HOME", folder.toString())
                        .run();
                if (!Files.isReadable(file)) {
                    throw new IllegalStateException("no start-up archive was made: " + trained);
                }
                return new Archive(file, isAotCache);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String use() {
            return (isAotCache ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + file;
        }
    }

    /** Made by the first test that uses it. */
    private static final class Usual {
        static final Archive ARCHIVE = Archive.make("usual", "plan");

        private Usual() {}
    }

    /** What AWS needs would make all others slower. */
    private static final class OnAws {
        static final Archive ARCHIVE = Archive.make("aws", "train-aws");

        private OnAws() {}
    }
}
