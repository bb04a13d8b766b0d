package dev.upkeep.system.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small disk that a test may fill and protect from writing. It is mounted in a mount namespace of its own, so that the machine never
 * sees it; programs that are to see it are started {@linkplain #inside() inside}. Not for root only: who is not, becomes it in a user
 * namespace. A test that needs one has the tag {@code mount}: {@code ./verify} leaves it out where mounting is forbidden.
 */
final class Disk implements AutoCloseable {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private final Path folder;
    private final Running keeper;

    private Disk(Path folder, Running keeper) {
        this.folder = folder;
        this.keeper = keeper;
    }

    /** Mounts a disk of so many kibibytes. */
    static Disk mount(Path folder, int size) {
        List<String> words = new ArrayList<>(List.of("unshare", "--mount"));
        if (!ROOT) {
            words.add("--map-root-user");
        }
        String script = "mount -t tmpfs -o size=" + size + "k tmpfs \"$0\" && echo mounted && exec sleep 600";
        words.addAll(List.of("sh", "-c", script, folder.toString()));
        Running keeper =
                Program.of(folder.getParent(), words.toArray(String[]::new)).start();
        return new Disk(folder, keeper.awaitText("mounted"));
    }

    /** What starts a program where the disk can be seen. */
    List<String> inside() {
        List<String> words = new ArrayList<>(List.of("nsenter", "--target", Long.toString(keeper.pid()), "--mount"));
        if (!ROOT) {
            words.addAll(List.of("--user", "--preserve-credentials"));
        }
        words.add("--wd=" + folder.getParent());
        words.add("--");
        return words;
    }

    /** Takes all space but so many kibibytes. */
    void leave(int free) {
        run("rm -f filler; dd if=/dev/zero of=filler bs=1k status=none 2>&1; truncate -s -" + free + "k filler");
    }

    /** Gives all space back. */
    void empty() {
        run("rm -f filler");
    }

    /** Makes it read-only for all who open a file from now on. */
    void protect() {
        run("cd .. && mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\"");
    }

    /** Makes it writable again. */
    void unprotect() {
        run("cd .. && umount \"$0\"");
    }

    /** Puts an empty file over each of these programs, wherever it is installed, so that they cannot be found. */
    void hide(String... programs) {
        run("touch empty; PATH=$PATH:/usr/sbin:/usr/local/sbin; for each in $(type -aP " + String.join(" ", programs)
                + " | xargs realpath | sort -u); do mount --bind empty \"$each\"; done");
    }

    private void run(String script) {
        Program.of(folder.getParent(), "bash", "-c", "cd \"$0\" && { " + script + "; }", folder.toString())
                .through(inside())
                .run()
                .with(0);
    }

    /** The processes that live where the disk can be seen, which are only those that were started inside. */
    List<Long> processes() {
        List<Long> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path entry : entries) {
                long pid = Long.parseLong(entry.getFileName().toString());
                if (pid != keeper.pid()
                        && Remains.isAlive(pid)
                        && namespace(pid).equals(namespace(keeper.pid()))) {
                    found.add(pid);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static String namespace(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "ns/mnt"))
                    .toString();
        } catch (IOException gone) {
            return "gone " + pid;
        }
    }

    @Override
    public void close() {
        List<Long> left = processes();
        left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        keeper.close();
        assertThat(left).as("processes that were left on the disk").isEmpty();
    }
}
