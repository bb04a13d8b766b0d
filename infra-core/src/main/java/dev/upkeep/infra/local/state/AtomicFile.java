package dev.upkeep.infra.local.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Replaces a file so that a reader, or a run after a crash, sees the old content or the new one, never a part. */
public final class AtomicFile {

    private AtomicFile() {}

    /**
     * Writes beside the file, forces it to the disk, renames it over the file, and forces the folder.
     *
     * @param file the file to replace; its folder must exist
     * @param text the new content
     * @throws dev.upkeep.infra.failure.StateFolderException if the disk is full or read-only; the old content stays
     */
    public static void write(Path file, String text) {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (FileChannel channel = FileChannel.open(
                    beside,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(file.resolveSibling("."));
        } catch (IOException e) {
            throw StackFolder.unusable(file, e);
        }
    }

    /** A rename is only on the disk once its folder is: fsync(2). */
    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
