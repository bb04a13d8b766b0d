package dev.upkeep.infra.image.recipe;

import dev.upkeep.infra.failure.FileTrouble;
import dev.upkeep.infra.server.ContentTime;
import dev.upkeep.infra.server.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The files of a user's folder as they go into a layer. Modes are 0644 or 0755 whatever the umask was, times come from the
 * content, and the owner is root. Symbolic links are followed within the folder; one that leads out of it is refused.
 */
public final class FolderFiles {

    private static final Pattern HIDDEN = Pattern.compile("(^|/)\\.(?!well-known(/|$))");

    private final Path folder;
    private final String target;
    private final Predicate<String> ignored;
    private final Predicate<String> ignoredWhole;

    private FolderFiles(Path folder, String target, Predicate<String> ignored, Predicate<String> ignoredWhole) {
        this.folder = folder;
        this.target = target;
        this.ignored = ignored;
        this.ignoredWhole = ignoredWhole;
    }

    /**
     * Reads what nginx serves of a folder: no hidden file, such as {@code .env} and {@code .git}, but {@code .well-known}.
     *
     * @param folder the user's folder
     * @param target where it goes within the image
     * @throws ImageInputException if a file cannot be read or may not be taken
     */
    static List<LayerFile> served(Path folder, String target) {
        Predicate<String> hidden = HIDDEN.asPredicate();
        return new FolderFiles(folder, target, hidden, hidden).files();
    }

    /**
     * Reads a folder, without what its {@code Dockerfile.dockerignore} leaves out, or its {@code .dockerignore} where there
     * is no such file. This is the order of
     * <a href="https://docs.docker.com/build/concepts/context/#filename-and-location">BuildKit</a>.
     *
     * @param folder the user's folder
     * @param target where it goes within the image
     * @return its files and folders
     * @throws ImageInputException if a file cannot be read or may not be taken
     */
    public static List<LayerFile> wanted(Path folder, String target) {
        Path ofDockerfile = folder.resolve("Dockerfile.dockerignore");
        Path list = Files.exists(ofDockerfile) ? ofDockerfile : folder.resolve(".dockerignore");
        if (!Files.exists(list)) {
            return new FolderFiles(folder, target, name -> false, name -> false).files();
        }
        try {
            IgnoredFiles ignored = IgnoredFiles.parse(Files.readAllLines(list));
            return new FolderFiles(folder, target, ignored::contains, ignored::containsWhole).files();
        } catch (IOException e) {
            throw unreadable(list, e);
        } catch (IllegalArgumentException e) {
            throw new ImageInputException(list, String.valueOf(e.getMessage()), "mend that line", e);
        }
    }

    private List<LayerFile> files() {
        try {
            Collector collector = new Collector(folder.toRealPath());
            Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, collector);
            return collector.files;
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /** What is left out is not looked at: it may be unreadable, large, or a link in a circle. */
    private final class Collector extends SimpleFileVisitor<Path> {

        private final Path root;
        private final List<LayerFile> files = new ArrayList<>();

        Collector(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
            String name = name(path);
            if (ignoredWhole.test(name)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            return visitFile(path, attributes);
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
            String name = name(path);
            if (!name.isEmpty() && !ignored.test(name)) {
                files.add(file(path, name, root));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
            if (ignored.test(name(path))) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }

    private String name(Path path) {
        String name = folder.relativize(path).toString().replace('\\', '/');
        if (name.indexOf('\uFFFD') >= 0) {
            throw new ImageInputException(
                    folder,
                    "the name of " + path + " is not in UTF-8",
                    "rename it, for instance with convmv, and see that the locale is one with UTF-8",
                    null);
        }
        return name;
    }

    private LayerFile file(Path path, String name, Path root) throws IOException {
        Path real = path.toRealPath();
        if (!real.startsWith(root)) {
            throw new ImageInputException(
                    folder,
                    path + " is a link that leads out of the folder, to " + real,
                    "put what it leads to into the folder, or remove the link",
                    null);
        }
        if (Files.isDirectory(real)) {
            return entry(name, FileContent.of(real), LayerFile.EXECUTABLE, LayerFile.FIXED_TIME);
        }
        if (!Files.isRegularFile(real)) {
            throw new ImageInputException(
                    folder, path + " is neither a file nor a folder", "remove it, or leave it out", null);
        }
        boolean program = Files.getPosixFilePermissions(real).contains(PosixFilePermission.OWNER_EXECUTE);
        byte[] digest = digest(real);
        return entry(
                name,
                FileContent.read(real, digest),
                program ? LayerFile.EXECUTABLE : LayerFile.READABLE,
                ContentTime.of(digest));
    }

    private LayerFile entry(String name, FileContent content, int mode, Instant time) {
        return new LayerFile(target + "/" + name, content, mode, LayerFile.ROOT, time);
    }

    private static byte[] digest(Path file) throws IOException {
        MessageDigest digest = Sha256.begin();
        Sha256.add(file, digest, OutputStream.nullOutputStream());
        return digest.digest();
    }

    private static ImageInputException unreadable(Path path, IOException cause) {
        boolean isMissing = cause instanceof NoSuchFileException && Files.notExists(path);
        return new ImageInputException(
                path,
                isMissing ? "it does not exist" : FileTrouble.unreadable("it", cause),
                isMissing ? "make it, or name another one" : "make every file in it readable, or leave it out",
                cause);
    }
}
