package dev.upkeep.infra.local.state;

import dev.upkeep.infra.failure.FileTrouble;
import dev.upkeep.infra.failure.StateFolderException;
import dev.upkeep.infra.files.OwnerOnly;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.spec.StackName;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/**
 * Where everything of one stack lies.
 *
 * @param stack the stack
 * @param path the real, absolute folder
 */
public record StackFolder(StackName stack, Path path) {

    /** What helps whenever a state folder cannot be used. */
    public static final String ELSEWHERE = "choose another state folder (XDG_STATE_HOME)";

    /**
     * The folder of a stack, which need not exist.
     *
     * @param root the folder of all stacks, which need not exist either
     * @param stack the stack
     * @return the folder, with symbolic links resolved as far as it exists
     */
    public static StackFolder in(Path root, StackName stack) {
        return new StackFolder(stack, real(root.toAbsolutePath().normalize()).resolve(stack.text()));
    }

    /** Processes are recognised by their real folder, so symbolic links must not stay in ours. */
    private static Path real(Path path) {
        Path parent = path.getParent();
        try {
            return path.toRealPath();
        } catch (IOException notThereYet) {
            return parent == null ? path : real(parent).resolve(path.getFileName());
        }
    }

    /**
     * The folder of all stacks.
     *
     * @return its path
     */
    public Path root() {
        return path.resolve("..").normalize();
    }

    /**
     * The file that remembers the stack.
     *
     * @return its path
     */
    public Path stateFile() {
        return path.resolve("stack.json");
    }

    /**
     * The file that is locked while the stack is changed.
     *
     * @return its path, beside the folder because the folder may be removed
     */
    public Path lockFile() {
        return path.resolveSibling(stack + ".lock");
    }

    /**
     * The file that keeps the events of the last operation.
     *
     * @return its path, beside the folder because the folder may be removed
     */
    public Path eventFile() {
        return path.resolveSibling(stack + ".events");
    }

    /**
     * The folder of one instance.
     *
     * @param id the instance
     * @return its path
     */
    public Path instance(InstanceId id) {
        return path.resolve(id.text());
    }

    /**
     * The folder of the load balancer.
     *
     * @return its path
     */
    public Path edge() {
        return path.resolve("edge");
    }

    /**
     * The folder of the copies of sites, one per content.
     *
     * @return its path
     */
    public Path sites() {
        return path.resolve("sites");
    }

    /**
     * Makes a folder that only its owner may enter, with its parents.
     *
     * @param folder what to make
     * @throws StateFolderException if it cannot be made
     */
    public static void make(Path folder) {
        try {
            OwnerOnly.makeFolder(folder);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /**
     * Says why a folder or file cannot be used.
     *
     * @param path the folder or file
     * @param cause what the system said
     * @return the exception to throw
     */
    public static StateFolderException unusable(Path path, IOException cause) {
        String next = cause instanceof AccessDeniedException
                ? "run as its owner, or " + ELSEWHERE
                : "make room or " + ELSEWHERE;
        return new StateFolderException(path, FileTrouble.reason(cause), next, cause);
    }
}
