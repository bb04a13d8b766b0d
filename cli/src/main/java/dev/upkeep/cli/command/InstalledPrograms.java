package dev.upkeep.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** InstalledPrograms of this machine. */
final class InstalledPrograms {

    /** Among them where Debian has daemons, which is not on the PATH of ordinary users. */
    private static final List<String> USUAL_FOLDERS =
            List.of("/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin");

    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+[\\w.+~-]*");

    private InstalledPrograms() {}

    static Optional<Path> find(String name, Map<String, String> environment) {
        Stream<String> path = Arrays.stream(environment.getOrDefault("PATH", "").split(":", -1));
        return Stream.concat(path, USUAL_FOLDERS.stream())
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The version that a program says it has, with a blank before it; empty if it says none. */
    static String version(Path program) {
        try {
            Process process = new ProcessBuilder(program.toString(), "-v")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readNBytes(4096), StandardCharsets.UTF_8);
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Matcher version = VERSION.matcher(text);
            return version.find() ? " " + version.group() : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    static String howToInstall(String name) {
        if (Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            String sudo = "root".equals(System.getProperty("user.name")) ? "" : "sudo ";
            return "run: " + sudo + "apt-get install -y " + name;
        }
        return Files.exists(Path.of("/opt/homebrew"))
                ? "run: brew install " + name
                : "install it with the package manager";
    }
}
