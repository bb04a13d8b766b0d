package dev.upkeep.infra.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Makes files and folders that only their owner may use, whatever the umask says: they hold command lines, and somebody may have
 * put a secret into one. What exists already keeps its rights. File systems without POSIX rights have their own rules.
 */
public final class OwnerOnly {

    private OwnerOnly() {}

    /**
     * Makes a folder, with those above it. Does nothing if it exists.
     *
     * @param folder what to make
     * @throws IOException if it cannot be made
     */
    public static void makeFolder(Path folder) throws IOException {
        Files.createDirectories(folder, rights(folder, "rwx------"));
    }

    /**
     * Makes an empty file. Does nothing if it exists.
     *
     * @param file what to make
     * @throws IOException if it cannot be made
     */
    public static void makeFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, rights(file, "rw-------"));
        }
    }

    private static FileAttribute<?>[] rights(Path path, String rights) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[] {};
    }
}
