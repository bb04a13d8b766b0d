package dev.upkeep.infra.local.state;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Whole folders. */
public final class Trees {

    private Trees() {}

    /**
     * Removes a folder and everything in it, without following symbolic links. Does nothing if it is not there.
     *
     * @param folder what to remove
     * @throws dev.upkeep.infra.failure.StateFolderException if something in it cannot be removed
     */
    public static void remove(Path folder) {
        try {
            Files.walkFileTree(folder, new Removal());
        } catch (NoSuchFileException alreadyGone) {
            return;
        } catch (IOException e) {
            throw StackFolder.unusable(folder, e);
        }
    }

    private static final class Removal extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
