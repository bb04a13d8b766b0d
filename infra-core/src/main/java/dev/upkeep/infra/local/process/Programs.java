package dev.upkeep.infra.local.process;

import dev.upkeep.infra.failure.MissingToolException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds installed programs, and says how to install those that are missing. Safe for use by several threads. */
public final class Programs {

    /** Where packages put servers; often not on an ordinary user's PATH. */
    private static final List<String> USUAL =
            List.of("/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin", "/bin", "/sbin", "/opt/homebrew/bin");

    private final List<Path> folders;

    /**
     * Looks in the given folders.
     *
     * @param folders where to look, in order
     */
    public Programs(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /**
     * The folders of the PATH, then those where packages put servers.
     *
     * @param path the value of PATH
     * @return the folders in order
     */
    public static List<Path> usualFolders(String path) {
        Set<Path> folders = new LinkedHashSet<>();
        Stream.concat(Stream.of(path.split(File.pathSeparator, -1)), USUAL.stream())
                .filter(folder -> folder.startsWith("/"))
                .map(Path::of)
                .forEach(folders::add);
        return List.copyOf(folders);
    }

    /**
     * Looks for one program.
     *
     * @param name its name
     * @return where it is, empty if it is not installed
     */
    public Optional<Path> find(String name) {
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
                .findFirst();
    }

    /**
     * Looks for programs that are needed, all at once.
     *
     * @param names their names, which are also those of their packages
     * @return where they are
     * @throws MissingToolException if any is missing, naming all that are
     */
    public Map<String, Path> require(List<String> names) {
        Map<String, Path> found = new LinkedHashMap<>();
        names.forEach(name -> find(name).ifPresent(path -> found.put(name, path)));
        List<String> missing =
                names.stream().filter(name -> !found.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new MissingToolException(missing, installCommand(missing));
        }
        return found;
    }

    /**
     * Says how to install programs on this machine.
     *
     * @param missing their names, which are also those of their packages, but for docker on Debian
     * @return a command, empty if this machine's package manager is not known
     */
    public String installCommand(List<String> missing) {
        String packages = String.join(" ", missing);
        String sudo = System.getProperty("user.name", "").equals("root") ? "" : "sudo ";
        if (installed("apt-get")) {
            return sudo + "apt-get install -y "
                    + packages.replaceAll("\\bdocker\\b", "docker.io").replaceAll("\\bflock\\b", "util-linux");
        }
        if (installed("dnf")) {
            return sudo + "dnf install -y " + packages;
        }
        return installed("brew") ? "brew install " + packages : "";
    }

    /** A package manager is looked for in the usual folders too, however narrow our own search is. */
    private boolean installed(String name) {
        return find(name).isPresent()
                || new Programs(usualFolders("")).find(name).isPresent();
    }
}
