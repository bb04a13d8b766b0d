package dev.upkeep.infra.local.state;

import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.StackBusyException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to change one stack. The system takes it back when its holder dies, however that happens.
 *
 * <p>Who holds it is written into a file beside the lock, never into the locked file: on POSIX systems, closing any
 * other channel to a locked file gives the lock away, so nobody may open it just to look.
 */
public final class StackLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StackLock.class);

    /**
     * The locks of this process. Static because file locks are: the second attempt within one process must be refused
     * before it opens the file, for the reason above.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private StackLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock, or is refused at once.
     *
     * @param folder the stack's folder; its parent is made if it does not exist
     * @param operation what is going to be done, and by whom
     * @return the lock, to be closed by the caller on any thread
     * @throws StackBusyException if somebody holds the lock
     * @throws dev.upkeep.infra.failure.StateFolderException if the lock file cannot be made
     */
    public static StackLock take(StackFolder folder, Operation operation) {
        Path file = folder.lockFile();
        if (!HELD_HERE.add(file)) {
            throw busy(folder);
        }
        boolean taken = false;
        try {
            // Made ready before, so that whoever is refused hardly ever finds a lock without a name.
            String holder = StateJson.operation(operation).toPrettyString();
            StackLock lock = new StackLock(file, locked(folder));
            lock.tell(holder);
            taken = true;
            return lock;
        } catch (IOException e) {
            throw StackFolder.unusable(file, e);
        } finally {
            if (!taken) {
                HELD_HERE.remove(file);
            }
        }
    }

    private static FileChannel locked(StackFolder folder) throws IOException {
        while (true) {
            Optional<FileChannel> channel = attempt(folder);
            if (channel.isPresent()) {
                return channel.get();
            }
        }
    }

    /**
     * Empty if the holder before us removed the file after we opened it: then our lock keeps nobody out. Or if he
     * removed its folder, which goes with the last stack.
     */
    private static Optional<FileChannel> attempt(StackFolder folder) throws IOException {
        StackFolder.make(folder.root());
        try {
            return attemptIn(folder);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Optional<FileChannel> attemptIn(StackFolder folder) throws IOException {
        Path file = folder.lockFile();
        Object named = identity(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean keep = false;
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw busy(folder);
            }
            // The number of a removed file is not given to another while we have it open.
            keep = named.equals(identity(file));
            return keep ? Optional.of(channel) : Optional.empty();
        } finally {
            if (!keep) {
                channel.close();
            }
        }
    }

    private static Object identity(Path file) throws IOException {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? file : key;
        } catch (NoSuchFileException e) {
            return "none";
        }
    }

    private static StackBusyException busy(StackFolder folder) {
        return holder(folder).map(StackBusyException::new).orElseGet(() -> new StackBusyException(folder.stack()));
    }

    /**
     * Whether this very process holds the lock.
     *
     * @param folder the stack's folder
     * @return true if it does
     */
    public static boolean isHeldHere(StackFolder folder) {
        return HELD_HERE.contains(folder.lockFile());
    }

    /**
     * Reads who says to hold the lock. May name somebody who died meanwhile.
     *
     * @param folder the stack's folder
     * @return the last holder that did not let go properly, or the present one
     */
    public static Optional<Operation> holder(StackFolder folder) {
        try {
            String text = Files.readString(holderFile(folder.lockFile()));
            return Optional.of(StateJson.operation(StateJson.tree(text)));
        } catch (IOException | RuntimeException nobodyOrHalfWritten) {
            return Optional.empty();
        }
    }

    private static Path holderFile(Path lockFile) {
        return lockFile.resolveSibling(lockFile.getFileName() + ".holder");
    }

    private void tell(String holder) {
        try {
            Files.writeString(holderFile(file), holder);
        } catch (IOException e) {
            // The lock itself holds; only the message to a second operator will be poorer.
            LOG.debug("Could not write who holds {}", file, e);
        }
    }

    /** Lets go, and removes both files: whoever opened the lock file before will find out. */
    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(holderFile(file));
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("Could not remove {}", file, e);
        } finally {
            HELD_HERE.remove(file);
        }
    }
}
