package dev.upkeep.system;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs from PyPI, each lot in a virtual environment of its own, which is kept in the user's cache folder. */
final class PythonPrograms {
    private PythonPrograms() {}

    /**
     * Installs them unless they are there.
     *
     * @param packages each with its exact version, such as {@code moto[server]==5.2.5}
     * @return the folder of their commands
     */
    static synchronized Path bin(String... packages) {
        Path cache = Path.of(System.getProperty("user.home"), ".cache/upkeep/system-tests");
        String name = String.join("-", packages).replaceAll("\\[.*?]", "").replaceAll("[^a-z0-9.]+", "-");
        Path whole = cache.resolve(name);
        // A virtual environment cannot be moved, so the other file is only what says that it is whole.
        Path installed = cache.resolve(name + ".new");
        try {
            Files.createDirectories(cache);
            // Another run of the tests may be installing the same.
            try (FileChannel lock = FileChannel.open(cache.resolve("lock"), CREATE, WRITE);
                    FileLock held = lock.lock()) {
                if (held.isValid() && !Files.exists(whole)) {
                    install(installed, packages);
                    Files.writeString(whole, "");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return installed.resolve("bin");
    }

    private static void install(Path environment, String... packages) {
        Command.runLong(List.of("python3", "-m", "venv", "--clear", environment.toString()))
                .orFail();
        List<String> install =
                new ArrayList<>(List.of(environment.resolve("bin/python").toString(), "-m", "pip", "-q", "install"));
        install.addAll(List.of(packages));
        Command.runLong(install).orFail();
    }
}
