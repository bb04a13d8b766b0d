package dev.upkeep.system.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** A clone of the repository in which the command has been built, started by its launcher. It makes no start-up archive. */
final class Clone {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private final Path folder;

    private Clone(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes one.
     *
     * @param folder where; it need not exist
     */
    static Clone in(Path folder) {
        try {
            Path launch = Files.createDirectories(folder.resolve("cli/target/launch"));
            Files.createDirectories(launch.resolve("build"));
            Files.createDirectories(folder.resolve("scripts"));
            copy("upkeep", folder);
            copy("scripts/launch.sh", folder);
            copy("scripts/toolchain.sh", folder);
            Files.copy(Upkeep.JAR, launch.resolve("build/upkeep.jar"));
            Files.writeString(launch.resolve("build/none.aot.tried"), "");
            Files.writeString(launch.resolve("current"), "build\n");
            Files.write(launch.resolve("java"), choice(folder));
            return new Clone(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(String file, Path folder) throws IOException {
        Files.copy(ROOT.resolve(file), folder.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** As scripts/launch.sh writes it down. */
    private static List<String> choice(Path folder) {
        return List.of(
                folder + "||" + javaHome() + "|" + System.getenv("PATH"),
                javaHome(),
                Integer.toString(Runtime.version().feature()),
                "none.aot");
    }

    private static String javaHome() {
        return System.getProperty("java.home");
    }

    /**
     * The command, in an environment that has no locale.
     *
     * @param home where it works
     * @param words what is typed behind its name
     */
    Program upkeep(Path home, String... words) {
        return Program.of(home, folder.resolve("upkeep").toString())
                .and(words)
                .without("LC_ALL")
                .with("JAVA_HOME", javaHome())
                .with("HOME", home.toString());
    }

    /** What starts a program with limits or from a place of its own: a script of Bash that ends with {@code exec "$@"}. */
    static List<String> prepared(String script) {
        return Stream.of("bash", "-c", script + "; exec \"$@\"", "bash").toList();
    }
}
