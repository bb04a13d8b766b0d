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
        return program(home, archive.use(), words);
    }

    private static Program program(Path home, String archive, String... words) {
        return Program.of(home, JAVA.toString())
                .and(FLAGS)
                .and(archive, "-jar", JAR.toString())
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

        static Path folder(String name) {
            if (!Files.isReadable(JAR)) {
                throw new IllegalStateException(JAR + " is missing; build it: mvn -pl cli -am package -DskipTests");
            }
            try {
                return Files.createDirectories(Path.of("target/start-up", name).toAbsolutePath());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /**
         * As ./upkeep does it, but for what it is trained with.
         *
         * @param folder where the training works, and the archive is kept
         * @param yaml the upkeep.yaml of the training
         * @param training the command
         */
        static Archive make(Path folder, String yaml, String... training) {
            boolean isAotCache = Runtime.version().feature() >= 25;
            try {
                Path file = folder.resolve(isAotCache ? "upkeep.aot" : "upkeep.jsa");
                Files.deleteIfExists(file);
                Files.writeString(folder.resolve("upkeep.yaml"), yaml);
                Ended trained = program(
                                folder,
                                (isAotCache ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + file,
                                training)
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

    /** Made by the first test that uses it: a stack is stood up, which is most of what tests do, and removed again. */
    private static final class Usual {
        static final Archive ARCHIVE = make();

        private Usual() {}

        private static Archive make() {
            Path folder = Archive.folder("usual");
            // Two builds on one machine have stacks of different names, and so of different ports.
            String name = "t" + ProcessHandle.current().pid();
            try {
                return Archive.make(
                        folder,
                        "stack: " + name + "\nplatform: local\nshape: highly-available\nversion: 1.0.6\n"
                                + Stack.QUICK_APP,
                        "apply");
            } finally {
                program(folder, "-Xshare:auto", "destroy", "--yes").run();
            }
        }
    }

    /** What AWS needs would make all others slower. */
    private static final class OnAws {
        static final Archive ARCHIVE = Archive.make(Archive.folder("aws"), "", "train-aws");

        private OnAws() {}
    }
}
